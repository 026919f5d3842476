/** Rows of a logistic regression: each stands for (x − mean) / unit and a 1 after the last column. */
export interface LogisticRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float64Array;
  /** What is taken from each column. */
  readonly mean: Float64Array;
  /** What each column is divided by, > 0. */
  readonly unit: Float64Array;
  /** Place of each row's label among the classes. */
  readonly codes: Int32Array;
  /** Weight of each row as a share of all. */
  readonly shares: Float64Array;
  /** One, for the second of two classes, or one for each class. */
  readonly outputs: number;
}

/**
 * The mean cross-entropy Σᵢ shareᵢ lossᵢ of rows under linear outputs z = w · (x, 1), without a penalty. w and all that is like it is
 * outputs × (columns + 1). Terms are singles, sums over many rows doubles.
 */
export interface LogisticKernel {
  /** Moves to w: its loss and gradient there. The functions below answer for this point. */
  at(w: Float64Array): Promise<{ readonly value: number; readonly gradient: Float64Array }>;
  /** Hessian times v. */
  curve(v: Float64Array): Promise<Float64Array>;
  /** Diagonal of the Hessian. */
  diagonal(): Promise<Float64Array>;
  /** Kernel calls that the loss and its gradient take, for each buffer of rows. */
  readonly dispatches: number;
  dispose(): void;
}
