/** A symmetric matrix as its tridiagonal form T = QAQᵀ. */
export interface Tridiagonal {
  /** The n numbers on the diagonal of T. */
  readonly diagonal: Float64Array;
  /** The n − 1 numbers beside the diagonal, and 0. */
  readonly beside: Float64Array;
  /** Q, n×n row-major, orthogonal. */
  readonly q: Float64Array;
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
  return { diagonal, beside, q: await productOf(reflections, n, rest) };
}

/** I − factor · vvᵀ. v is zero before `from`. */
interface Reflection {
  readonly from: number;
  readonly v: Float64Array;
  readonly factor: number;
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
  let along = 0;
  for (let i = from - 1; i < n; i++) {
    let sum = 0;
    for (let j = from; j < n; j++) sum += a[i * n + j]! * v[j]!;
    w[i] = factor * sum;
    along += w[i]! * v[i]!;
  }
  for (let i = from - 1; i < n; i++) w[i]! -= (factor / 2) * along * v[i]!;
  for (let i = from - 1; i < n; i++)
    for (let j = from - 1; j < n; j++) a[i * n + j]! -= v[i]! * w[j]! + w[i]! * v[j]!;
}

/** … H₂H₁, the first reflection being H₁. */
async function productOf(
  reflections: readonly Reflection[],
  n: number,
  rest: () => Promise<void>,
): Promise<Float64Array> {
  // Built as its transpose from the last on, when what H changes is still small.
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (const { from, v, factor } of reflections.toReversed()) {
    for (let row = from; row < n; row++) {
      let sum = 0;
      for (let j = from; j < n; j++) sum += q[row * n + j]! * v[j]!;
      for (let j = from; j < n; j++) q[row * n + j]! -= factor * sum * v[j]!;
    }
    await rest();
  }
  return q;
}
