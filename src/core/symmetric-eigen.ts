import { tridiagonal } from "./tridiagonal.ts";

/** Eigenvalues of a symmetric matrix, the largest first, and their eigenvectors. */
export interface Eigen {
  readonly values: Float64Array;
  /** n×n row-major, orthonormal: row i belongs to value i. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and eigenvectors of a symmetric matrix (n×n, row-major), by implicit QL, in O(n³); `rest` is awaited in between. Source: Golub & Van Loan 2013, 8.3. */
export async function symmetricEigen(
  matrix: Float64Array,
  n: number,
  rest: () => Promise<void>,
): Promise<Eigen> {
  const { diagonal, beside, q } = await tridiagonal(matrix, n, rest);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(diagonal[i]!) + Math.abs(beside[i]!));
  for (let l = 0; l < n; l++)
    for (let m = blockEnd(beside, l, scale); m > l; m = blockEnd(beside, l, scale)) {
      step(diagonal, beside, q, n, l, m);
      await rest();
    }
  return sorted(diagonal, q, n);
}

/** The last place of the block that begins at l: where what is beside the diagonal is zero up to rounding. */
function blockEnd(beside: Float64Array, l: number, scale: number): number {
  let m = l;
  while (m + 1 < beside.length && Math.abs(beside[m]!) > 2 ** -53 * scale) m++;
  return m;
}

/** One QL step with Wilkinson's shift on the block from l to m. */
function step(d: Float64Array, e: Float64Array, q: Float64Array, n: number, l: number, m: number): void {
  const ratio = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.sqrt(ratio * ratio + 1);
  let g = d[m]! - d[l]! + e[l]! / (ratio + (ratio < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const [f, b] = [sine * e[i]!, cosine * e[i]!];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= shift;
      e[m] = 0;
      return;
    }
    [sine, cosine] = [f / r, g / r];
    g = d[i + 1]! - shift;
    const t = (d[i]! - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = g + shift;
    g = cosine * t - b;
    rotate(q, n, i, sine, cosine);
  }
  d[l]! -= shift;
  e[l] = g;
  e[m] = 0;
}

/** Turns rows i and i + 1. */
function rotate(q: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  for (let upper = i * n, lower = upper + n; upper < (i + 1) * n; upper++, lower++) {
    const held = q[lower]!;
    q[lower] = sine * q[upper]! + cosine * held;
    q[upper] = cosine * q[upper]! - sine * held;
  }
}

function sorted(diagonal: Float64Array, q: Float64Array, n: number): Eigen {
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = new Float64Array(n * n);
  for (const [row, from] of order.entries()) vectors.set(q.subarray(from * n, (from + 1) * n), row * n);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}
