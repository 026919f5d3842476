/** Lets the keyboard reach formulas and code that are wider than their place, as long as they are: they scroll. Gives what ends that. */
export function keepReachable(root: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    for (const part of root.querySelectorAll<HTMLElement>(".katex-display, pre")) {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
      else part.removeAttribute("tabindex");
    }
  });
  observer.observe(root);
  return () => observer.disconnect();
}
