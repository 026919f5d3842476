import type { DenseRows } from "../compute/simd/binned-rows.ts";
import { sumOfTrees } from "../compute/trees-predict.ts";
import type { Trees } from "../compute/trees.ts";
import type { Matrix } from "../data/matrix.ts";
import type { ForestTarget } from "./forest-losses.ts";
import { Forest, type ForestPlan } from "./forest.ts";
import { pacer } from "./pause.ts";
import { LiveFit } from "./training-live.ts";
import { growTrees } from "./training-trees.ts";

/** A grown forest. */
export interface GrownForest {
  readonly trees: Trees;
  readonly columns: number;
  readonly featureImportances: Float64Array;
  /** Mean prediction of each row by the trees that were not grown on it, NaN where there are none; null without bootstrap. */
  readonly outOfBag: Float64Array | null;
  readonly stopped: boolean;
}

/** Grows so many trees on X (n×d). X without columns is a RangeError. */
export async function growForest(
  title: string,
  plan: ForestPlan,
  count: number,
  X: Matrix<Float64Array>,
  target: ForestTarget,
): Promise<GrownForest> {
  if (X.columns === 0) throw new RangeError(`${title}.fit: expected at least one column in X, got 0`);
  const forest = new Forest(plan, X, target);
  const history = await growTrees(forest, new LiveFit(title, count, "trees"));
  const { bagged } = forest.losses;
  const { outputs } = forest.trees;
  return {
    trees: forest.trees.trees(history.loss.length),
    columns: X.columns,
    featureImportances: forest.importances,
    outOfBag: bagged && bagged.sums.map((sum, i) => sum / bagged.trees[Math.floor(i / outputs)]!),
    stopped: history.stopped,
  };
}

/** Mean of the trees' numbers for each row of X, rows × outputs. */
export async function forestMeans({ trees }: GrownForest, X: DenseRows): Promise<Float64Array> {
  const sums = await sumOfTrees(trees, X, trees.outputs, pacer());
  return sums.map((sum) => sum / trees.roots.length);
}
