import type { KMeansKernel, KMeansRows } from "../../src/compute/k-means.ts";
import { seededRandom } from "../../src/core/random.ts";
import { BatchCentres } from "../../src/library/mini-batch-centres.ts";
import type { KMeansCase } from "./k-means-twin.ts";

/** Centres (k × columns) and the rows each has met, moved by a batch in plain doubles, row by row: c ← c + (x − c) / w. Source: Sculley 2010, algorithm 1. */
function miniBatchTwin(
  { rows, columns, x }: KMeansRows,
  centres: Float64Array,
  weights: Float64Array,
): { centres: Float64Array; weights: Float64Array; inertia: number } {
  const [moved, met] = [centres.slice(), weights.slice()];
  let inertia = 0;
  for (let i = 0; i < rows; i++) {
    let [nearest, least] = [0, Infinity];
    for (let c = 0; c < met.length; c++) {
      let distance = 0;
      for (let j = 0; j < columns; j++) distance += (x[i * columns + j]! - centres[c * columns + j]!) ** 2;
      if (distance < least) [nearest, least] = [c, distance];
    }
    inertia += least;
    met[nearest]!++;
    for (let j = 0; j < columns; j++)
      moved[nearest * columns + j]! += (x[i * columns + j]! - moved[nearest * columns + j]!) / met[nearest]!;
  }
  return { centres: moved, weights: met, inertia };
}

/** How far three batches that a kernel moves centres by are from the twin's: of inertia by its size, of centres; 1 where rows are counted otherwise. */
export async function miniBatchGap(kernel: KMeansKernel, one: KMeansCase): Promise<number> {
  const { columns, rows } = one;
  const centres = new BatchCentres(one.centres, columns, 0, seededRandom(3));
  let twin = { centres: centres.places.slice(), weights: centres.weights.slice() };
  let gap = 0;
  for (let step = 0; step < 3; step++) {
    const batch = { rows, columns, x: one.x.map((value, at) => value + (step * (at % columns)) / 8) };
    kernel.setRows(batch.x);
    const { inertia } = await centres.step(kernel, batch);
    const expected = miniBatchTwin(batch, twin.centres, twin.weights);
    const apart = expected.centres.map((value, at) => Math.abs(value - centres.places[at]!));
    const counted = centres.weights.every((weight, c) => weight === expected.weights[c]);
    gap = Math.max(gap, Math.abs(inertia - expected.inertia) / (1 + expected.inertia), ...apart);
    if (!counted) gap = Math.max(gap, 1);
    twin = { centres: centres.places.slice(), weights: expected.weights.slice() };
  }
  return gap;
}
