import { ForestRegressor, type FittedValues } from "./forest-regressor.ts";
import { checkForestParams, forestDefaults, forestPlan, type ForestParams } from "./forest-params.ts";
import { withDefaults } from "./params.ts";
import { unpackModel } from "./saved.ts";

const name = "RandomForestRegressor";

/** Parameters of `RandomForestRegressor`. */
export type RandomForestRegressorParams = ForestParams;

type Params = Required<RandomForestRegressorParams>;

/**
 * The mean of decision trees, each grown on rows drawn at random with replacement; a split takes the column and threshold that leave
 * its sides with the least squared error. X: n×d; y: n numbers. Refuses missing values with column, value and row. Scikit-learn's
 * RandomForestRegressor, its parameters and defaults; but splits are sought between at most 255 bins of each column (its values
 * themselves, where they are so few), on the CPU (SIMD), the same bits each time. The live view shows the squared error of the forest
 * so far on all rows, and out of bag; Stop there ends training early with the trees done so far. Source: Breiman 2001.
 */
export class RandomForestRegressor extends ForestRegressor<Params> {
  constructor(params: RandomForestRegressorParams = {}) {
    super(name, withDefaults(name, forestDefaults, params));
    checkForestParams(name, this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): RandomForestRegressor {
    const state = unpackModel(name, bytes) as { params: RandomForestRegressorParams; fitted: FittedValues };
    const model = new RandomForestRegressor(state.params);
    model.fitted = state.fitted;
    return model;
  }

  /** R² of the rows by the trees that were not grown on them. An Error without the parameter `oobScore`. */
  get oobScore(): number {
    const { oobScore } = this.state;
    if (oobScore === null || !this.params.oobScore)
      throw new Error(`${name}: set oobScore to true before fit, with 20 rows or more`);
    return oobScore;
  }

  protected plan(rows: number, columns: number) {
    return { plan: forestPlan(name, this.params, rows, columns), trees: this.params.nEstimators };
  }
}
