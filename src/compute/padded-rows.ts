import { copyRow } from "./copy-row.ts";

/** Rows with zeroes after the last column, so that `width` columns are a multiple of four: SIMD and vec4 take four at a time. */
export function padRows(x: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const width = paddedWidth(columns);
  const padded = new Float32Array(rows * width);
  if (width === columns) padded.set(x);
  else for (let i = 0; i < rows; i++) copyRow(x, i * columns, columns, padded, i * width);
  return padded;
}

/** Rows of `width` columns without the padding. */
export function unpadRows(x: ArrayLike<number>, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const width = paddedWidth(columns);
  const result = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[i * columns + j] = x[i * width + j]!;
  return result;
}

/** The least multiple of four that holds so many columns, 4 at least. */
export function paddedWidth(columns: number): number {
  return Math.max(4, Math.ceil(columns / 4) * 4);
}
