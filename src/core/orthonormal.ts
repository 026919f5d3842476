import { addRows, dot, productsWith } from "./row-sums.ts";

/**
 * Makes rows (k × width, k ≤ width) orthonormal in place, each by those before it. A row that depends on them up to rounding gives way to an
 * axis that does not. By Gram–Schmidt, twice. Source: Giraud, Langou & Rozložník 2005.
 */
export function orthonormalise(rows: Float64Array, k: number, width: number): void {
  let axis = 0;
  for (let i = 0; i < k; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    while (!settle(rows, row, i)) {
      row.fill(0);
      row[axis++] = 1;
    }
  }
}

/** Takes what lies along the first `before` rows from a row, and gives it length 1; false where too little is left. */
function settle(rows: Float64Array, row: Float64Array, before: number): boolean {
  const least = 1e-10 * Math.sqrt(dot(row, row));
  const others = rows.subarray(0, before * row.length);
  const along = new Float64Array(before);
  for (let turn = 0; turn < 2; turn++) {
    productsWith(row, others, row.length, 0, 0, along);
    addRows(
      row,
      along.map((product) => -product),
      others,
    );
  }
  const length = Math.sqrt(dot(row, row));
  if (!(length > least)) return false;
  for (let j = 0; j < row.length; j++) row[j]! /= length;
  return true;
}
