import type { DenseRows } from "../compute/simd/binned-rows.ts";
import { sumOfTrees } from "../compute/trees-predict.ts";
import type { Trees } from "../compute/trees.ts";
import { seededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { Boosting } from "./boosting.ts";
import type { BoostingLoss } from "./boosting-loss.ts";
import { takeRows } from "./inputs.ts";
import { pacer } from "./pause.ts";
import { holdOut } from "./training-holdout.ts";
import { LiveFit } from "./training-live.ts";
import { growTrees } from "./training-trees.ts";
import type { HistGradientBoostingParams } from "./hist-gradient-boosting-params.ts";

/** A boosted model. */
export interface Boosted {
  readonly trees: Trees;
  /** The raw prediction of each output before the first tree. */
  readonly baseline: Float64Array;
  readonly columns: number;
  readonly trainScore: Float64Array;
  readonly validationScore: Float64Array;
  readonly stopped: boolean;
}

/** Rows from which training ends early where `earlyStopping` is "auto". */
const manyRows = 10_000;

/** Boosts trees on X (n×d) and y: n codes of that many classes, or values where `classes` is 1. */
export async function boost(
  title: string,
  params: Required<HistGradientBoostingParams>,
  loss: BoostingLoss,
  X: Matrix<Float64Array>,
  y: Int32Array | Float64Array,
  classes: number,
): Promise<Boosted> {
  const { earlyStopping, validationFraction } = params;
  const seeds = seededRandom(params.seed);
  const seed = seeds.integer(2 ** 32);
  const stopsEarly = earlyStopping === "auto" ? X.rows > manyRows : earlyStopping;
  const codes = y instanceof Int32Array ? y : new Int32Array(y.length);
  const held = stopsEarly && validationFraction !== null;
  const split = held
    ? holdOut(codes, classes, validationFraction, seededRandom(seeds.integer(2 ** 32)))
    : null;
  if (split?.held.length === 0)
    throw new RangeError(
      `${title}: earlyStopping needs rows to hold out, and ${validationFraction} of each class is none: give more rows or a larger validationFraction`,
    );
  const rows = (which: Uint32Array) => ({ X: takeRows(X, which), y: takeRows(y, which) });
  const model = new Boosting(
    { ...params, title, loss, seed, stopsEarly },
    split ? rows(split.train) : { X, y },
    split && rows(split.held),
  );
  const history = await growTrees(model, new LiveFit(title, params.maxIter, "iterations"));
  const steps = history.loss.length;
  return {
    trees: model.finished(steps),
    baseline: model.baseline,
    columns: X.columns,
    trainScore: Float64Array.from(model.trainScore.slice(0, steps + 1)),
    validationScore: Float64Array.from(model.validationScore.slice(0, steps + 1)),
    stopped: history.stopped,
  };
}

/** Raw predictions of a boosted model, rows × outputs. */
export async function boostedSums({ trees, baseline }: Boosted, X: DenseRows): Promise<Float64Array> {
  const sums = await sumOfTrees(trees, X, baseline.length, pacer());
  for (let i = 0; i < sums.length; i++) sums[i]! += baseline[i % baseline.length]!;
  return sums;
}
