import { padRows, paddedWidth } from "../padded-rows.ts";
import { openSimd } from "./simd.ts";

/** Rows that stand cluster by cluster. */
export interface ClusteredRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array;
  /** The first row of each cluster, and the number of rows. */
  readonly starts: Int32Array;
}

/** Rows whose sums are held at one time. */
const rowsAtOnce = 64;

/** Calls back for each row with Σ |x − y| over the rows y of each cluster. */
export function eachClusterDistances(
  { rows, columns, x, starts }: ClusteredRows,
  call: (row: number, sums: Float64Array) => void,
): void {
  const simd = openSimd("clusterDistances");
  const k = starts.length - 1;
  const [data, begins] = [simd.f32(padRows(x, rows, columns)), simd.i32(starts)];
  const totals = simd.f64(rowsAtOnce * k);
  const stride = paddedWidth(columns) * 4;
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const to = Math.min(from + rowsAtOnce, rows);
    simd.kernels.clusterDistances(data.at, stride, begins.at, k, from, to, totals.at);
    for (let row = from; row < to; row++)
      call(row, totals.view().subarray((row - from) * k, (row - from + 1) * k));
  }
}
