import { productsWith } from "./row-sums.ts";

/** A symmetric matrix as its tridiagonal form T = QAQᵀ. */
export interface Tridiagonal {
  /** The n numbers on the diagonal of T. */
  readonly diagonal: Float64Array;
  /** The n − 1 numbers beside the diagonal, and 0. */
  readonly beside: Float64Array;
  /** What Q is the product of, the first to be applied first. */
  readonly reflections: readonly Reflection[];
}

/** I − factor · vvᵀ. v is zero before `from`. */
export interface Reflection {
  readonly from: number;
  readonly v: Float64Array;
  readonly factor: number;
}

/** The tridiagonal form of a symmetric matrix (n×n, row-major) by Householder reflections; `rest` is awaited after each. Source: Golub & Van Loan 2013, 8.3.1. */
export async function tridiagonal(
  matrix: Float64Array,
  n: number,
  rest: () => Promise<void>,
): Promise<Tridiagonal> {
  const a = matrix.slice();
  const reflections: Reflection[] = [];
  for (let column = 0; column + 2 < n; column++) {
    const reflection = reflectionOf(a, n, column);
    if (!reflection) continue;
    reflections.push(reflection);
    reflectBothSides(a, n, reflection);
    await rest();
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i * n + i]!);
  const beside = Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? a[(i + 1) * n + i]! : 0));
  return { diagonal, beside, reflections };
}

/** Makes of rows (k×n) in place what Qᵀ makes of each. */
export async function reflectBack(
  rows: Float64Array,
  n: number,
  reflections: readonly Reflection[],
  rest: () => Promise<void>,
): Promise<void> {
  const products = new Float64Array(rows.length / n);
  for (const { from, v, factor } of reflections.toReversed()) {
    productsWith(v, rows, n, 0, from, products);
    for (const [row, product] of products.entries()) {
      const part = factor * product;
      for (let j = from, at = row * n + from; j < n; j++, at++) rows[at]! -= part * v[j]!;
    }
    await rest();
  }
}

/** The reflection that makes a column zero from two below the diagonal on; null where it is. */
function reflectionOf(a: Float64Array, n: number, column: number): Reflection | null {
  const from = column + 1;
  const v = new Float64Array(n);
  let below = 0;
  for (let i = from; i < n; i++) {
    v[i] = a[i * n + column]!;
    if (i > from) below += v[i]! ** 2;
  }
  if (below === 0) return null;
  const head = v[from]!;
  const length = Math.sqrt(head * head + below);
  v[from] = head + (head < 0 ? -length : length);
  return { from, v, factor: 2 / (v[from] ** 2 + below) };
}

/** A ← HAH for the part of A from `from − 1` on, H being the reflection. */
function reflectBothSides(a: Float64Array, n: number, { from, v, factor }: Reflection): void {
  const w = new Float64Array(n);
  productsWith(v, a, n, from - 1, from, w);
  let along = 0;
  for (let i = from - 1; i < n; i++) {
    w[i]! *= factor;
    along += w[i]! * v[i]!;
  }
  for (let i = from - 1; i < n; i++) w[i]! -= (factor / 2) * along * v[i]!;
  for (let i = from - 1; i < n; i++) {
    const ofV = v[i]!;
    const ofW = w[i]!;
    for (let j = from - 1, at = i * n + j; j < n; j++, at++) a[at]! -= ofV * w[j]! + ofW * v[j]!;
  }
}
