import type { ClassWeight } from "./class-weights.ts";
import { ForestClassifier, type FittedClasses } from "./forest-classifier.ts";
import { checkForestParams, forestDefaults, forestPlan, type ForestParams } from "./forest-params.ts";
import { withDefaults } from "./params.ts";
import { unpackModel } from "./saved.ts";

const name = "RandomForestClassifier";

/** Parameters of `RandomForestClassifier`. */
export interface RandomForestClassifierParams extends ForestParams {
  /** How much each class counts, more than 0. Default null: each row alike. */
  readonly classWeight?: ClassWeight;
}

type Params = Required<RandomForestClassifierParams>;

const defaults: Params = { ...forestDefaults, maxFeatures: "sqrt", classWeight: null };

/**
 * The mean of decision trees, each grown on rows drawn at random with replacement; of columns drawn at random a split takes the one
 * that leaves its sides purest, Σₖ lₖ² / Σₖ lₖ of the weights l of the classes (Gini). X: n×d; y: n labels of one type, at least two of
 * them. Refuses missing values with column, value and row. Scikit-learn's RandomForestClassifier, its parameters and defaults; but
 * splits are sought between at most 255 bins of each column (its values themselves, where they are so few), on the CPU (SIMD), the
 * same bits each time. The live view shows the Brier score of the forest so far on all rows, and out of bag; Stop there ends training
 * early with the trees done so far. Source: Breiman 2001.
 */
export class RandomForestClassifier extends ForestClassifier<Params> {
  constructor(params: RandomForestClassifierParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkForestParams(name, this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): RandomForestClassifier {
    const state = unpackModel(name, bytes) as { params: RandomForestClassifierParams; fitted: FittedClasses };
    const model = new RandomForestClassifier(state.params);
    model.fitted = state.fitted;
    return model;
  }

  /** Share of rows labelled right by the trees that were not grown on them. An Error without the parameter `oobScore`. */
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
