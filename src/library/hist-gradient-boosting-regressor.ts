import { squaredLoss } from "./boosting-loss.ts";
import type { Features, Numbers, Regressor } from "./estimator.ts";
import { boost, boostedSums, type Boosted } from "./hist-gradient-boosting.ts";
import {
  boostingDefaults,
  checkBoostingParams,
  type HistGradientBoostingParams,
} from "./hist-gradient-boosting-params.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { measuredRows } from "./measured-rows.ts";
import { withDefaults } from "./params.ts";
import { r2Score } from "./r2-score.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "HistGradientBoostingRegressor";

/** Parameters of `HistGradientBoostingRegressor`. */
export type HistGradientBoostingRegressorParams = HistGradientBoostingParams;

interface Fitted extends Boosted {
  readonly names: readonly string[] | null;
}

/**
 * Gradient boosting of trees on binned columns: step after step adds the tree f that lowers Σᵢ ½ (f(xᵢ) − rᵢ)² + ½ λ Σ f² most, r what
 * the trees before have not explained. X: n×d; y: n numbers. A missing value of X (null, NaN) goes to the side of a split that gains
 * more; an infinite one, or a missing y, is refused with value and row. Scikit-learn's HistGradientBoostingRegressor with its squared
 * error, parameters, defaults and bins (255 quantiles a column); scores are recorded with and without early stopping. Trains on the
 * CPU (SIMD), the same bits each time. “Finish now” in the live view ends training early with the steps done so far. Source: Friedman 2001.
 */
export class HistGradientBoostingRegressor implements Regressor {
  readonly #params: Required<HistGradientBoostingParams>;
  #fitted: Fitted | null = null;

  constructor(params: HistGradientBoostingRegressorParams = {}) {
    this.#params = withDefaults(name, boostingDefaults, params);
    checkBoostingParams(name, this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): HistGradientBoostingRegressor {
    const state = unpackModel(name, bytes) as { params: HistGradientBoostingParams; fitted: Fitted };
    const model = new HistGradientBoostingRegressor(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Required<HistGradientBoostingParams> {
    return this.#params;
  }

  /** Trains on X (n×d) and numbers y (n). Stopping the cell is an AbortError. */
  async fit(X: Features, y: Numbers): Promise<this> {
    const { matrix, values } = measuredRows(name, X, y, "keep");
    const boosted = await boost(name, this.#params, squaredLoss, matrix, values, 1);
    this.#fitted = { ...boosted, names: fittedNames(X) };
    return this;
  }

  /** Boosting steps done. */
  get nIter(): number {
    return this.#state.trainScore.length - 1;
  }

  /** Negative mean of half the squared error of the training rows before the first step and after each. */
  get trainScore(): Float64Array {
    return this.#state.trainScore;
  }

  /** Negative mean of half the squared error of the rows held out, likewise; empty where none were. */
  get validationScore(): Float64Array {
    return this.#state.validationScore;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** The number predicted for each row. */
  async predict(X: Features): Promise<Float64Array> {
    const { columns, names } = this.#state;
    return boostedSums(this.#state, toMatrix(alignColumns(X, columns, names, name), `${name}: X`, "keep"));
  }

  /** R² of the predictions, at most 1. */
  async score(X: Features, y: Numbers): Promise<number> {
    return r2Score(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `HistGradientBoostingRegressor.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}
