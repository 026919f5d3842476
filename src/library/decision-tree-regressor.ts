import {
  checkTreeParams,
  treeDefaults,
  treeSettings,
  type DecisionTreeParams,
} from "./decision-tree-params.ts";
import { ForestRegressor, type FittedValues } from "./forest-regressor.ts";
import { withDefaults } from "./params.ts";
import { unpackModel } from "./saved.ts";

const name = "DecisionTreeRegressor";

/** Parameters of `DecisionTreeRegressor`. */
export type DecisionTreeRegressorParams = DecisionTreeParams;

type Params = Required<DecisionTreeRegressorParams>;

/**
 * A decision tree: each node is split by the column and threshold that leave its sides with the least squared error.
 * X: n×d; y: n numbers. Refuses missing values with column, value and row. Scikit-learn's
 * DecisionTreeRegressor, its parameters and defaults; but splits are sought between at most 255 bins of each column (its values
 * themselves, where they are so few: then the tree is the same but for ties), on the CPU (SIMD). Source: Breiman et al. 1984.
 */
export class DecisionTreeRegressor extends ForestRegressor<Params> {
  constructor(params: DecisionTreeRegressorParams = {}) {
    super(name, withDefaults(name, treeDefaults, params));
    checkTreeParams(name, this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): DecisionTreeRegressor {
    const state = unpackModel(name, bytes) as { params: DecisionTreeRegressorParams; fitted: FittedValues };
    const model = new DecisionTreeRegressor(state.params);
    model.fitted = state.fitted;
    return model;
  }

  protected plan(rows: number, columns: number) {
    const settings = treeSettings(name, this.params, rows, columns);
    return { plan: { ...settings, drawn: null, seed: this.params.seed }, trees: 1 };
  }
}
