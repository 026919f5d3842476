/** What a hand does on a map; places are in pixels from its top left. */
export interface MapGestures {
  pan(dx: number, dy: number): void;
  zoom(at: { readonly x: number; readonly y: number }, factor: number): void;
  /** Points at a place without moving the map. */
  point(at: { readonly x: number; readonly y: number }): void;
  leave(): void;
}

/** Less than this is a click and no drag, in pixels. */
const slack = 3;

/**
 * Listens to drag, wheel and pinch on an element. The page keeps what it needs to scroll: the wheel zooms once the element has
 * the focus, or with Ctrl; a single finger moves the map once it has the focus.
 */
export function mapGestures(hand: MapGestures): (element: HTMLElement) => () => void {
  return (element) => {
    const down = new Map<number, { x: number; y: number }>();
    let moved = false;
    let begun = { x: 0, y: 0 };

    const place = ({ clientX, clientY }: MouseEvent): { x: number; y: number } => {
      const { left, top } = element.getBoundingClientRect();
      return { x: clientX - left, y: clientY - top };
    };

    const listeners = {
      pointerdown(event: PointerEvent) {
        if (event.button !== 0) return;
        element.setPointerCapture(event.pointerId);
        begun = place(event);
        moved = down.size > 0;
        down.set(event.pointerId, begun);
      },
      pointermove(event: PointerEvent) {
        const at = place(event);
        const before = down.get(event.pointerId);
        if (!before) return hand.point(at);
        if (!moved && Math.hypot(at.x - begun.x, at.y - begun.y) < slack) return;
        moved = true;
        down.set(event.pointerId, at);
        const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
        if (!other) return hand.pan(at.x - before.x, at.y - before.y);
        hand.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
        const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
        hand.zoom(middle, spread(at, other) / spread(before, other));
      },
      pointerup(event: PointerEvent) {
        if (down.delete(event.pointerId) && !moved) hand.point(place(event));
      },
      pointercancel(event: PointerEvent) {
        down.delete(event.pointerId);
      },
      pointerleave() {
        if (down.size === 0) hand.leave();
      },
      wheel(event: WheelEvent) {
        const meant = event.ctrlKey || event.metaKey || document.activeElement === element;
        if (!meant) return;
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
        // A pinch on a touchpad comes as a wheel with Ctrl, in smaller steps.
        const rate = event.ctrlKey ? 0.01 : 0.002;
        hand.zoom(place(event), Math.exp(-Math.max(-200, Math.min(200, event.deltaY * lines)) * rate));
      },
    };
    const entries = Object.entries(listeners) as [string, EventListener][];
    for (const [type, listener] of entries) element.addEventListener(type, listener, { passive: false });
    return () => {
      for (const [type, listener] of entries) element.removeEventListener(type, listener);
    };
  };
}

function spread(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
}
