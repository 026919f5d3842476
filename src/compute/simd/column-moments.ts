import { multipleOfFour } from "./padding.ts";
import { openRawRows, rawKernels } from "./raw-rows.ts";
import { openSimd } from "./simd.ts";

/** Mean of each column of rows (n×d, row-major), and Σ of the squares of all numbers less the mean of their column, no number where x has such. Sums are doubles. `breathe` is awaited between stretches of rows. */
export async function columnMoments(
  x: Float32Array | Float64Array,
  columns: number,
  breathe: () => Promise<void>,
): Promise<{ mean: Float64Array; squares: number }> {
  const simd = openSimd(...rawKernels);
  const raw = openRawRows(simd, x, columns);
  const [shift, sums, squares] = Array.from({ length: 3 }, () => simd.f64(multipleOfFour(columns)));
  // Less the first row, so that numbers far from 0 keep their digits.
  shift!.view().set(x.subarray(0, columns));
  const rows = x.length / columns;
  for (let from = 0; from < rows; from += raw.stretch) {
    raw.addMoments(from, Math.min(raw.stretch, rows - from), shift!.at, sums!.at, squares!.at);
    await breathe();
  }
  const [sum, square] = [sums!.view(), squares!.view()];
  const mean = Float64Array.from(x.subarray(0, columns), (first, j) => first + sum[j]! / rows);
  return {
    mean,
    squares: mean.reduce((total, _, j) => total + Math.max(0, square[j]! - sum[j]! * (sum[j]! / rows)), 0),
  };
}
