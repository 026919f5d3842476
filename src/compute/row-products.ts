/** Products of rows A (n×d) with vectors, which are rows of s×d. Terms are singles, sums over many rows doubles. */
export interface RowProducts {
  /** Aᵀ(A·v) of each vector, s×d. */
  normal(vectors: Float64Array): Promise<Float64Array>;
  /** (A·v)ᵀ(A·w) of all pairs of vectors, s×s. */
  gram(vectors: Float64Array): Promise<Float64Array>;
  /** AᵀA, d×d. */
  covariance(): Promise<Float64Array>;
  /** Frees what they hold on the device. */
  dispose(): void;
}

/** Rows that stand for (x − mean) / scale. */
export interface CentredRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array | Float64Array;
  /** What is taken from each column. */
  readonly mean: Float64Array;
  /** A size of the numbers, > 0, so that squares of singles neither overflow nor vanish. */
  readonly scale: number;
}

/** Writes rows from `from` on, centred and scaled, into rows that are `width` numbers apart, as many as there are or fit. */
export function fillCentred(
  { rows, columns, x, mean, scale }: CentredRows,
  from: number,
  into: Float32Array,
  width: number,
): void {
  const to = Math.min(rows, from + into.length / width);
  for (let i = from; i < to; i++)
    for (let j = 0; j < columns; j++) into[(i - from) * width + j] = (x[i * columns + j]! - mean[j]!) / scale;
}
