import type { Matrix } from "../data/matrix.ts";
import type { Label } from "./estimator.ts";

/** The label of the largest probability of each row (n × classes); ties go to the first, as in scikit-learn. */
export function likeliestLabels(probabilities: Matrix, classes: readonly Label[]): Label[] {
  return Array.from({ length: probabilities.rows }, (_, i) => {
    const row = probabilities.row(i);
    let best = 0;
    for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
    return classes[best]!;
  });
}
