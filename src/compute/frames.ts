import { whenFree } from "../core/pause.ts";

// TF.js decides when it is loaded how `nextFrame` yields: by requestAnimationFrame, which stands still in a hidden tab,
// else by setImmediate. So the first is hidden and the second provided until TF.js is loaded.
const scope: { requestAnimationFrame?: unknown; setImmediate?: unknown } = globalThis;
const { requestAnimationFrame } = scope;
if (requestAnimationFrame !== undefined) scope.requestAnimationFrame = undefined;
scope.setImmediate ??= whenFree;

/** Puts requestAnimationFrame back, for cells that use it. */
export function restoreFrames(): void {
  if (requestAnimationFrame !== undefined) scope.requestAnimationFrame = requestAnimationFrame;
}
