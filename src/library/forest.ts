import { DecisionTreeGrower, type DecisionTreeSettings } from "../compute/decision-tree.ts";
import { mostBins } from "../compute/bins.ts";
import { binRows, type BinnedRows } from "../compute/simd/binned-rows.ts";
import { ClassRows } from "../compute/simd/class-rows.ts";
import type { NodeRows } from "../compute/simd/node-rows.ts";
import { openSimd } from "../compute/simd/simd.ts";
import { ValueRows } from "../compute/simd/value-rows.ts";
import { TreesBuilder } from "../compute/trees.ts";
import { seededRandom, type Random } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { ForestLosses, type ForestTarget } from "./forest-losses.ts";
import type { Growing, StepLosses } from "./training-trees.ts";

/** How a forest grows, all settings decided. */
export interface ForestPlan extends DecisionTreeSettings {
  /** Rows drawn for each tree, with replacement; null for all, each once. */
  readonly drawn: number | null;
  readonly seed: number;
}

/** A forest as it grows, a tree a step. */
export class Forest implements Growing {
  readonly over = false;
  readonly trees: TreesBuilder;
  readonly losses: ForestLosses;
  readonly #seeds: Random;
  readonly #decreases: Float64Array[] = [];
  #rows: BinnedRows | null = null;
  #nodes: NodeRows | null = null;
  #grower: DecisionTreeGrower | null = null;

  constructor(
    private readonly plan: ForestPlan,
    private readonly X: Matrix<Float64Array>,
    private readonly target: ForestTarget,
  ) {
    this.trees = new TreesBuilder(target.kind === "classes" ? target.weights.length : 1);
    this.losses = new ForestLosses(this.trees, X, target, plan.drawn !== null);
    this.#seeds = seededRandom(plan.seed);
  }

  async begin(listen: () => Promise<boolean>): Promise<boolean> {
    const breathe = this.#patiently(listen);
    const { X, target, plan } = this;
    const simd = openSimd(
      "binColumn",
      "partitionRows",
      "gatherClasses",
      "bestClassSplit",
      "gatherValues",
      "bestMeanSplit",
    );
    const rows = await binRows(simd, X, mostBins, seededRandom(this.#seeds.integer(2 ** 32)), breathe);
    if (!rows) return false;
    this.#rows = rows;
    this.#nodes =
      target.kind === "classes"
        ? new ClassRows(simd, rows, target.codes, target.weights, plan.minSamplesLeaf)
        : new ValueRows(simd, rows, target.values, plan.minSamplesLeaf);
    this.#grower = new DecisionTreeGrower(rows, this.#nodes, plan);
    return true;
  }

  async step(listen: () => Promise<boolean>): Promise<StepLosses | null> {
    const breathe = this.#patiently(listen);
    // A stream for each tree, so that the first trees are the same however many follow.
    const random = seededRandom(this.#seeds.integer(2 ** 32));
    const counts = drawCounts(this.X.rows, this.plan.drawn, random);
    const order = this.#rows!.order.view();
    let count = 0;
    for (let row = 0; row < counts.length; row++) if (counts[row]) order[count++] = row;
    this.#nodes!.draw(counts);
    const decreases = await this.#grower!.grow(this.trees, count, random, breathe);
    if (!decreases) return null;
    this.#decreases.push(decreases);
    return this.losses.take(counts, breathe);
  }

  /** Until there is a tree, Stop is not heeded: a forest without one predicts nothing. */
  #patiently(breathe: () => Promise<boolean>): () => Promise<boolean> {
    return this.#decreases.length > 0 ? breathe : () => breathe().then(() => true);
  }

  /** Mean over trees that have a split of how much each column lowered the impurity, as shares of the whole. */
  get importances(): Float64Array {
    const sums = new Float64Array(this.X.columns);
    for (const decreases of this.#decreases) for (const [j, share] of decreases.entries()) sums[j]! += share;
    const total = sums.reduce((sum, share) => sum + share, 0);
    return total > 0 ? sums.map((share) => share / total) : sums;
  }
}

/** How often each row is drawn. */
function drawCounts(rows: number, drawn: number | null, random: Random): Uint16Array {
  const counts = new Uint16Array(rows);
  if (drawn === null) return counts.fill(1);
  for (let i = 0; i < drawn; i++) counts[random.integer(rows)]!++;
  return counts;
}
