import type { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import { classProbabilities } from "./class-probabilities.ts";
import { classifiedRows } from "./classified-rows.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import type { FitOptions } from "./fit-callback.ts";
import { checkSameRows } from "./inputs.ts";
import { MLPModel } from "./mlp-model.ts";
import type { MLPParams } from "./mlp-params.ts";
import { partialClasses } from "./partial-classes.ts";
import { classTargets, type Targets } from "./training-mlp.ts";

const name = "MLPClassifier";

interface Classes {
  readonly classes: readonly Label[];
}

/**
 * A multilayer perceptron: minimises the cross-entropy of the logistic function (two classes) or of the softmax (more), plus
 * ½·alpha/rows·Σw² a batch, by Adam or gradient descent, in single precision on the GPU or in SIMD wasm. Scikit-learn's MLPClassifier, its
 * parameters and defaults with `dropout` besides, but one: rows are held out by default (`earlyStopping: "auto"`), so that the live view shows
 * both losses; their loss, not their accuracy, decides when to stop, and the weights of the epoch with the lowest are kept.
 * X: n×d, best standardised; y: n labels of one type, at least two of them. Refuses missing values with the column, value and row;
 * a loss that is no longer a number is a RangeError. “Finish now” in the live view ends training early with the best weights so far.
 * `partialFit` learns from rows as they come.
 * Source: Hastie, Tibshirani & Friedman 2009, 11.3–11.5; Kingma & Ba 2015; Srivastava et al. 2014.
 */
export class MLPClassifier extends MLPModel<Classes> implements Classifier {
  constructor(params: MLPParams = {}) {
    super(name, params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): MLPClassifier {
    const { params, fitted } = MLPModel.unpack<Classes>(name, bytes);
    return new MLPClassifier(params).restore(fitted);
  }

  /** Trains on X (n×d) and labels y (n); `callback` is told of each epoch. A single class is a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, y: Labels, options: FitOptions<this> = {}): Promise<this> {
    const { matrix, classes, codes } = classifiedRows(name, X, y);
    return this.train(X, matrix, classTargets(codes, classes.length), { classes }, options);
  }

  /**
   * Trains on from where it is, once through X (n×d) and labels y (n), with the optimizer as the last call left it; nothing is held out, so
   * `earlyStopping: true` is a RangeError. The first call needs all `classes` there will be; a label that is none of them is a RangeError.
   */
  async partialFit(X: Features, y: Labels, classes?: Labels): Promise<this> {
    const { all, codes } = partialClasses(name, this.learnt?.classes ?? null, y, classes);
    const targetsOf = (rows: number): Targets => {
      checkSameRows("X", rows, "y", codes.length);
      return classTargets(codes, all.length);
    };
    return this.pass(X, targetsOf, { classes: all });
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.state.classes;
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
    return classProbabilities(await this.outputs(X), this.classes.length);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }
}
