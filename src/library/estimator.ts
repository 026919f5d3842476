import type { Matrix } from "../data/matrix.ts";
import type { Table } from "../data/table.ts";
import type { Column } from "../data/column.ts";
import type { FitOptions } from "./fit-callback.ts";

/** Rows of features, n×d: a Table (names kept), a Matrix, or arrays of numbers. */
export type Features = Table | Matrix | readonly (readonly number[])[] | readonly ArrayLike<number>[];

/** A label as a person writes it. */
export type Label = string | number | boolean;

/** Labels of n rows. */
export type Labels = Column | ArrayLike<Label | null> | Iterable<Label | null>;

/** Numbers of n rows. */
export type Numbers = Column | ArrayLike<number | boolean | null> | Iterable<number | boolean | null>;

/** Anything with parameters that can be copied unfitted, as `clone` does. */
export interface Estimator {
  /** The parameters given to the constructor, defaults filled in. */
  getParams(): Readonly<Record<string, unknown>>;
  /** Learns from X (n×d) and, where it is supervised, y (n); else options stand there. Gives itself. */
  fit(X: never, y?: Labels | FitOptions<never>): Promise<this>;
}

/** An estimator that turns X (n×d) into features (n×k). */
export interface Transformer extends Estimator {
  /** Features (n×k) of the rows of X, by what fit learnt. */
  transform(X: never): Promise<Matrix | Table>;
}

/** An estimator that gives each row a label and a probability of each class. */
export interface Classifier extends Estimator {
  /** Sorted labels seen in fit; columns of `predictProba` are in this order. */
  readonly classes: readonly Label[];
  /** The likeliest label of each row, of y's own type. */
  predict(X: never): Promise<Label[]>;
  /** n × classes, rows sum to 1. */
  predictProba(X: never): Promise<Matrix>;
  /** Share of rows labelled right, in [0, 1]. */
  score(X: never, y: Labels): Promise<number>;
}

/** An estimator that gives each row a number. */
export interface Regressor extends Estimator {
  /** The number predicted for each row. */
  predict(X: never): Promise<Float64Array>;
  /** R² of the predictions, at most 1. */
  score(X: never, y: Numbers): Promise<number>;
}
