import type { Tier } from "../compute/device.ts";
import { checkDevice, checkParam } from "./params.ts";

/** Parameters of `LSTMClassifier` and `GRUClassifier`. */
export interface RecurrentParams {
  /** Cells, which is how much is remembered from one event to the next. Default 32. */
  readonly hiddenSize?: number;
  /** Numbers that stand for each kind of event; they are learnt. Default 16. */
  readonly embeddingSize?: number;
  /** Events of a sequence that count, its last ones. Default 200. */
  readonly maxLength?: number;
  /** Sequences of a step. Default 64. */
  readonly batchSize?: number;
  /** Probability that a cell of the last state is left out on the way to the output in a step, in [0, 1); the others are scaled up. Default 0. */
  readonly dropout?: number;
  /** Strength of the L2 penalty on weights, embeddings among them, ≥ 0. Default 0. */
  readonly alpha?: number;
  /** Largest norm of a step's gradient over all parameters, > 0: a longer one is scaled down to it. Default null: none. */
  readonly clipNorm?: number | null;
  /** Adam's step size, > 0. Default 0.003. */
  readonly learningRateInit?: number;
  /** Most epochs. Default 100. */
  readonly maxIter?: number;
  /** Whether sequences are shuffled before each epoch. Default true. */
  readonly shuffle?: boolean;
  /** Least fall of the loss that counts as progress. Default 0.0001. */
  readonly tol?: number;
  /** Whether sequences are held out, and their loss decides when to stop and which weights are kept. Default "auto": yes where that is 20 or more. */
  readonly earlyStopping?: boolean | "auto";
  /** Share of sequences held out, in (0, 1), drawn from each class in its share. Default 0.1. */
  readonly validationFraction?: number;
  /** Training ends after more than this many epochs in a row without progress. Default 10. */
  readonly nIterNoChange?: number;
  /** Decay of Adam's running mean of gradients, in [0, 1). Default 0.9. */
  readonly beta1?: number;
  /** Decay of Adam's running mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Keeps Adam's division from zero. Default 1e-8. */
  readonly epsilon?: number;
  /** Decides first weights, sequences held out and shuffles. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a step is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

/** Defaults of `LSTMClassifier` and `GRUClassifier`. */
export const recurrentDefaults: Required<RecurrentParams> = {
  hiddenSize: 32,
  embeddingSize: 16,
  maxLength: 200,
  batchSize: 64,
  dropout: 0,
  alpha: 0,
  clipNorm: null,
  learningRateInit: 0.003,
  maxIter: 100,
  shuffle: true,
  tol: 1e-4,
  earlyStopping: "auto",
  validationFraction: 0.1,
  nIterNoChange: 10,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  seed: 0,
  device: null,
};

/** A RangeError that names the estimator and the first parameter that is not what it must be. */
export function checkRecurrentParams(name: string, params: Required<RecurrentParams>): void {
  const check = (
    keys: readonly (keyof RecurrentParams)[],
    expected: string,
    holds: (value: unknown) => boolean,
  ): void => {
    for (const key of keys) checkParam(name, key, params[key], expected, holds(params[key]));
  };
  const number = (test: (value: number) => boolean) => (value: unknown) =>
    typeof value === "number" && test(value);
  check(
    ["hiddenSize", "embeddingSize", "maxLength", "batchSize", "maxIter", "nIterNoChange"],
    "a whole number of at least 1",
    number((value) => Number.isInteger(value) && value >= 1),
  );
  check(
    ["learningRateInit", "epsilon"],
    "a number above 0",
    number((value) => value > 0 && value < Infinity),
  );
  check(
    ["tol"],
    "a number of at least 0",
    number((value) => value >= 0),
  );
  check(
    ["alpha"],
    "a number of at least 0",
    number((value) => value >= 0 && value < Infinity),
  );
  check(
    ["clipNorm"],
    "null or a number above 0",
    (value) => value === null || number((norm) => norm > 0 && norm < Infinity)(value),
  );
  checkDevice(name, params.device);
  check(
    ["earlyStopping"],
    `true, false or "auto"`,
    (value) => value === "auto" || typeof value === "boolean",
  );
  check(
    ["validationFraction"],
    "between 0 and 1",
    number((value) => value > 0 && value < 1),
  );
  check(
    ["beta1", "beta2", "dropout"],
    "at least 0 and below 1",
    number((value) => value >= 0 && value < 1),
  );
}
