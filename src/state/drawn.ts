/** Resolved once the page has drawn what it holds; at once in a hidden tab, which draws nothing, and where the tab is hidden meanwhile. */
export async function drawn(): Promise<void> {
  if (document.hidden) return;
  const listening = new AbortController();
  await new Promise<void>((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { signal: listening.signal });
    requestAnimationFrame(() => setTimeout(resolve));
  });
  listening.abort();
}
