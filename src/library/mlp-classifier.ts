import type { Tier } from "../compute/device.ts";
import { mlpLayers, type Activation } from "../compute/mlp-network.ts";
import { mlpProbabilities } from "../compute/mlp-predict.ts";
import { withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { classifiedRows } from "./classified-rows.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";
import { trainMlp, type TrainedMlp } from "./training-mlp.ts";

const name = "MLPClassifier";

/** Parameters of `MLPClassifier`. */
export interface MLPClassifierParams {
  /** Units of each hidden layer; [] for none. Default [100]. */
  readonly hiddenLayerSizes?: readonly number[];
  /** What hidden units apply to their sums. Default "relu". */
  readonly activation?: Activation;
  /** Default "adam", the only one. */
  readonly solver?: "adam";
  /** Strength of the L2 penalty on weights, ≥ 0. Default 0.0001. */
  readonly alpha?: number;
  /** Rows of a step. Default "auto": 200, or all where they are fewer. */
  readonly batchSize?: number | "auto";
  /** Adam's step size, > 0. Default 0.001. */
  readonly learningRateInit?: number;
  /** Most epochs. Default 200. */
  readonly maxIter?: number;
  /** Whether rows are shuffled before each epoch. Default true. */
  readonly shuffle?: boolean;
  /** Least fall of the loss that counts as progress. Default 0.0001. */
  readonly tol?: number;
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
  /** Decides first weights, rows held out and shuffles. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter, else wasm. */
  readonly device?: Tier | null;
}

type Params = Required<MLPClassifierParams>;

interface Fitted extends TrainedMlp {
  readonly classes: readonly Label[];
  readonly names: readonly string[] | null;
}

const defaults: Params = {
  hiddenLayerSizes: [100],
  activation: "relu",
  solver: "adam",
  alpha: 1e-4,
  batchSize: "auto",
  learningRateInit: 1e-3,
  maxIter: 200,
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

/** Fewest rows held out that are worth judging by, where `earlyStopping` is "auto". */
const fewestHeld = 20;

/**
 * A multilayer perceptron: minimises the cross-entropy of the logistic function (two classes) or of the softmax (more), plus
 * ½·alpha/rows·Σw² a batch, by Adam, in single precision on the GPU or in wasm. Scikit-learn's MLPClassifier, its parameters and
 * defaults but one: rows are held out by default (`earlyStopping: "auto"`), so that the live view shows both losses; their loss,
 * not their accuracy, decides when to stop, and the weights of the epoch with the lowest are kept.
 * X: n×d, best standardised; y: n labels of one type, at least two of them. Refuses missing values with the column, value and row;
 * a loss that is no longer a number is a RangeError. Stop in the live view ends training early with the best weights so far.
 * Source: Hastie, Tibshirani & Friedman 2009, 11.3–11.5; Kingma & Ba 2015.
 */
export class MLPClassifier implements Classifier {
  readonly #params: Params;
  #fitted: Fitted | null = null;

  constructor(params: MLPClassifierParams = {}) {
    this.#params = withDefaults(name, defaults, params);
    checkParams(this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): MLPClassifier {
    const state = unpackModel(name, bytes) as { params: MLPClassifierParams; fitted: Fitted };
    const model = new MLPClassifier(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Params {
    return this.#params;
  }

  /** Trains on X (n×d) and labels y (n). A single class is a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, y: Labels): Promise<this> {
    const { matrix, classes, codes } = classifiedRows(name, X, y);
    if (matrix.columns === 0) throw new RangeError(`${name}.fit: expected at least one column in X, got 0`);
    const heldFraction = this.#heldFraction(matrix.rows);
    const plan = { ...this.#params, title: name, learningRate: this.#params.learningRateInit, heldFraction };
    const trained = await withDevice(this.#params.device ?? undefined, (device) =>
      trainMlp(plan, device, matrix, codes, classes.length),
    );
    this.#fitted = { ...trained, classes, names: fittedNames(X) };
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.#state.classes;
  }

  /** Mean cross-entropy of the training rows in each epoch, as they were met, without the penalty. */
  get lossCurve(): Float64Array {
    return this.#state.loss;
  }

  /** Mean cross-entropy of the rows held out after each epoch; empty where none were. */
  get validationLoss(): Float64Array {
    return this.#state.validationLoss;
  }

  /** Epochs done. */
  get nIter(): number {
    return this.#state.loss.length;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** Weights of each layer: inputs × outputs. */
  get coefs(): Matrix<Float64Array>[] {
    const { network, parameters } = this.#state;
    return mlpLayers(network).layers.map(
      ({ inputs, outputs, weights, intercepts }) =>
        new Matrix(Float64Array.from(parameters.subarray(weights, intercepts)), inputs, outputs),
    );
  }

  /** Intercepts of each layer. */
  get intercepts(): Float64Array[] {
    const { network, parameters } = this.#state;
    return mlpLayers(network).layers.map(({ intercepts, outputs }) =>
      Float64Array.from(parameters.subarray(intercepts, intercepts + outputs)),
    );
  }

  /** The likeliest label of each row; of equal ones the first. */
  async predict(X: Features): Promise<Label[]> {
    const probabilities = await this.predictProba(X);
    return Array.from({ length: probabilities.rows }, (_, i) => {
      const row = probabilities.row(i);
      return this.classes[row.indexOf(Math.max(...row))]!;
    });
  }

  /** Probability of each class, n × classes, rows sum to 1. */
  async predictProba(X: Features): Promise<Matrix<Float64Array>> {
    const { network, parameters, classes, names } = this.#state;
    const matrix = toMatrix(alignColumns(X, network.units[0]!, names, name), `${name}: X`);
    const x = Float32Array.from(matrix.data);
    const given = await withDevice(this.#params.device ?? undefined, ({ tier }) =>
      mlpProbabilities(tier, network, parameters, x),
    );
    const data = classes.length === 2 ? bothClasses(given) : normalised(given, classes.length);
    return new Matrix(data, matrix.rows, classes.length);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `MLPClassifier.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  #heldFraction(rows: number): number {
    const { earlyStopping, validationFraction } = this.#params;
    const wanted = earlyStopping === "auto" ? rows * validationFraction >= fewestHeld : earlyStopping;
    return wanted ? validationFraction : 0;
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

function checkParams(params: Params): void {
  const check = <Name extends keyof Params>(
    key: Name,
    expected: string,
    holds: (value: Params[Name]) => boolean,
  ) => checkParam(name, key, params[key], expected, holds(params[key]));
  const positive = (value: number): boolean => value > 0 && value < Infinity;
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  const decay = (value: number): boolean => value >= 0 && value < 1;
  check(
    "hiddenLayerSizes",
    "an array of whole numbers of at least 1",
    (sizes) => Array.isArray(sizes) && sizes.every(whole),
  );
  check("activation", `"relu", "tanh", "logistic" or "identity"`, (value) => activations.includes(value));
  check("solver", `"adam"`, (value) => value === "adam");
  check("alpha", "a number of at least 0", (value) => value >= 0 && value < Infinity);
  check("batchSize", `"auto" or a whole number of at least 1`, (value) => value === "auto" || whole(value));
  check("learningRateInit", "a number above 0", positive);
  check("maxIter", "a whole number of at least 1", whole);
  check("tol", "a number of at least 0", (value) => value >= 0);
  check("earlyStopping", `true, false or "auto"`, (value) => value === "auto" || typeof value === "boolean");
  check("validationFraction", "between 0 and 1", (value) => value > 0 && value < 1);
  check("nIterNoChange", "a whole number of at least 1", whole);
  check("beta1", "at least 0 and below 1", decay);
  check("beta2", "at least 0 and below 1", decay);
  check("epsilon", "a number above 0", positive);
  check(
    "device",
    `"webgpu", "wasm" or null`,
    (value) => value === null || value === "webgpu" || value === "wasm",
  );
}

const activations: readonly Activation[] = ["relu", "tanh", "logistic", "identity"];

/** Both columns of two classes, from the probability of the second. */
function bothClasses(second: Float32Array): Float64Array {
  const both = new Float64Array(second.length * 2);
  for (const [i, p] of second.entries()) both.set([1 - p, p], i * 2);
  return both;
}

/** Rows of single precision as doubles that sum to 1. */
function normalised(rows: Float32Array, columns: number): Float64Array {
  const result = Float64Array.from(rows);
  for (let i = 0; i < result.length; i += columns) {
    const row = result.subarray(i, i + columns);
    const sum = row.reduce((total, p) => total + p, 0);
    for (let j = 0; j < columns; j++) row[j]! /= sum;
  }
  return result;
}
