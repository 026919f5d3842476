import { mlpPredictions } from "../compute/mlp-tiers.ts";
import { withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { classifiedRows } from "./classified-rows.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { checkMlpParams, mlpDefaults, type AllMLPParams, type MLPParams } from "./mlp-params.ts";
import { withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";
import { classTargets, mlpCoefs, mlpIntercepts, trainMlp, type TrainedMlp } from "./training-mlp.ts";

const name = "MLPClassifier";

type Params = AllMLPParams;

/** A trained network and what it knows of its labels and columns. */
interface Fitted extends TrainedMlp {
  readonly classes: readonly Label[];
  readonly names: readonly string[] | null;
}

/**
 * A multilayer perceptron: minimises the cross-entropy of the logistic function (two classes) or of the softmax (more), plus
 * ½·alpha/rows·Σw² a batch, by Adam or gradient descent, in single precision on the GPU or in SIMD wasm. Scikit-learn's MLPClassifier, its parameters and
 * defaults with `dropout` besides, but one: rows are held out by default (`earlyStopping: "auto"`), so that the live view shows both losses; their loss,
 * not their accuracy, decides when to stop, and the weights of the epoch with the lowest are kept.
 * X: n×d, best standardised; y: n labels of one type, at least two of them. Refuses missing values with the column, value and row;
 * a loss that is no longer a number is a RangeError. Stop in the live view ends training early with the best weights so far.
 * Source: Hastie, Tibshirani & Friedman 2009, 11.3–11.5; Kingma & Ba 2015.
 */
export class MLPClassifier implements Classifier {
  readonly #params: Params;
  #fitted: Fitted | null = null;

  constructor(params: MLPParams = {}) {
    this.#params = withDefaults(name, mlpDefaults, params);
    checkMlpParams(name, this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): MLPClassifier {
    const state = unpackModel(name, bytes) as { params: MLPParams; fitted: Fitted };
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
    const targets = classTargets(codes, classes.length);
    const trained = await withDevice(this.#params.device ?? undefined, (device) =>
      trainMlp(name, this.#params, device, matrix, targets),
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
    return mlpCoefs(this.#state);
  }

  /** Intercepts of each layer. */
  get intercepts(): Float64Array[] {
    return mlpIntercepts(this.#state);
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
      mlpPredictions(tier, network, parameters, x),
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

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

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
