let measured: number | null = null;

/** What a scrollbar of this browser takes, in pixels; 0 where it floats over what it scrolls. */
export function scrollbarWidth(): number {
  if (measured === null) {
    const box = document.createElement("div");
    box.style.cssText =
      "position: absolute; width: 100px; height: 100px; overflow: scroll; visibility: hidden";
    document.body.append(box);
    measured = box.offsetWidth - box.clientWidth;
    box.remove();
  }
  return measured;
}
