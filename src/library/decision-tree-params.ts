import type { DecisionTreeSettings } from "../compute/decision-tree.ts";
import { checkParam } from "./params.ts";

/** Parameters of decision trees, alone and in forests. */
export interface DecisionTreeParams {
  /** Most splits from the first node to a leaf; null for no limit. Default null. */
  readonly maxDepth?: number | null;
  /** Fewest rows of a node that is split: a whole number of at least 2, or a share of the rows in (0, 1). Default 2. */
  readonly minSamplesSplit?: number;
  /** Fewest rows of a leaf: a whole number of at least 1, or a share of the rows in (0, 1). Default 1. */
  readonly minSamplesLeaf?: number;
  /**
   * Columns that each split is chosen from, drawn at random: a whole number, a share in (0, 1), "sqrt" or "log2" of their number, or
   * null for all. Default null, in RandomForestClassifier "sqrt".
   */
  readonly maxFeatures?: number | "sqrt" | "log2" | null;
  /** Most leaves, the most useful splits first; null for no limit. Default null. */
  readonly maxLeafNodes?: number | null;
  /** Least impurity that a split removes, times the share of rows in its node. Default 0. */
  readonly minImpurityDecrease?: number;
  /** Decides rows and columns drawn. Default 0. */
  readonly seed?: number;
}

type Params = Required<DecisionTreeParams>;

/** The defaults of scikit-learn. */
export const treeDefaults: Params = {
  maxDepth: null,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: null,
  maxLeafNodes: null,
  minImpurityDecrease: 0,
  seed: 0,
};

/** A RangeError that names the first parameter which makes no sense. */
export function checkTreeParams(name: string, params: Params): void {
  const check = <Name extends keyof Params>(
    key: Name,
    expected: string,
    holds: (value: Params[Name]) => boolean,
  ) => checkParam(name, key, params[key], expected, holds(params[key]));
  const whole = (least: number) => (value: unknown) => Number.isInteger(value) && (value as number) >= least;
  const limit = (least: number) => (value: number | null) => value === null || whole(least)(value);
  const amount = (least: number) => (value: unknown) => whole(least)(value) || isShare(value);
  check("maxDepth", "a whole number of at least 1, or null", limit(1));
  check("minSamplesSplit", "a whole number of at least 2, or between 0 and 1", amount(2));
  check("minSamplesLeaf", "a whole number of at least 1, or between 0 and 1", amount(1));
  check(
    "maxFeatures",
    `a whole number of at least 1, between 0 and 1, "sqrt", "log2" or null`,
    (value) => value === null || value === "sqrt" || value === "log2" || amount(1)(value),
  );
  check("maxLeafNodes", "a whole number of at least 2, or null", limit(2));
  check("minImpurityDecrease", "a number of at least 0", (value) => value >= 0 && value < Infinity);
}

/** The parameters as they are for so many rows and columns. More columns than there are, are a RangeError. */
export function treeSettings(
  name: string,
  params: Params,
  rows: number,
  columns: number,
): DecisionTreeSettings {
  const { maxFeatures, minSamplesLeaf, minSamplesSplit } = params;
  const amount = (value: number): number => (value < 1 ? Math.ceil(value * rows) : value);
  const counts = { sqrt: Math.sqrt(columns), log2: Math.log2(columns) };
  const features =
    typeof maxFeatures === "string"
      ? counts[maxFeatures]
      : maxFeatures === null
        ? columns
        : maxFeatures < 1
          ? maxFeatures * columns
          : maxFeatures;
  checkParam(
    name,
    "maxFeatures",
    maxFeatures,
    `at most the ${columns} columns of X`,
    features <= columns || columns === 0,
  );
  return {
    ...params,
    minSamplesSplit: Math.max(amount(minSamplesSplit), 2),
    minSamplesLeaf: amount(minSamplesLeaf),
    maxFeatures: Math.max(1, Math.floor(features)),
  };
}

/** Whether a value is a share of a whole. */
export function isShare(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < 1;
}
