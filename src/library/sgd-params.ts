import { marginLosses } from "./margin-loss.ts";
import { checkParam } from "./params.ts";
import type { SgdPlan } from "./sgd-linear.ts";

/** Parameters of `SGDClassifier`. */
export interface SGDClassifierParams {
  /** "hinge" is a linear support vector machine, "log_loss" logistic regression. Default "hinge". */
  readonly loss?: keyof typeof marginLosses;
  /** Default "l2". */
  readonly penalty?: "l2" | "l1" | "elasticnet" | null;
  /** Strength of the penalty, > 0; "optimal" steps depend on it too. Default 0.0001. */
  readonly alpha?: number;
  /** Share of the L1 norm in "elasticnet", in [0, 1]. Default 0.15. */
  readonly l1Ratio?: number;
  /** Whether intercepts, which are not penalised, are fitted. Default true. */
  readonly fitIntercept?: boolean;
  /** Most epochs. Default 1000. */
  readonly maxIter?: number;
  /** Least fall of the mean loss that counts as progress. Default 0.001. */
  readonly tol?: number;
  /** Whether rows are shuffled before each epoch. Default true. */
  readonly shuffle?: boolean;
  /** Step size η: "optimal", 1 / (alpha·(t₀ + rows met)); "constant", eta0; "invscaling", eta0 / (rows met)^powerT; "adaptive", eta0, a fifth whenever training would end. Default "optimal". */
  readonly learningRate?: "optimal" | "constant" | "invscaling" | "adaptive";
  /** First step size of all but "optimal", > 0. Default 0.01. */
  readonly eta0?: number;
  /** Exponent of "invscaling". Default 0.5. */
  readonly powerT?: number;
  /** Training ends after this many epochs in a row without progress. Default 5. */
  readonly nIterNoChange?: number;
  /** Decides shuffles. Default 0. */
  readonly seed?: number;
}

/** Defaults of `SGDClassifier`. */
export const sgdDefaults: Required<SGDClassifierParams> = {
  loss: "hinge",
  penalty: "l2",
  alpha: 1e-4,
  l1Ratio: 0.15,
  fitIntercept: true,
  maxIter: 1000,
  tol: 1e-3,
  shuffle: true,
  learningRate: "optimal",
  eta0: 0.01,
  powerT: 0.5,
  nIterNoChange: 5,
  seed: 0,
};

/** How a linear classifier with those parameters trains. */
export function sgdPlan(params: Required<SGDClassifierParams>): SgdPlan {
  const { penalty, l1Ratio, loss } = params;
  const share = { l2: 0, l1: 1, elasticnet: l1Ratio };
  return {
    ...params,
    loss: marginLosses[loss],
    penalised: penalty !== null,
    l1Ratio: penalty === null ? 0 : share[penalty],
  };
}

/** A RangeError that names the estimator and the first parameter that is not what it must be. */
export function checkSgdParams(name: string, params: Required<SGDClassifierParams>): void {
  const check = <Name extends keyof SGDClassifierParams>(
    key: Name,
    expected: string,
    holds: (value: Required<SGDClassifierParams>[Name]) => boolean,
  ) => checkParam(name, key, params[key], expected, holds(params[key]));
  const positive = (value: number): boolean => value > 0 && value < Infinity;
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  const oneOf =
    <T>(...values: readonly T[]) =>
    (value: T): boolean =>
      values.includes(value);
  check("loss", `"hinge", "log_loss" or "modified_huber"`, oneOf("hinge", "log_loss", "modified_huber"));
  check("penalty", `"l2", "l1", "elasticnet" or null`, oneOf("l2", "l1", "elasticnet", null));
  check("alpha", "a number above 0", positive);
  check("l1Ratio", "between 0 and 1", (value) => value >= 0 && value <= 1);
  check("maxIter", "a whole number of at least 1", whole);
  check("tol", "a number of at least 0", (value) => value >= 0);
  check(
    "learningRate",
    `"optimal", "constant", "invscaling" or "adaptive"`,
    oneOf("optimal", "constant", "invscaling", "adaptive"),
  );
  check("eta0", "a number above 0", positive);
  check("powerT", "a number", Number.isFinite);
  check("nIterNoChange", "a whole number of at least 1", whole);
}
