import { area, curveStepAfter, line } from "d3-shape";

/** A point of a curve in pixels; a y that is not finite leaves a gap. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A point of a band in pixels. */
interface BandPoint {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

const straight = line<Point>((p) => p.x, (p) => p.y).defined((p) => Number.isFinite(p.y)).digits(1); // prettier-ignore

const step = line<Point>((p) => p.x, (p) => p.y).defined((p) => Number.isFinite(p.y)).curve(curveStepAfter).digits(1); // prettier-ignore

const stepArea = area<BandPoint>((p) => p.x, (p) => p.low, (p) => p.high)
  .defined((p) => Number.isFinite(p.low) && Number.isFinite(p.high)).curve(curveStepAfter).digits(1); // prettier-ignore

/** The path of straight lines through points. */
export function linePath(points: readonly Point[]): string {
  return straight(thin(points, (p) => p.y)) ?? "";
}

/** The path of a right-continuous step function: each value holds until the next point. */
export function stepPath(points: readonly Point[]): string {
  return step(thin(points, (p) => p.y)) ?? "";
}

/** The outline of the band between two right-continuous step functions. */
export function bandPath(points: readonly BandPoint[]): string {
  return stepArea(thin(points, (p) => p.low)) ?? "";
}

/** More points than this are thinned. */
const enough = 2000;

/** The first, lowest, highest and last point of each half pixel: draws the same as all of them. */
export function thin<P extends { readonly x: number }>(
  points: readonly P[],
  y: (point: P) => number,
): readonly P[] {
  if (points.length <= enough) return points;
  const kept: P[] = [];
  for (let from = 0; from < points.length;) {
    const column = Math.floor(points[from]!.x * 2);
    let [lowest, highest, to] = [from, from, from];
    for (; to < points.length && Math.floor(points[to]!.x * 2) === column; to++) {
      if (y(points[to]!) < y(points[lowest]!)) lowest = to;
      if (y(points[to]!) > y(points[highest]!)) highest = to;
    }
    const indices = new Set([from, lowest, highest, to - 1].sort((a, b) => a - b));
    for (const i of indices) kept.push(points[i]!);
    from = to;
  }
  return kept;
}
