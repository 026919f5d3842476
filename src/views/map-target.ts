import type { EmbeddingSpec } from "../specs/embedding.ts";
import type { Language } from "../text/text.ts";
import type { Cloud, PlacedCloud } from "./cloud.ts";
import { centreReading, pointReading, type PointReading } from "./embedding-reading.ts";
import { nearest, neighbour, type PointGrid } from "./point-grid.ts";
import type { Box } from "./scene.ts";
import { panned, project, unproject, type Viewport } from "./viewport.ts";

/** What is pointed at on a map. */
export interface Target {
  readonly kind: "point" | "centre";
  readonly index: number;
}

type Place = { readonly x: number; readonly y: number };

const reach = 16;
const centreReach = 9;

/** What is nearest to a place of the scene, in pixels: a centre, or a point of the group that stands out; null where nothing is near. */
export function targetAt(
  spec: EmbeddingSpec,
  placed: PlacedCloud,
  grid: PointGrid,
  at: Place,
): Target | null {
  const { view, box } = placed;
  const { x: xs, y: ys } = spec.centres ?? { x: [], y: [] };
  const distances = Array.from(xs, (x, i) => {
    const centre = project(view, box, x, ys[i]!);
    return Math.hypot(centre.x - at.x, centre.y - at.y);
  });
  const index = distances.indexOf(Math.min(...distances));
  if (index >= 0 && distances[index]! <= centreReach) return { kind: "centre", index };
  return nearestPoint(placed, grid, at, reach);
}

/** The point nearest to the middle of what is seen: where reading by keys starts. */
export function targetInMiddle(placed: PlacedCloud, grid: PointGrid): Target | null {
  const { left, right, top, bottom } = placed.box;
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return nearestPoint(placed, grid, middle, right - left + bottom - top);
}

/** The next point from a target in a direction of the screen, given as [right, up]; null where there is none. */
export function targetBeside(
  spec: EmbeddingSpec,
  placed: PlacedCloud,
  from: Target,
  direction: readonly [number, number],
): Target | null {
  const { x, y } = placeOf(spec, from);
  const { kx, ky } = placed.view;
  const least = Math.max(8, 4 * placed.dot.radius);
  const index = neighbour(spec, x, y, [kx, ky], direction, least, shown(placed));
  return index < 0 ? null : { kind: "point", index };
}

/** Where a target is in the plane. */
export function placeOf(spec: EmbeddingSpec, { kind, index }: Target): Place {
  const { x, y } = kind === "centre" ? spec.centres! : spec;
  return { x: x[index]!, y: y[index]! };
}

/** Whether a spec has the target: it may have been drawn anew with fewer points. */
export function isTarget(spec: EmbeddingSpec, { kind, index }: Target): boolean {
  return index < (kind === "centre" ? (spec.centres?.x.length ?? 0) : spec.x.length);
}

/** What is read at a target. */
export function readingOf(
  spec: EmbeddingSpec,
  cloud: Cloud,
  target: Target,
  language: Language,
): PointReading {
  return target.kind === "centre"
    ? centreReading(spec, target.index, language)
    : pointReading(spec, cloud, target.index, language);
}

/** The viewport moved just so far that a place of the plane is seen; the same one where it is. */
export function brought(view: Viewport, box: Box, place: Place): Viewport {
  const { x, y } = project(view, box, place.x, place.y);
  const margin = 32;
  const dx = Math.max(0, box.left + margin - x) + Math.min(0, box.right - margin - x);
  const dy = Math.max(0, box.top + margin - y) + Math.min(0, box.bottom - margin - y);
  const outside = x < box.left || x > box.right || y < box.top || y > box.bottom;
  return outside ? panned(view, dx, dy) : view;
}

function nearestPoint(placed: PlacedCloud, grid: PointGrid, at: Place, most: number): Target | null {
  const { view, box } = placed;
  const { x, y } = unproject(view, box, at.x, at.y);
  const index = nearest(grid, x, y, [view.kx, view.ky], most, shown(placed));
  return index < 0 ? null : { kind: "point", index };
}

function shown({ cloud, isolated }: PlacedCloud): (i: number) => boolean {
  return (i) => isolated === null || cloud.group[i] === isolated;
}
