import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import { binaryLoss, logSumExp, multinomialLoss } from "./boosting-loss.ts";
import { classifiedRows } from "./classified-rows.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { boost, boostedSums, type Boosted } from "./hist-gradient-boosting.ts";
import {
  boostingDefaults,
  checkBoostingParams,
  type HistGradientBoostingParams,
} from "./hist-gradient-boosting-params.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { likeliestLabels } from "./likeliest.ts";
import { withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "HistGradientBoostingClassifier";

/** Parameters of `HistGradientBoostingClassifier`. */
export type HistGradientBoostingClassifierParams = HistGradientBoostingParams;

interface Fitted extends Boosted {
  readonly classes: readonly Label[];
  readonly names: readonly string[] | null;
}

/**
 * Gradient boosting of trees on binned columns: step after step adds the trees f that lower Σᵢ gᵢ f(xᵢ) + ½ hᵢ f(xᵢ)² + ½ λ Σ f² most,
 * g and h the derivatives of the cross-entropy of the logistic function (two classes) or of the softmax (more, a tree a class).
 * X: n×d; y: n labels of one type, at least two of them. A missing value (null, NaN) goes to the side of a split that gains more;
 * an infinite one is refused with column, value and row. Scikit-learn's HistGradientBoostingClassifier, its parameters, defaults and
 * bins (255 quantiles a column); scores are recorded with and without early stopping. Trains on the CPU (SIMD), the same bits each time.
 * “Finish now” in the live view ends training early with the steps done so far. Source: Friedman 2001; Ke et al. 2017.
 */
export class HistGradientBoostingClassifier implements Classifier {
  readonly #params: Required<HistGradientBoostingParams>;
  #fitted: Fitted | null = null;

  constructor(params: HistGradientBoostingClassifierParams = {}) {
    this.#params = withDefaults(name, boostingDefaults, params);
    checkBoostingParams(name, this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): HistGradientBoostingClassifier {
    const state = unpackModel(name, bytes) as { params: HistGradientBoostingParams; fitted: Fitted };
    const model = new HistGradientBoostingClassifier(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Required<HistGradientBoostingParams> {
    return this.#params;
  }

  /** Trains on X (n×d) and labels y (n). A single class is a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, y: Labels): Promise<this> {
    const { matrix, classes, codes } = classifiedRows(name, X, y, "keep");
    const loss = classes.length === 2 ? binaryLoss : multinomialLoss(classes.length);
    const boosted = await boost(name, this.#params, loss, matrix, codes, classes.length);
    this.#fitted = { ...boosted, classes, names: fittedNames(X) };
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.#state.classes;
  }

  /** Boosting steps done. */
  get nIter(): number {
    return this.#state.trainScore.length - 1;
  }

  /** Negative mean cross-entropy of the training rows before the first step and after each. */
  get trainScore(): Float64Array {
    return this.#state.trainScore;
  }

  /** Negative mean cross-entropy of the rows held out, likewise; empty where none were. */
  get validationScore(): Float64Array {
    return this.#state.validationScore;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** The likeliest label of each row; of equal ones the first. */
  async predict(X: Features): Promise<Label[]> {
    return likeliestLabels(await this.predictProba(X), this.classes);
  }

  /** Probability of each class, n × classes, rows sum to 1. */
  async predictProba(X: Features): Promise<Matrix<Float64Array>> {
    const { classes, columns, names } = this.#state;
    const matrix = toMatrix(alignColumns(X, columns, names, name), `${name}: X`, "keep");
    const raw = await boostedSums(this.#state, matrix);
    const count = classes.length;
    const data = new Float64Array(matrix.rows * count);
    for (let i = 0; i < matrix.rows; i++)
      if (count === 2) {
        data[2 * i] = 1 / (1 + Math.exp(raw[i]!));
        data[2 * i + 1] = 1 / (1 + Math.exp(-raw[i]!));
      } else {
        const total = logSumExp(raw, i * count, count);
        for (let k = 0; k < count; k++) data[i * count + k] = Math.exp(raw[i * count + k]! - total);
      }
    return new Matrix(data, matrix.rows, count);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `HistGradientBoostingClassifier.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}
