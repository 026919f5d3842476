/** Leaves the focus where it is when the mouse presses a button; a keyboard presses one that has it. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
