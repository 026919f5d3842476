import {
  checkTreeParams,
  isShare,
  treeDefaults,
  treeSettings,
  type DecisionTreeParams,
} from "./decision-tree-params.ts";
import type { ForestPlan } from "./forest.ts";
import { checkParam } from "./params.ts";

/** Parameters of forests. */
export interface ForestParams extends DecisionTreeParams {
  /** How many trees. Default 100. */
  readonly nEstimators?: number;
  /** Whether each tree grows on rows drawn at random with replacement, rather than on all. Default true. */
  readonly bootstrap?: boolean;
  /** Rows drawn for each tree: a whole number, a share in (0, 1), or null for as many as there are. Default null. */
  readonly maxSamples?: number | null;
  /** Whether `oobScore` and its predictions are kept; needs `bootstrap`. Default false. */
  readonly oobScore?: boolean;
}

type Params = Required<ForestParams>;

/** The defaults of scikit-learn, for regression. */
export const forestDefaults: Params = {
  nEstimators: 100,
  ...treeDefaults,
  bootstrap: true,
  maxSamples: null,
  oobScore: false,
};

/** A RangeError that names the first parameter which makes no sense. */
export function checkForestParams(name: string, params: Params): void {
  const { nEstimators, bootstrap, maxSamples, oobScore } = params;
  checkTreeParams(name, params);
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  checkParam(name, "nEstimators", nEstimators, "a whole number of at least 1", whole(nEstimators));
  checkParam(
    name,
    "maxSamples",
    maxSamples,
    "a whole number of at least 1, between 0 and 1, or null; without bootstrap null",
    maxSamples === null || (bootstrap && (whole(maxSamples) || isShare(maxSamples))),
  );
  checkParam(name, "oobScore", oobScore, "false without bootstrap", bootstrap || !oobScore);
}

/** The parameters as they are for so many rows and columns. */
export function forestPlan(name: string, params: Params, rows: number, columns: number): ForestPlan {
  const { bootstrap, maxSamples, seed } = params;
  checkParam(name, "maxSamples", maxSamples, `at most the ${rows} rows of X`, (maxSamples ?? 0) <= rows);
  const drawn =
    maxSamples === null ? rows : maxSamples < 1 ? Math.max(1, Math.round(maxSamples * rows)) : maxSamples;
  return { ...treeSettings(name, params, rows, columns), drawn: bootstrap ? drawn : null, seed };
}
