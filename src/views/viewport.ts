import type { Box } from "./scene.ts";

/** Which part of a plane a box shows: the point in its middle, and pixels per unit along each axis. */
export interface Viewport {
  readonly cx: number;
  readonly cy: number;
  readonly kx: number;
  readonly ky: number;
}

/** The least and greatest coordinates of some points. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Axes whose ranges differ by more than this have a scale each. */
const mostRatio = 5;
const margin = 0.05;
const [leastZoom, mostZoom] = [0.25, 5000];

/** The extent of points; that of no points is the unit square around 0. */
export function extentOf(x: Float32Array, y: Float32Array): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!;
    const b = y[i]!;
    if (a < left) left = a;
    if (a > right) right = a;
    if (b < bottom) bottom = b;
    if (b > top) top = b;
  }
  return left <= right && bottom <= top
    ? { left, right, bottom, top }
    : { left: -0.5, right: 0.5, bottom: -0.5, top: 0.5 };
}

/** The viewport that shows all of an extent: on one scale, or on two where one would leave a thin strip. */
export function fitted(extent: Extent, box: Box): Viewport {
  const [width, height] = [extent.right - extent.left, extent.top - extent.bottom];
  const kx = ((1 - 2 * margin) * (box.right - box.left)) / (width || height || 1);
  const ky = ((1 - 2 * margin) * (box.bottom - box.top)) / (height || width || 1);
  const one = onOneScale(extent);
  const k = Math.min(kx, ky);
  return {
    cx: (extent.left + extent.right) / 2,
    cy: (extent.bottom + extent.top) / 2,
    kx: one ? k : kx,
    ky: one ? k : ky,
  };
}

/** Whether both axes of an extent are drawn on one scale, so that distances are true. */
export function onOneScale({ left, right, bottom, top }: Extent): boolean {
  const [width, height] = [right - left, top - bottom];
  return width * height === 0 || Math.max(width, height) <= mostRatio * Math.min(width, height);
}

/** Where a point of the plane is in a box, in pixels: y grows upwards. */
export function project(view: Viewport, box: Box, x: number, y: number): { x: number; y: number } {
  return {
    x: (box.left + box.right) / 2 + (x - view.cx) * view.kx,
    y: (box.top + box.bottom) / 2 - (y - view.cy) * view.ky,
  };
}

/** The point of the plane at a place of a box, in pixels. */
export function unproject(view: Viewport, box: Box, x: number, y: number): { x: number; y: number } {
  return {
    x: view.cx + (x - (box.left + box.right) / 2) / view.kx,
    y: view.cy - (y - (box.top + box.bottom) / 2) / view.ky,
  };
}

/** The viewport after the plane was drawn along by dx and dy pixels. */
export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, cx: view.cx - dx / view.kx, cy: view.cy + dy / view.ky };
}

/** The viewport enlarged by `factor` around a place of the box that stays; `whole` is the fitted one, which bounds how far it goes. */
export function zoomed(
  view: Viewport,
  whole: Viewport,
  box: Box,
  at: { readonly x: number; readonly y: number },
  factor: number,
): Viewport {
  const now = view.kx / whole.kx;
  const by = Math.min(mostZoom, Math.max(leastZoom, now * factor)) / now;
  const held = unproject(view, box, at.x, at.y);
  return {
    cx: held.x + (view.cx - held.x) / by,
    cy: held.y + (view.cy - held.y) / by,
    kx: view.kx * by,
    ky: view.ky * by,
  };
}
