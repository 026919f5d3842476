import type { DenseRows } from "./simd/binned-rows.ts";
import type { Trees } from "./trees.ts";

/** Rows that are led through all trees before others have their turn. */
const blockRows = 1024;

/**
 * Sums over trees of the numbers in each row's leaf, rows × width: the first `outputs` columns belong to the first tree, the next to
 * the second and so on, over and over. `pause` is awaited now and then.
 */
export async function sumOfTrees(
  trees: Trees,
  x: DenseRows,
  width: number,
  pause: () => Promise<unknown>,
): Promise<Float64Array> {
  const { feature, threshold, missingLeft, left, right, values, roots, outputs } = trees;
  const sums = new Float64Array(x.rows * width);
  for (let from = 0; from < x.rows; from += blockRows) {
    const to = Math.min(from + blockRows, x.rows);
    for (const [tree, root] of roots.entries()) {
      const column = (tree * outputs) % width;
      for (let i = from; i < to; i++) {
        let node = root;
        for (let asked = feature[node]!; asked >= 0; asked = feature[node]!) {
          const value = x.data[i * x.columns + asked]!;
          const goesLeft = value <= threshold[node]! || (value !== value && missingLeft[node] === 1);
          node = goesLeft ? left[node]! : right[node]!;
        }
        for (let k = 0; k < outputs; k++) sums[i * width + column + k]! += values[left[node]! + k]!;
      }
      if (tree % 32 === 31) await pause();
    }
    await pause();
  }
  return sums;
}
