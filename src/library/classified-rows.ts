import type { Matrix } from "../data/matrix.ts";
import type { Features, Label, Labels } from "./estimator.ts";
import { checkSameRows, toLabels, toMatrix, type Missing } from "./inputs.ts";

/** What a classifier learns from: rows X (n×d), the sorted classes, and the place of each row's class among them. */
export interface ClassifiedRows {
  readonly matrix: Matrix<Float64Array>;
  readonly classes: Label[];
  readonly codes: Int32Array;
}

/** X and y as the `fit` of the classifier `name` takes them; what `checkClasses` refuses, and another number of labels than of rows, are a RangeError. */
export function classifiedRows(
  name: string,
  X: Features,
  y: Labels,
  missing: Missing = "refuse",
): ClassifiedRows {
  const matrix = toMatrix(X, `${name}.fit: X`, missing);
  const { classes, codes } = toLabels(y, `${name}.fit: y`);
  checkSameRows("X", matrix.rows, "y", codes.length);
  checkClasses(name, classes);
  return { matrix, classes, codes };
}

/** Fewer than two classes, and fractions as in scikit-learn, which are measurements and no classes, are a RangeError. */
export function checkClasses(name: string, classes: readonly Label[]): void {
  const fraction = classes.find((label) => typeof label === "number" && !Number.isInteger(label));
  if (fraction !== undefined)
    throw new RangeError(
      `${name}.fit: expected classes in y, words or whole numbers, got ${fraction}; a regressor learns numbers`,
    );
  if (classes.length < 2)
    throw new RangeError(
      `${name}.fit: expected at least two classes in y, got only ${JSON.stringify(classes[0])}`,
    );
}
