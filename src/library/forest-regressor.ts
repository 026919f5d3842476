import type { Features, Numbers, Regressor } from "./estimator.ts";
import { forestMeans, growForest, type GrownForest } from "./forest-fit.ts";
import type { ForestPlan } from "./forest.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { measuredRows } from "./measured-rows.ts";
import { r2Score } from "./r2-score.ts";
import { packModel } from "./saved.ts";

/** What a forest of regression trees, or one such tree, has learnt. */
export interface FittedValues extends GrownForest {
  readonly names: readonly string[] | null;
  /** R² of the predictions out of bag. */
  readonly oobScore: number | null;
}

/** A regressor that is the mean of decision trees. Its parameters are those of the class that extends it. */
export abstract class ForestRegressor<Params extends object> implements Regressor {
  protected fitted: FittedValues | null = null;

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
    return this.params as Params & Readonly<Record<string, unknown>>;
  }

  /** Grows trees on X (n×d) and numbers y (n). Missing values are refused; stopping the cell is an AbortError. */
  async fit(X: Features, y: Numbers): Promise<this> {
    const { matrix, values } = measuredRows(this.name, X, y);
    const { plan, trees } = this.plan(matrix.rows, matrix.columns);
    const grown = await growForest(this.name, plan, trees, matrix, { kind: "values", values });
    this.fitted = { ...grown, names: fittedNames(X), oobScore: oobR2(grown, values) };
    return this;
  }

  /** By how much splits of each column lowered the squared error, mean over trees; shares of the whole, so that they sum to 1. */
  get featureImportances(): Float64Array {
    return this.state.featureImportances;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.state.stopped;
  }

  /** The number predicted for each row: the mean over trees of the means in their leaves. */
  async predict(X: Features): Promise<Float64Array> {
    const { columns, names } = this.state;
    return forestMeans(this.state, toMatrix(alignColumns(X, columns, names, this.name), `${this.name}: X`));
  }

  /** R² of the predictions, at most 1. */
  async score(X: Features, y: Numbers): Promise<number> {
    return r2Score(y, await this.predict(X));
  }

  /** The fitted estimator as bytes, for `load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.name, { params: this.params, fitted: this.state });
  }

  protected get state(): FittedValues {
    if (!this.fitted) throw new Error(`${this.name}: call fit first`);
    return this.fitted;
  }
}

/** R² out of bag, of the rows that some tree was not grown on. */
function oobR2({ outOfBag }: GrownForest, values: Float64Array): number | null {
  if (!outOfBag) return null;
  const judged = (_: number, i: number): boolean => !Number.isNaN(outOfBag[i]);
  return r2Score(values.filter(judged), outOfBag.filter(judged));
}
