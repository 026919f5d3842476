import { seededRandom } from "../../src/core/random.ts";
import type { KMeansKernel, KMeansRows } from "../../src/compute/k-means.ts";

/** Rows and the centres to begin with. */
export interface KMeansCase extends KMeansRows {
  readonly name: string;
  readonly k: number;
  readonly centres: Float32Array;
}

/** A step of Lloyd's algorithm in plain doubles, one number at a time. */
function kMeansTwin({ rows, columns, x, k }: KMeansCase, centres: ArrayLike<number>) {
  const labels = new Int32Array(rows);
  const distances = new Float64Array(rows);
  const counts = new Int32Array(k);
  const moved = Float64Array.from(centres);
  const sums = new Float64Array(k * columns);
  for (let i = 0; i < rows; i++) {
    distances[i] = Infinity;
    for (let c = 0; c < k; c++) {
      let distance = 0;
      for (let j = 0; j < columns; j++) distance += (x[i * columns + j]! - centres[c * columns + j]!) ** 2;
      if (distance < distances[i]!) [labels[i], distances[i]] = [c, distance];
    }
    counts[labels[i]!]!++;
    for (let j = 0; j < columns; j++) sums[labels[i]! * columns + j]! += x[i * columns + j]!;
  }
  for (let c = 0; c < k; c++)
    if (counts[c]) for (let j = c * columns; j < (c + 1) * columns; j++) moved[j] = sums[j]! / counts[c]!;
  return { labels, distances, counts, centres: moved, inertia: distances.reduce((a, b) => a + b, 0) };
}

const shapes: readonly (readonly [rows: number, columns: number, k: number])[] = [
  [1, 1, 1],
  [2, 1, 2],
  [3, 2, 3],
  [5, 3, 2],
  [7, 4, 4],
  [16, 5, 3],
  [31, 7, 8],
  [32, 8, 9],
  [33, 9, 7],
  [63, 1, 5],
  [64, 16, 8],
  [65, 17, 16],
  [100, 3, 33],
  [127, 11, 2],
  [129, 2, 65],
  [200, 30, 12],
  [255, 6, 1],
  [256, 10, 10],
  [257, 12, 17],
  [300, 33, 5],
  [511, 4, 20],
  [700, 2, 40],
];

/** Random rows of many shapes, also with equal rows, constant columns and more centres than distinct rows. */
export const kMeansCases: readonly KMeansCase[] = shapes.map(([rows, columns, k], i) => {
  const random = seededRandom(i);
  const x = Float32Array.from({ length: rows * columns }, () => random.next() * 4 - 2);
  if (i % 4 === 1) for (let row = 0; row < rows; row++) x[row * columns] = 1.5;
  if (i % 4 === 2) for (let row = 1; row < rows; row += 2) x.copyWithin(row * columns, 0, columns);
  const centres = Float32Array.from({ length: k * columns }, (_, j) =>
    j < columns ? x[j]! : random.next() * 4 - 2,
  );
  return { name: `${rows} × ${columns}, k = ${k}`, rows, columns, x, k, centres };
});

/** How far a kernel's three steps and last assignment are from the twin's: relative to the size of each figure; labels and counts as a share of rows. */
export async function kMeansGap(kernel: KMeansKernel, one: KMeansCase): Promise<number> {
  kernel.setCentres(one.centres);
  let centres: ArrayLike<number> = one.centres;
  let gap = 0;
  for (let step = 0; step < 3; step++) {
    const [ours, twin] = [await kernel.step(), kMeansTwin(one, centres)];
    gap = Math.max(
      gap,
      relative(ours.inertia, twin.inertia),
      ...ours.centres.map((c, j) => relative(c, twin.centres[j]!)),
    );
    gap = Math.max(gap, ...ours.counts.map((count, c) => Math.abs(count - twin.counts[c]!) / one.rows));
    centres = ours.centres;
  }
  const [ours, twin] = [await kernel.assign(), kMeansTwin(one, centres)];
  const different = ours.labels.filter((label, i) => label !== twin.labels[i]).length;
  const distances = Array.from(ours.distances, (distance, i) => relative(distance, twin.distances[i]!));
  return Math.max(gap, different / one.rows, ...distances);
}

function relative(ours: number, twin: number): number {
  return Math.abs(ours - twin) / Math.max(1, Math.abs(twin));
}
