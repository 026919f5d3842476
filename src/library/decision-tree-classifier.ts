import type { ClassWeight } from "./class-weights.ts";
import {
  checkTreeParams,
  treeDefaults,
  treeSettings,
  type DecisionTreeParams,
} from "./decision-tree-params.ts";
import { ForestClassifier, type FittedClasses } from "./forest-classifier.ts";
import { withDefaults } from "./params.ts";
import { unpackModel } from "./saved.ts";

const name = "DecisionTreeClassifier";

/** Parameters of `DecisionTreeClassifier`. */
export interface DecisionTreeClassifierParams extends DecisionTreeParams {
  /** How much each class counts, more than 0. Default null: each row alike. */
  readonly classWeight?: ClassWeight;
}

type Params = Required<DecisionTreeClassifierParams>;

const defaults: Params = { ...treeDefaults, classWeight: null };

/**
 * A decision tree: each node is split by the column and threshold that leave its sides purest, Σₖ lₖ² / Σₖ lₖ of the weights l of the
 * classes (Gini). X: n×d; y: n labels of one type, at least two of them. Refuses missing values with column, value and row.
 * Scikit-learn's DecisionTreeClassifier, its parameters and defaults; but splits are sought between at most 255 bins of each column
 * (its values themselves, where they are so few: then the tree is the same but for ties), on the CPU (SIMD). Source: Breiman et al. 1984.
 */
export class DecisionTreeClassifier extends ForestClassifier<Params> {
  constructor(params: DecisionTreeClassifierParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkTreeParams(name, this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): DecisionTreeClassifier {
    const state = unpackModel(name, bytes) as { params: DecisionTreeClassifierParams; fitted: FittedClasses };
    const model = new DecisionTreeClassifier(state.params);
    model.fitted = state.fitted;
    return model;
  }

  protected plan(rows: number, columns: number) {
    const settings = treeSettings(name, this.params, rows, columns);
    return { plan: { ...settings, drawn: null, seed: this.params.seed }, trees: 1 };
  }
}
