import { copyRow } from "../copy-row.ts";

/** Numbers to a row so that each row begins at an address divisible by 32. */
export function paddedWidth(width: number): number {
  return Math.ceil(width / 8) * 8;
}

/** Copies the first `width` numbers of each row of `columns` numbers into rows of `padded` numbers, from row `first` on. */
export function padRows(
  rows: Float32Array,
  columns: number,
  width: number,
  into: Float32Array,
  first = 0,
  padded = paddedWidth(width),
): void {
  for (let from = 0, to = first * padded; from < rows.length; from += columns, to += padded)
    copyRow(rows, from, width, into, to);
}

/** The first `width` numbers of padded rows `from` to `to`, `stride` numbers each, in rows of `columns` numbers, zero where there are more. */
export function unpadRows(
  padded: Float32Array,
  width: number,
  columns: number,
  from: number,
  to: number,
  stride = paddedWidth(width),
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array((to - from) * columns);
  for (let at = from * stride, into = 0; into < rows.length; at += stride, into += columns)
    copyRow(padded, at, width, rows, into);
  return rows;
}
