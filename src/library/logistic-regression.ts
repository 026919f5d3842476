import type { Tier } from "../compute/device.ts";
import { deviceFor } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { classifiedRows } from "./classified-rows.ts";
import { classWeights, type ClassWeight } from "./class-weights.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { likeliestLabels } from "./likeliest.ts";
import { logisticOptimum, logisticWork } from "./logistic-fit.ts";
import { outputsOf, softmax } from "./logistic-loss.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "LogisticRegression";

/** Parameters of `LogisticRegression`. */
export interface LogisticRegressionParams {
  /** Inverse of the strength of the L2 penalty, > 0; Infinity for none. Default 1. */
  readonly C?: number;
  /** Most Newton steps. Default 100. */
  readonly maxIter?: number;
  /** Stops when no entry of the gradient of the mean loss is larger, on the GPU for columns scaled to a spread of 1. Default 1e-10, as Newton steps make it cheap. */
  readonly tol?: number;
  /** "balanced" weighs a class by n / (classes · its rows); or a weight for each label, written as text, 1 for those left out. Default null. */
  readonly classWeight?: ClassWeight;
  /** Whether an intercept, which is not penalised, is fitted. Default true. */
  readonly fitIntercept?: boolean;
  /** Taken by every estimator; the optimum is unique, so that nothing here is random. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a look at all rows is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

interface Fitted {
  readonly classes: readonly Label[];
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  readonly columns: number;
  readonly names: readonly string[] | null;
  readonly nIter: number;
  readonly converged: boolean;
  readonly stopped: boolean;
}

const defaults: Required<LogisticRegressionParams> = {
  C: 1,
  maxIter: 100,
  tol: 1e-10,
  classWeight: null,
  fitIntercept: true,
  seed: 0,
  device: null,
};

/**
 * Logistic regression with an L2 penalty: the coef and intercept that minimise C Σᵢ sᵢ lossᵢ + ½‖coef‖², where loss is the
 * cross-entropy of the sigmoid of x · coef + intercept (two classes) or of the softmax over all classes (more).
 * X: n×d; y: n labels of one type, at least two of them. Refuses missing values with the column, value and row.
 * The same optimum as scikit-learn's LogisticRegression, solved by Newton's method: in doubles on the CPU; on the GPU in singles as far as
 * they see the loss fall, then with gradients in doubles, so that both tiers meet the same optimum. “Finish now” in the live view keeps the
 * coefficients as they are then. Source: Hastie, Tibshirani & Friedman 2009, 4.4.
 */
export class LogisticRegression implements Classifier {
  readonly #params: Required<LogisticRegressionParams>;
  #fitted: Fitted | null = null;

  constructor(params: LogisticRegressionParams = {}) {
    this.#params = withDefaults(name, defaults, params);
    const { C, maxIter, tol } = this.#params;
    checkParam(name, "C", C, "a number above 0", C > 0);
    checkParam(
      name,
      "maxIter",
      maxIter,
      "a whole number of at least 1",
      Number.isInteger(maxIter) && maxIter >= 1,
    );
    checkParam(name, "tol", tol, "a number above 0", tol > 0);
    checkDevice(name, this.#params.device);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): LogisticRegression {
    const state = unpackModel(name, bytes) as { params: LogisticRegressionParams; fitted: Fitted };
    const model = new LogisticRegression(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Required<LogisticRegressionParams> {
    return this.#params;
  }

  /** Finds the optimum for X (n×d) and labels y (n). A single class is a RangeError. */
  async fit(X: Features, y: Labels): Promise<this> {
    const { matrix, classes, codes } = classifiedRows(name, X, y);
    const { C, maxIter, tol, fitIntercept, device } = this.#params;
    const ofClasses = classWeights(name, this.#params.classWeight, classes, codes);
    const weights = Float64Array.from(codes, (code) => ofClasses[code]!);
    const problem = { X: matrix, codes, weights, classes: classes.length, penalty: 1 / C, fitIntercept };
    const limits = { tolerance: tol, iterations: maxIter };
    const chosen = await deviceFor(device ?? undefined, logisticWork(problem));
    const minimum = await logisticOptimum(problem, limits, chosen);
    this.#fitted = {
      ...split(minimum.at, matrix.columns, classes.length, fitIntercept),
      classes,
      columns: matrix.columns,
      names: fittedNames(X),
      nIter: minimum.iterations,
      converged: minimum.converged,
      stopped: minimum.stopped,
    };
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.#state.classes;
  }

  /** Coefficients: 1×d for two classes (towards the second), else classes×d. */
  get coef(): Matrix<Float64Array> {
    const { coef, columns } = this.#state;
    return new Matrix(coef, columns ? coef.length / columns : 0, columns);
  }

  /** Intercepts: one for two classes, else one a class, summing to 0. */
  get intercept(): Float64Array {
    return this.#state.intercept;
  }

  /** Newton steps taken. */
  get nIter(): number {
    return this.#state.nIter;
  }

  /** Whether the optimum was reached, to `tol` or to rounding, within `maxIter` steps. */
  get converged(): boolean {
    return this.#state.converged;
  }

  /** Whether a person ended the fit early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** The likelier label of each row. */
  async predict(X: Features): Promise<Label[]> {
    return likeliestLabels(await this.predictProba(X), this.classes);
  }

  /** Probability of each class, n × classes, rows sum to 1. */
  async predictProba(X: Features): Promise<Matrix<Float64Array>> {
    const { classes, coef, intercept, columns, names } = this.#state;
    const matrix = toMatrix(alignColumns(X, columns, names, name), `${name}: X`);
    const outputs = outputsOf(classes.length);
    const data = new Float64Array(matrix.rows * classes.length);
    const z = new Float64Array(outputs);
    for (let i = 0; i < matrix.rows; i++) {
      for (let k = 0; k < outputs; k++) {
        z[k] = intercept[k]!;
        for (let j = 0; j < columns; j++) z[k]! += matrix.data[i * columns + j]! * coef[k * columns + j]!;
      }
      const at = i * classes.length;
      softmax(z, outputs === 1, data, at + (outputs === 1 ? 1 : 0));
      if (outputs === 1) data[at] = 1 / (1 + Math.exp(z[0]!));
    }
    return new Matrix(data, matrix.rows, classes.length);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `LogisticRegression.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

/** Variables of the loss as coefficients and intercepts. */
function split(
  w: Float64Array,
  d: number,
  classes: number,
  fitIntercept: boolean,
): Pick<Fitted, "coef" | "intercept"> {
  const outputs = outputsOf(classes);
  const width = d + (fitIntercept ? 1 : 0);
  const coef = new Float64Array(outputs * d);
  const intercept = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    coef.set(w.subarray(k * width, k * width + d), k * d);
    if (fitIntercept) intercept[k] = w[k * width + d]!;
  }
  // Softmax does not feel a shift of all intercepts: give the one that sums to 0, as scikit-learn does.
  const shift = outputs > 1 ? intercept.reduce((sum, value) => sum + value, 0) / outputs : 0;
  return { coef, intercept: intercept.map((value) => value - shift) };
}
