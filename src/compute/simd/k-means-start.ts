import { permutation, type Random } from "../../core/random.ts";
import type { KMeansRows } from "../k-means.ts";
import { padRows, paddedWidth } from "../padded-rows.ts";
import { openSimd } from "./simd.ts";

/**
 * The rows to begin with, k of them, by greedy k-means++: each next one is the best of 2 + ⌊ln k⌋ rows drawn with a probability
 * proportional to the squared distance to the nearest one chosen. k ≤ rows. Once `breathe` gives false, those still missing are any rows.
 * Source: Arthur & Vassilvitskii 2007, as scikit-learn does it.
 */
export async function kMeansPlusPlus(
  { rows, columns, x }: KMeansRows,
  k: number,
  random: Random,
  breathe: () => Promise<boolean>,
): Promise<Uint32Array> {
  const simd = openSimd("nearerTo");
  const width = paddedWidth(columns);
  const data = simd.f32(padRows(x, rows, columns));
  const distances = simd.f32(rows);
  const at = (row: number): number => data.at + row * width * 4;
  const trials = 2 + Math.floor(Math.log(k));
  const chosen = new Uint32Array(k);

  const nearer = (row: number, keep: boolean): number =>
    simd.kernels.nearerTo(data.at, rows, width, at(row), distances.at, Number(keep));

  distances.view().fill(Infinity);
  chosen[0] = random.integer(rows);
  let total = nearer(chosen[0], true);
  for (let c = 1; c < k; c++) {
    let best = -1;
    let least = Infinity;
    const draws = Float64Array.from({ length: trials }, () => random.next() * total);
    for (const row of drawnRows(distances.view(), draws)) {
      const sum = nearer(row, false);
      if (sum < least) [best, least] = [row, sum];
      if (!(await breathe())) return withAnyRows(chosen.subarray(0, c), rows, k, random);
    }
    chosen[c] = best;
    total = nearer(best, true);
  }
  return chosen;
}

/** The rows chosen, and others at random until there are k. */
function withAnyRows(chosen: Uint32Array, rows: number, k: number, random: Random): Uint32Array {
  const all = new Set(chosen);
  for (const row of permutation(rows, random)) {
    if (all.size === k) break;
    all.add(row);
  }
  return Uint32Array.from(all);
}

/** For each draw the first row at which the running sum of distances passes it. */
function drawnRows(distances: Float32Array, draws: Float64Array): Uint32Array {
  const found = new Uint32Array(draws.length).fill(distances.length - 1);
  const order = Array.from(draws.keys()).sort((a, b) => draws[a]! - draws[b]!);
  let next = 0;
  let sum = 0;
  for (let row = 0; row < distances.length && next < order.length; row++) {
    sum += distances[row]!;
    while (next < order.length && sum > draws[order[next]!]!) found[order[next++]!] = row;
  }
  return found;
}
