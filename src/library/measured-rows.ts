import type { Matrix } from "../data/matrix.ts";
import type { Features, Numbers } from "./estimator.ts";
import { checkSameRows, toMatrix, toNumbers, type Missing } from "./inputs.ts";

/** What a regressor learns from: rows X (n×d) and their values. */
export interface MeasuredRows {
  readonly matrix: Matrix<Float64Array>;
  readonly values: Float64Array;
}

/** X and y as the `fit` of the regressor `name` takes them; no rows, or another number of values, are a RangeError. */
export function measuredRows(
  name: string,
  X: Features,
  y: Numbers,
  missing: Missing = "refuse",
): MeasuredRows {
  const matrix = toMatrix(X, `${name}.fit: X`, missing);
  const values = toNumbers(y, `${name}.fit: y`);
  checkSameRows("X", matrix.rows, "y", values.length);
  return { matrix, values };
}
