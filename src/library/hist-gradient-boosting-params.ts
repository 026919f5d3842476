import { mostBins } from "../compute/bins.ts";
import { checkParam } from "./params.ts";

/** Parameters of `HistGradientBoostingClassifier` and `HistGradientBoostingRegressor`. */
export interface HistGradientBoostingParams {
  /** Factor of each tree's numbers, > 0. Default 0.1. */
  readonly learningRate?: number;
  /** Most boosting steps; each grows one tree, or one a class where there are more than two. Default 100. */
  readonly maxIter?: number;
  /** Most leaves of a tree, at least 2; null for no limit. Default 31. */
  readonly maxLeafNodes?: number | null;
  /** Most splits from the first node of a tree to a leaf; null for no limit. Default null. */
  readonly maxDepth?: number | null;
  /** Fewest rows of a leaf. Default 20. */
  readonly minSamplesLeaf?: number;
  /** Strength of the L2 penalty on the numbers in leaves, ≥ 0. Default 0. */
  readonly l2Regularization?: number;
  /** Share of the columns that each node may be split by, in (0, 1], drawn at random. Default 1. */
  readonly maxFeatures?: number;
  /** Most bins a column's values are put in, 2 to 255; missing ones have a bin of their own. Default 255. */
  readonly maxBins?: number;
  /** Whether training ends when the loss no longer falls. Default "auto": with more than 10,000 rows. */
  readonly earlyStopping?: boolean | "auto";
  /** Share of rows held out to judge that by, in (0, 1); null to judge by the training rows. Default 0.1. */
  readonly validationFraction?: number | null;
  /** Training ends when none of this many steps lowered the loss by `tol`. Default 10. */
  readonly nIterNoChange?: number;
  /** Least fall of the loss that counts. Default 1e-7. */
  readonly tol?: number;
  /** Decides rows held out, columns drawn and, with more than 200,000 rows, those that decide the bins. Default 0. */
  readonly seed?: number;
}

type Params = Required<HistGradientBoostingParams>;

/** The defaults of scikit-learn. */
export const boostingDefaults: Params = {
  learningRate: 0.1,
  maxIter: 100,
  maxLeafNodes: 31,
  maxDepth: null,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  maxFeatures: 1,
  maxBins: mostBins,
  earlyStopping: "auto",
  validationFraction: 0.1,
  nIterNoChange: 10,
  tol: 1e-7,
  seed: 0,
};

/** A RangeError that names the first parameter which makes no sense. */
export function checkBoostingParams(name: string, params: Params): void {
  const check = <Name extends keyof Params>(
    key: Name,
    expected: string,
    holds: (value: Params[Name]) => boolean,
  ) => checkParam(name, key, params[key], expected, holds(params[key]));
  const whole = (least: number) => (value: number | null) => Number.isInteger(value) && value! >= least;
  const limit = (least: number) => (value: number | null) => value === null || whole(least)(value);
  check("learningRate", "a number above 0", (value) => value > 0 && value < Infinity);
  check("maxIter", "a whole number of at least 1", whole(1));
  check("maxLeafNodes", "a whole number of at least 2, or null", limit(2));
  check("maxDepth", "a whole number of at least 1, or null", limit(1));
  check("minSamplesLeaf", "a whole number of at least 1", whole(1));
  check("l2Regularization", "a number of at least 0", (value) => value >= 0 && value < Infinity);
  check("maxFeatures", "above 0 and at most 1", (value) => value > 0 && value <= 1);
  check("maxBins", `a whole number from 2 to ${mostBins}`, (value) => whole(2)(value) && value <= mostBins);
  check("earlyStopping", `true, false or "auto"`, (value) => value === "auto" || typeof value === "boolean");
  check(
    "validationFraction",
    "between 0 and 1, or null",
    (value) => value === null || (value > 0 && value < 1),
  );
  check("nIterNoChange", "a whole number of at least 1", whole(1));
  check("tol", "a number of at least 0", (value) => value >= 0);
}
