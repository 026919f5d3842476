import type { Features, Numbers, Regressor } from "./estimator.ts";
import type { FitOptions } from "./fit-callback.ts";
import { checkSameRows, toMatrix, toNumbers } from "./inputs.ts";
import { MLPModel } from "./mlp-model.ts";
import type { MLPParams } from "./mlp-params.ts";
import { r2Score } from "./r2-score.ts";
import { valueTargets, type Targets } from "./training-mlp.ts";

const name = "MLPRegressor";

/**
 * A multilayer perceptron that predicts a number: minimises the mean of ½(prediction − y)² plus ½·alpha/rows·Σw² a batch. Parameters, defaults,
 * devices and what ends training are those of `MLPClassifier`; scikit-learn's MLPRegressor for one output.
 * X: n×d, best standardised, and y: n numbers, best of a size near 1. Refuses missing values with the column, value and row.
 * Source: Hastie, Tibshirani & Friedman 2009, 11.3–11.5; Kingma & Ba 2015.
 */
export class MLPRegressor extends MLPModel<object> implements Regressor {
  constructor(params: MLPParams = {}) {
    super(name, params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): MLPRegressor {
    const { params, fitted } = MLPModel.unpack<object>(name, bytes);
    return new MLPRegressor(params).restore(fitted);
  }

  /** Trains on X (n×d) and numbers y (n); `callback` is told of each epoch. Stopping the cell is an AbortError. */
  async fit(X: Features, y: Numbers, options: FitOptions<this> = {}): Promise<this> {
    const matrix = toMatrix(X, `${name}.fit: X`);
    const values = toNumbers(y, `${name}.fit: y`);
    checkSameRows("X", matrix.rows, "y", values.length);
    return this.train(X, matrix, valueTargets(values), {}, options);
  }

  /** Trains on from where it is, once through X (n×d) and numbers y (n), with the optimizer as the last call left it; nothing is held out, so `earlyStopping: true` is a RangeError. */
  async partialFit(X: Features, y: Numbers): Promise<this> {
    const values = toNumbers(y, `${name}.partialFit: y`);
    const targetsOf = (rows: number): Targets => {
      checkSameRows("X", rows, "y", values.length);
      return valueTargets(values);
    };
    return this.pass(X, targetsOf, {});
  }

  /** The number predicted for each row. */
  async predict(X: Features): Promise<Float64Array> {
    return Float64Array.from(await this.outputs(X));
  }

  /** R² of the predictions, at most 1. */
  async score(X: Features, y: Numbers): Promise<number> {
    return r2Score(y, await this.predict(X));
  }
}
