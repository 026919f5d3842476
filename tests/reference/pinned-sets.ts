import { Matrix } from "../../src/data/matrix.ts";
import reference from "./k-means.json" with { type: "json" };

const { iris, digits } = reference;

/** Fisher's iris, 150 × 4, as scikit-learn ships it. */
export const irisRows = new Matrix(Float64Array.from(iris.x), 150, iris.columns);

/** Handwritten digits, 1,797 × 64 whole numbers up to 16, as scikit-learn ships them. */
export const digitRows = new Matrix(
  Float64Array.from(digits.x, (letter) => letter.charCodeAt(0) - 48),
  1797,
  digits.columns,
);
