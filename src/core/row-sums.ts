/** Σ aⱼ·bⱼ of two lists that are as long. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** Products of v with rows of n numbers from `firstRow` to the last, over the columns from `from` on; four rows at once, since each sum waits for itself. */
export function productsWith(
  v: Float64Array,
  rows: Float64Array,
  n: number,
  firstRow: number,
  from: number,
  into: Float64Array,
): void {
  const count = rows.length / n;
  let row = firstRow;
  for (; row + 3 < count; row += 4) {
    let p = 0;
    let q = 0;
    let r = 0;
    let s = 0;
    for (let j = from, at = row * n + from; j < n; j++, at++) {
      const factor = v[j]!;
      p += rows[at]! * factor;
      q += rows[at + n]! * factor;
      r += rows[at + 2 * n]! * factor;
      s += rows[at + 3 * n]! * factor;
    }
    into[row] = p;
    into[row + 1] = q;
    into[row + 2] = r;
    into[row + 3] = s;
  }
  for (; row < count; row++) {
    let sum = 0;
    for (let j = from; j < n; j++) sum += rows[row * n + j]! * v[j]!;
    into[row] = sum;
  }
}

/** Adds to v the sum of the first rows, each times its factor. rows: n numbers each; four at once, so that v is read and written less often. */
export function addRows(v: Float64Array, factors: Float64Array, rows: Float64Array): void {
  const n = v.length;
  let row = 0;
  for (; row + 3 < factors.length; row += 4) {
    const p = factors[row]!;
    const q = factors[row + 1]!;
    const r = factors[row + 2]!;
    const s = factors[row + 3]!;
    for (let j = 0, at = row * n; j < n; j++, at++)
      v[j]! += p * rows[at]! + q * rows[at + n]! + (r * rows[at + 2 * n]! + s * rows[at + 3 * n]!);
  }
  for (; row < factors.length; row++) {
    const factor = factors[row]!;
    for (let j = 0, at = row * n; j < n; j++, at++) v[j]! += factor * rows[at]!;
  }
}
