import type { Tier } from "../compute/device.ts";
import type { Activation } from "../compute/mlp-network.ts";
import type { Optimizer } from "../compute/optimizer.ts";
import { checkDevice, checkParam } from "./params.ts";

/** How η changes in training by `solver: "sgd"`. */
export type LearningRate = "constant" | "invscaling" | "adaptive";

/** Parameters of `MLPClassifier` and `MLPRegressor`. */
export interface MLPParams {
  /** Units of each hidden layer; [] for none. Default [100]. */
  readonly hiddenLayerSizes?: readonly number[];
  /** What hidden units apply to their sums. Default "relu". */
  readonly activation?: Activation;
  /** Adam, or stochastic gradient descent with momentum. Default "adam". */
  readonly solver?: "adam" | "sgd";
  /** Strength of the L2 penalty on weights, ≥ 0. Default 0.0001. */
  readonly alpha?: number;
  /** Rows of a step. Default "auto": 200, or all where they are fewer. */
  readonly batchSize?: number | "auto";
  /** η of "sgd": "constant"; "invscaling", learningRateInit / (rows met + 1)^powerT; "adaptive", a fifth whenever training would end. Default "constant". */
  readonly learningRate?: LearningRate;
  /** First step size η, > 0. Default 0.001. */
  readonly learningRateInit?: number;
  /** Exponent of "invscaling". Default 0.5. */
  readonly powerT?: number;
  /** Most epochs. Default 200. */
  readonly maxIter?: number;
  /** Whether rows are shuffled before each epoch. Default true. */
  readonly shuffle?: boolean;
  /** Least fall of the loss that counts as progress. Default 0.0001. */
  readonly tol?: number;
  /** Momentum of "sgd", in [0, 1). Default 0.9. */
  readonly momentum?: number;
  /** Whether that momentum is Nesterov's. Default true. */
  readonly nesterovsMomentum?: boolean;
  /** Whether rows are held out, and their loss decides when to stop and which weights are kept. Default "auto": yes where that is 20 rows or more. */
  readonly earlyStopping?: boolean | "auto";
  /** Share of rows held out, in (0, 1), drawn from each class in its share. Default 0.1. */
  readonly validationFraction?: number;
  /** Training ends after more than this many epochs in a row without progress. Default 10. */
  readonly nIterNoChange?: number;
  /** Decay of Adam's running mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of Adam's running mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Keeps Adam's division from zero. Default 1e-8. */
  readonly epsilon?: number;
  /** Probability that a hidden unit is left out of a step, in [0, 1). Scikit-learn has none. Default 0. */
  readonly dropout?: number;
  /** Decides first weights, rows held out, shuffles and units left out. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a step is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

/** All parameters, defaults filled in. */
export type AllMLPParams = Required<MLPParams>;

/** Defaults of `MLPClassifier` and `MLPRegressor`. */
export const mlpDefaults: AllMLPParams = {
  hiddenLayerSizes: [100],
  activation: "relu",
  solver: "adam",
  alpha: 1e-4,
  batchSize: "auto",
  learningRate: "constant",
  learningRateInit: 1e-3,
  powerT: 0.5,
  maxIter: 200,
  shuffle: true,
  tol: 1e-4,
  momentum: 0.9,
  nesterovsMomentum: true,
  earlyStopping: "auto",
  validationFraction: 0.1,
  nIterNoChange: 10,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  dropout: 0,
  seed: 0,
  device: null,
};

/** The optimizer that parameters ask for. */
export function optimizerOf(params: AllMLPParams): Optimizer {
  const { solver, beta1, beta2, epsilon, momentum, nesterovsMomentum } = params;
  return solver === "adam" ? { solver, beta1, beta2, epsilon } : { solver, momentum, nesterovsMomentum };
}

/** Fewest rows held out that are worth judging by, where `earlyStopping` is "auto". */
const fewestHeld = 20;

/** Share of so many rows that is held out; 0 for none. */
export function heldFraction(
  rows: number,
  { earlyStopping, validationFraction }: Pick<AllMLPParams, "earlyStopping" | "validationFraction">,
): number {
  const wanted = earlyStopping === "auto" ? rows * validationFraction >= fewestHeld : earlyStopping;
  return wanted ? validationFraction : 0;
}

/** A RangeError that names the estimator and the first parameter that is not what it must be. */
export function checkMlpParams(name: string, params: AllMLPParams): void {
  const check = <Name extends keyof AllMLPParams>(
    key: Name,
    expected: string,
    holds: (value: AllMLPParams[Name]) => boolean,
  ) => checkParam(name, key, params[key], expected, holds(params[key]));
  check("hiddenLayerSizes", "an array of whole numbers of at least 1", (sizes) => {
    return Array.isArray(sizes) && sizes.every(whole);
  });
  check("activation", `"relu", "tanh", "logistic" or "identity"`, (value) => activations.includes(value));
  check("solver", `"adam" or "sgd"`, (value) => value === "adam" || value === "sgd");
  check("alpha", "a number of at least 0", (value) => value >= 0 && value < Infinity);
  check("batchSize", `"auto" or a whole number of at least 1`, (value) => value === "auto" || whole(value));
  check("learningRate", `"constant", "invscaling" or "adaptive"`, (value) => schedules.includes(value));
  check("learningRateInit", "a number above 0", positive);
  check("powerT", "a number", (value) => Number.isFinite(value));
  check("maxIter", "a whole number of at least 1", whole);
  check("tol", "a number of at least 0", (value) => value >= 0);
  check("momentum", "at least 0 and below 1", share);
  check("earlyStopping", `true, false or "auto"`, (value) => value === "auto" || typeof value === "boolean");
  check("validationFraction", "between 0 and 1", (value) => value > 0 && value < 1);
  check("nIterNoChange", "a whole number of at least 1", whole);
  check("beta1", "at least 0 and below 1", share);
  check("beta2", "at least 0 and below 1", share);
  check("epsilon", "a number above 0", positive);
  check("dropout", "at least 0 and below 1", share);
  checkDevice(name, params.device);
}

const activations: readonly Activation[] = ["relu", "tanh", "logistic", "identity"];
const schedules: readonly LearningRate[] = ["constant", "invscaling", "adaptive"];

function positive(value: number): boolean {
  return value > 0 && value < Infinity;
}

function whole(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function share(value: number): boolean {
  return value >= 0 && value < 1;
}

/** Rows of a step, where there are as many. */
export function batchRows({ batchSize }: AllMLPParams): number {
  return batchSize === "auto" ? 200 : batchSize;
}
