import type { KMeansRows } from "../../src/compute/k-means.ts";

/** Centres (k × columns) and the rows each has met, moved by a batch in plain doubles, row by row: c ← c + (x − c) / w. Source: Sculley 2010, algorithm 1. */
export function miniBatchTwin(
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
