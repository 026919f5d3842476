import type { Random } from "../../../src/core/random.ts";

/** The best of several runs of k-means (Lloyd, started by k-means++): a label in [0, k) for each row. points: n rows of d numbers. */
export function kMeans(
  points: readonly (readonly number[])[],
  k: number,
  random: Random,
  runs = 5,
): Int32Array {
  let best: { labels: Int32Array; inertia: number } | null = null;
  for (let run = 0; run < runs; run++) {
    const found = lloyd(points, startCentres(points, k, random));
    if (!best || found.inertia < best.inertia) best = found;
  }
  return best!.labels;
}

function lloyd(
  points: readonly (readonly number[])[],
  start: number[][],
): { labels: Int32Array; inertia: number } {
  const labels = new Int32Array(points.length);
  let centres = start;
  for (let step = 0; step < 100; step++) {
    let moved = 0;
    let inertia = 0;
    for (const [i, point] of points.entries()) {
      const { index, distance } = nearest(point, centres);
      inertia += distance;
      if (index !== labels[i]) moved++;
      labels[i] = index;
    }
    if (!moved && step) return { labels, inertia };
    centres = means(points, labels, centres);
  }
  return { labels, inertia: points.reduce((sum, point) => sum + nearest(point, centres).distance, 0) };
}

function startCentres(points: readonly (readonly number[])[], k: number, random: Random): number[][] {
  const centres = [[...points[random.integer(points.length)]!]];
  const distances = points.map(() => Infinity);
  while (centres.length < k) {
    let total = 0;
    for (const [i, point] of points.entries()) {
      distances[i] = Math.min(distances[i]!, squared(point, centres.at(-1)));
      total += distances[i];
    }
    let left = random.next() * total;
    const chosen = distances.findIndex((distance) => (left -= distance) < 0);
    centres.push([...points[Math.max(chosen, 0)]!]);
  }
  return centres;
}

function means(
  points: readonly (readonly number[])[],
  labels: Int32Array,
  old: readonly number[][],
): number[][] {
  const sums = old.map((centre) => centre.map(() => 0));
  const counts = old.map(() => 0);
  for (const [i, point] of points.entries()) {
    const label = labels[i]!;
    counts[label]!++;
    for (const [j, value] of point.entries()) sums[label]![j]! += value;
  }
  return sums.map((sum, c) => (counts[c] ? sum.map((value) => value / counts[c]!) : old[c]!));
}

function nearest(
  point: readonly number[],
  centres: readonly (readonly number[])[],
): { index: number; distance: number } {
  let index = 0;
  let distance = Infinity;
  for (const [c, centre] of centres.entries()) {
    const away = squared(point, centre);
    if (away < distance) [index, distance] = [c, away];
  }
  return { index, distance };
}

function squared(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, value, j) => sum + (value - q[j]!) ** 2, 0);
}
