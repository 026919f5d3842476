import { BoostedTreeGrower, boostedTreeKernels, type BoostedTreeSettings } from "../compute/boosted-tree.ts";
import { binRows, type BinnedRows, type DenseRows } from "../compute/simd/binned-rows.ts";
import { openSimd } from "../compute/simd/simd.ts";
import { TreesBuilder, type Trees } from "../compute/trees.ts";
import { seededRandom } from "../core/random.ts";
import type { BoostingLoss } from "./boosting-loss.ts";
import type { Growing, StepLosses } from "./training-trees.ts";

/** Rows that are dealt with at once where nothing grows. */
const blockRows = 65536;

/** How boosting goes, all settings decided. */
export interface BoostingPlan extends BoostedTreeSettings {
  /** The estimator that boosts. */
  readonly title: string;
  readonly loss: BoostingLoss;
  readonly maxBins: number;
  readonly seed: number;
  /** Whether training ends when the loss of the rows held out, else of the others, no longer falls. */
  readonly stopsEarly: boolean;
  readonly nIterNoChange: number;
  readonly tol: number;
}

/** Rows X with class codes or values y. */
export interface Supervised {
  readonly X: DenseRows;
  readonly y: ArrayLike<number>;
}

/** Boosting as it goes: each step fits one tree an output to the gradients of the loss. */
export class Boosting implements Growing {
  readonly baseline: Float64Array;
  readonly trees = new TreesBuilder(1);
  /** Negative loss before the first step and after each: of the training rows, and of those held out. */
  readonly trainScore: number[] = [];
  readonly validationScore: number[] = [];
  readonly #raw: Float64Array;
  readonly #heldRaw: Float64Array | null;
  #rows: BinnedRows | null = null;
  #grower: BoostedTreeGrower | null = null;

  constructor(
    private readonly plan: BoostingPlan,
    private readonly train: Supervised,
    private readonly held: Supervised | null,
  ) {
    const { loss } = plan;
    this.baseline = loss.baseline(train.y);
    const start = ({ X }: Supervised): Float64Array => {
      const raw = new Float64Array(X.rows * loss.outputs);
      for (let i = 0; i < raw.length; i++) raw[i] = this.baseline[i % loss.outputs]!;
      return raw;
    };
    this.#raw = start(train);
    this.#heldRaw = held && start(held);
  }

  async begin(breathe: () => Promise<boolean>): Promise<boolean> {
    const seeds = seededRandom(this.plan.seed);
    const [sampling, features] = [seededRandom(seeds.integer(2 ** 32)), seededRandom(seeds.integer(2 ** 32))];
    const simd = openSimd(...boostedTreeKernels);
    this.#rows = await binRows(simd, this.train.X, this.plan.maxBins, sampling, breathe);
    if (!this.#rows) return false;
    this.#grower = new BoostedTreeGrower(simd, this.#rows, this.plan, features);
    await this.#losses(breathe);
    return true;
  }

  /** As for any model that grows; a loss that is no longer a number is a RangeError. */
  async step(breathe: () => Promise<boolean>): Promise<StepLosses | null> {
    const { outputs } = this.plan.loss;
    const before = outputs > 1 ? this.#raw.slice() : this.#raw;
    for (let k = 0; k < outputs; k++) if (!(await this.#growOne(before, k, breathe))) return null;
    const losses = await this.#losses(breathe);
    const lost = [losses.loss, losses.validationLoss ?? 0].find((loss) => !Number.isFinite(loss));
    if (lost === undefined) return losses;
    const { title, learningRate } = this.plan;
    const iteration = this.trainScore.length - 1;
    throw new RangeError(
      `${title}: the loss became ${lost} in iteration ${iteration}; try a smaller learningRate, now ${learningRate}`,
    );
  }

  /** As in scikit-learn: whether none of the last `nIterNoChange` scores is better than the one before them by more than `tol`. */
  get over(): boolean {
    const { stopsEarly, nIterNoChange, tol } = this.plan;
    const scores = this.held ? this.validationScore : this.trainScore;
    if (!stopsEarly || scores.length <= nIterNoChange) return false;
    const recent = scores.slice(-nIterNoChange);
    const reference = scores.at(-nIterNoChange - 1)! + tol;
    return !recent.some((score) => score > reference);
  }

  /** The trees of all steps that were finished. */
  finished(steps: number): Trees {
    return this.trees.trees(steps * this.plan.loss.outputs);
  }

  async #growOne(before: Float64Array, k: number, breathe: () => Promise<boolean>): Promise<boolean> {
    const { loss } = this.plan;
    const { outputs } = loss;
    const rows = this.train.X.rows;
    const pairs = this.#grower!.pairs.view();
    for (let from = 0; from < rows; from += blockRows) {
      loss.gradients(before, this.train.y, k, pairs, from, Math.min(from + blockRows, rows));
      if (!(await breathe())) return false;
    }
    const leaves = await this.#grower!.grow(this.trees, breathe);
    if (!leaves) return false;
    const order = this.#rows!.order.view();
    for (const { from, to, value } of leaves)
      for (let i = from; i < to; i++) this.#raw[order[i]! * outputs + k]! += value;
    const X = this.held?.X;
    if (X)
      for (let from = 0; from < X.rows; from += blockRows) {
        this.trees.addLast(X, from, Math.min(from + blockRows, X.rows), this.#heldRaw!, outputs, k);
        if (!(await breathe())) return false;
      }
    return true;
  }

  async #losses(breathe: () => Promise<boolean>): Promise<StepLosses> {
    const loss = await this.#meanLoss(this.#raw, this.train, breathe);
    const validationLoss = this.held && (await this.#meanLoss(this.#heldRaw!, this.held, breathe));
    this.trainScore.push(-loss);
    if (validationLoss !== null) this.validationScore.push(-validationLoss);
    return { loss, validationLoss };
  }

  async #meanLoss(raw: Float64Array, { X, y }: Supervised, breathe: () => Promise<boolean>): Promise<number> {
    let sum = 0;
    for (let from = 0; from < X.rows; from += blockRows) {
      sum += this.plan.loss.sum(raw, y, from, Math.min(from + blockRows, X.rows));
      await breathe();
    }
    return sum / X.rows;
  }
}
