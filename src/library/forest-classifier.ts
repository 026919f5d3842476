import { Matrix } from "../data/matrix.ts";
import { accuracyScore } from "./accuracy-score.ts";
import { classifiedRows } from "./classified-rows.ts";
import { classWeights, type ClassWeight } from "./class-weights.ts";
import type { Classifier, Features, Label, Labels } from "./estimator.ts";
import { forestMeans, growForest, type GrownForest } from "./forest-fit.ts";
import type { ForestPlan } from "./forest.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { likeliestLabels } from "./likeliest.ts";
import { checkParam } from "./params.ts";
import { packModel } from "./saved.ts";

/** What a forest of classification trees, or one such tree, has learnt. */
export interface FittedClasses extends GrownForest {
  readonly classes: readonly Label[];
  readonly names: readonly string[] | null;
  /** Share of rows that were labelled right out of bag. */
  readonly oobScore: number | null;
}

const mostClasses = 2 ** 16;

/** A classifier that is the mean of decision trees. Its parameters are those of the class that extends it. */
export abstract class ForestClassifier<
  Params extends { readonly classWeight: ClassWeight },
> implements Classifier {
  protected fitted: FittedClasses | null = null;

  protected constructor(
    protected readonly name: string,
    protected readonly params: Params,
  ) {}

  /** The plan for X of so many rows and columns, and how many trees. */
  protected abstract plan(
    rows: number,
    columns: number,
  ): { readonly plan: ForestPlan; readonly trees: number };

  getParams(): Params & Readonly<Record<string, unknown>> {
    return this.params;
  }

  /** Grows trees on X (n×d) and labels y (n). A single class, or missing values, are refused; stopping the cell is an AbortError. */
  async fit(X: Features, y: Labels): Promise<this> {
    const { name } = this;
    const { matrix, classes, codes } = classifiedRows(name, X, y);
    // A row's class and how often it is drawn share a word.
    if (classes.length > mostClasses)
      throw new RangeError(
        `${name}.fit: expected at most ${mostClasses} classes in y, got ${classes.length}`,
      );
    const weights = classWeights(name, this.params.classWeight, classes, codes);
    for (const [code, weight] of weights.entries())
      checkParam(name, `the weight of class ${String(classes[code])}`, weight, "above 0", weight > 0);
    const { plan, trees } = this.plan(matrix.rows, matrix.columns);
    const grown = await growForest(name, plan, trees, matrix, { kind: "classes", codes, weights });
    this.fitted = { ...grown, classes, names: fittedNames(X), oobScore: oobAccuracy(grown, codes) };
    return this;
  }

  /** Sorted labels seen in fit. */
  get classes(): readonly Label[] {
    return this.state.classes;
  }

  /** By how much splits of each column lowered the impurity, mean over trees; shares of the whole, so that they sum to 1. */
  get featureImportances(): Float64Array {
    return this.state.featureImportances;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.state.stopped;
  }

  /** The likeliest label of each row; of equal ones the first. */
  async predict(X: Features): Promise<Label[]> {
    return likeliestLabels(await this.predictProba(X), this.classes);
  }

  /** Probability of each class, the mean of its shares in the trees' leaves: n × classes, rows sum to 1. */
  async predictProba(X: Features): Promise<Matrix<Float64Array>> {
    const { classes, columns, names } = this.state;
    const matrix = toMatrix(alignColumns(X, columns, names, this.name), `${this.name}: X`);
    return new Matrix(await forestMeans(this.state, matrix), matrix.rows, classes.length);
  }

  /** Share of rows labelled right, in [0, 1]. */
  async score(X: Features, y: Labels): Promise<number> {
    return accuracyScore(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.name, { params: this.params, fitted: this.state });
  }

  protected get state(): FittedClasses {
    if (!this.fitted) throw new Error(`${this.name}: call fit first`);
    return this.fitted;
  }
}

/** Share of rows labelled right out of bag, of those that some tree was not grown on. */
function oobAccuracy({ outOfBag, trees: { outputs } }: GrownForest, codes: Int32Array): number | null {
  if (!outOfBag) return null;
  let right = 0;
  let judged = 0;
  for (const [i, code] of codes.entries()) {
    const row = outOfBag.subarray(i * outputs, (i + 1) * outputs);
    if (Number.isNaN(row[0])) continue;
    judged++;
    if (row.indexOf(Math.max(...row)) === code) right++;
  }
  return right / judged;
}
