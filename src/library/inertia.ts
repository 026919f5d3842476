import type { Features, Numbers } from "./estimator.ts";
import { checkSameRows, toMatrix, toNumbers } from "./inputs.ts";

/**
 * Inertia, ≥ 0 in squared units of X: Σᵢ |xᵢ − c(labelᵢ)|², what k-means minimises. X: n×d; labels: n whole numbers from 0 to k − 1; centers: k×d.
 * As the inertia_ of scikit-learn's KMeans.
 */
export function inertia(X: Features, labels: Numbers, centers: Features): number {
  const rows = toMatrix(X, "inertia: X");
  const codes = toNumbers(labels, "inertia: labels");
  const centres = toMatrix(centers, "inertia: centers");
  checkSameRows("X", rows.rows, "labels", codes.length);
  if (centres.columns !== rows.columns)
    throw new RangeError(
      `inertia: expected ${rows.columns} columns in centers, as in X, got ${centres.columns}`,
    );
  let sum = 0;
  for (const [i, label] of codes.entries()) {
    if (!(Number.isInteger(label) && label >= 0 && label < centres.rows))
      throw new RangeError(
        `inertia: labels: expected a row of centers, 0 to ${centres.rows - 1}, got ${label} in row ${i}`,
      );
    const centre = centres.row(label);
    for (const [j, value] of rows.row(i).entries()) sum += (value - centre[j]!) ** 2;
  }
  return sum;
}
