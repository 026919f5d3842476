import { cpuDevice } from "../compute/device.ts";
import { permutation, seededRandom } from "../core/random.ts";
import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import { classifiedRows } from "./classified-rows.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { alignColumns, checkSameRows, fittedNames, toMatrix } from "./inputs.ts";
import { withDefaults } from "./params.ts";
import { partialClasses } from "./partial-classes.ts";
import { pacer } from "./pause.ts";
import { packModel, unpackModel } from "./saved.ts";
import { checkSgdParams, sgdDefaults, sgdPlan, type SGDClassifierParams } from "./sgd-params.ts";
import { SgdLinear, type LinearState } from "./sgd-linear.ts";
import { sgdProbabilities } from "./sgd-probabilities.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";
import { Schedule } from "./training-schedule.ts";

const name = "SGDClassifier";

interface Fitted extends LinearState, TrainingHistory {
  readonly classes: readonly Label[];
  readonly columns: number;
  readonly names: readonly string[] | null;
}

/**
 * A linear classifier trained one row at a time by stochastic gradient descent: minimises the mean loss of y·(x·coef + intercept), y = ±1, plus
 * alpha·(l1Ratio·‖coef‖₁ + (1−l1Ratio)·½‖coef‖²). More than two classes are each set against the rest, all trained together until their mean
 * loss stops falling. `partialFit` learns from rows as they come. Scikit-learn's SGDClassifier, its parameters and defaults, without rows held
 * out, weights of classes and averages. X: n×d, best standardised; y: n labels of one type. In doubles, on the CPU.
 * Refuses missing values with the column, value and row. Source: Bottou 2012; Shalev-Shwartz et al. 2011.
 */
export class SGDClassifier implements Classifier {
  readonly #params: Required<SGDClassifierParams>;
  #fitted: Fitted | null = null;

  constructor(params: SGDClassifierParams = {}) {
    this.#params = withDefaults(name, sgdDefaults, params);
    checkSgdParams(name, this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): SGDClassifier {
    const state = unpackModel(name, bytes) as { params: SGDClassifierParams; fitted: Fitted };
    const model = new SGDClassifier(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Required<SGDClassifierParams> {
    return this.#params;
  }

  /** Trains anew on X (n×d) and labels y (n). A single class is a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, y: Labels): Promise<this> {
    const { matrix, classes, codes } = classifiedRows(name, X, y);
    const { seed, learningRate, eta0, nIterNoChange, maxIter } = this.#params;
    const model = new SgdLinear(sgdPlan(this.#params), matrix, codes, untrained(matrix.columns, classes));
    const plan = {
      ...this.#params,
      device: cpuDevice("cpu-model"),
      rows: matrix.rows,
      random: seededRandom(seed),
      validated: false,
      // Scikit-learn ends this training one epoch sooner than that of a perceptron.
      nIterNoChange: nIterNoChange - 1,
      schedule: new Schedule(learningRate === "adaptive" ? learningRate : "constant", eta0, 0, 0),
      remedy: `standardise the columns of X, or try learningRate "constant" with an eta0 below ${eta0}`,
    };
    const course = {
      open: async () => model,
      state: async () => model.state,
      result: async () => model.state,
    };
    this.#fitted = {
      ...(await trainEpochs(course, plan, new LiveFit(name, maxIter))),
      classes,
      columns: matrix.columns,
      names: fittedNames(X),
    };
    return this;
  }

  /** Trains on from where it is, once through X (n×d) and labels y (n). The first call needs all `classes` there will be; a label that is none of them is a RangeError. */
  async partialFit(X: Features, y: Labels, classes?: Labels): Promise<this> {
    const before = this.#fitted;
    const { all, codes } = partialClasses(name, before?.classes ?? null, y, classes);
    const names = before ? before.names : fittedNames(X);
    const aligned = before ? alignColumns(X, before.columns, names, `${name}.partialFit`) : X;
    const matrix = toMatrix(aligned, `${name}.partialFit: X`);
    checkSameRows("X", matrix.rows, "y", codes.length);
    const start = before ?? untrained(matrix.columns, all);
    const model = new SgdLinear(sgdPlan(this.#params), matrix, codes, start);
    const order = this.#params.shuffle
      ? permutation(matrix.rows, seededRandom(this.#params.seed))
      : Uint32Array.from(codes.keys());
    const rest = pacer();
    const done = await model.epoch(order, () => rest().then(() => true));
    const loss = Float64Array.from([...(before?.loss ?? []), done!.loss]);
    const history = { loss, validationLoss: new Float64Array(0), stopped: false };
    this.#fitted = { ...history, ...model.state, classes: all, columns: matrix.columns, names };
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.#state.classes;
  }

  /** Coefficients: 1×d for two classes (towards the second), else classes×d. */
  get coef(): Matrix<Float64Array> {
    const { coef, intercept, columns } = this.#state;
    return new Matrix(coef, intercept.length, columns);
  }

  /** Intercepts: one for two classes, else one a class. */
  get intercept(): Float64Array {
    return this.#state.intercept;
  }

  /** Mean loss of the rows in each epoch, as they were met, without the penalty. */
  get lossCurve(): Float64Array {
    return this.#state.loss;
  }

  /** Epochs done, or calls of `partialFit`. */
  get nIter(): number {
    return this.#state.loss.length;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** Scores x · coef + intercept: n×1 for two classes, else n × classes. */
  async decisionFunction(X: Features): Promise<Matrix<Float64Array>> {
    const { coef, intercept, columns, names } = this.#state;
    const { data, rows } = toMatrix(alignColumns(X, columns, names, name), `${name}: X`);
    const scores = new Float64Array(rows * intercept.length);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < intercept.length; k++) {
        let score = intercept[k]!;
        for (let j = 0; j < columns; j++) score += data[i * columns + j]! * coef[k * columns + j]!;
        scores[i * intercept.length + k] = score;
      }
    return new Matrix(scores, rows, intercept.length);
  }

  /** The label with the highest score of each row; of equal ones the first. */
  async predict(X: Features): Promise<Label[]> {
    const scores = await this.decisionFunction(X);
    return Array.from({ length: scores.rows }, (_, i) => {
      const row = scores.row(i);
      return this.classes[row.length === 1 ? Number(row[0]! > 0) : row.indexOf(Math.max(...row))]!;
    });
  }

  /** Probability of each class, n × classes, rows sum to 1: by the logistic function of the scores, or for "modified_huber" (score + 1)/2 within [0, 1]. The hinge knows none: a TypeError. */
  async predictProba(X: Features): Promise<Matrix<Float64Array>> {
    const { loss } = this.#params;
    if (loss === "hinge")
      throw new TypeError(`${name}: loss "hinge" gives no probabilities; "log_loss" and "modified_huber" do`);
    return sgdProbabilities(await this.decisionFunction(X), loss);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `SGDClassifier.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

function untrained(columns: number, classes: readonly Label[]): LinearState {
  const outputs = classes.length === 2 ? 1 : classes.length;
  return { coef: new Float64Array(outputs * columns), intercept: new Float64Array(outputs), t: 1 };
}
