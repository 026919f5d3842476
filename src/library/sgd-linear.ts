import type { Matrix } from "../data/matrix.ts";
import type { MarginLoss } from "./margin-loss.ts";

/** Linear classifiers under training, one an output: coefficients outputs × d, and t, one more than the rows met so far. */
export interface LinearState {
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
  readonly t: number;
}

/** How `SgdLinear` trains. */
export interface SgdPlan {
  readonly loss: MarginLoss;
  readonly alpha: number;
  /** Whether there is a penalty; alpha shapes "optimal" steps even without one. */
  readonly penalised: boolean;
  /** Share of the L1 norm in the penalty, in [0, 1]; the rest is half the squared L2 norm. */
  readonly l1Ratio: number;
  /** "optimal": η = 1 / (alpha·(t₀ + t)), t₀ by Bottou's rule; "invscaling": eta0 / tᵖ; else eta0, which the caller may change. */
  readonly learningRate: "optimal" | "constant" | "invscaling" | "adaptive";
  readonly eta0: number;
  readonly powerT: number;
  readonly fitIntercept: boolean;
}

/** Multiply-adds between two turns of the event loop. */
const work = 2 ** 20;

/** Bound of the loss's derivative, as in scikit-learn. */
const steepest = 1e12;

/**
 * Linear classifiers trained one row at a time: w ← (1 − (1−l1Ratio)·η·alpha)·w − η·loss′(y·score)·y·x for each output and row, then the L1
 * penalty truncates w cumulatively. codes: the class of each row; with one output class 1 is positive, else each output's own.
 * Source: Bottou 2012; Tsuruoka, Tsujii & Ananiadou 2009; as scikit-learn's SGDClassifier does it.
 */
export class SgdLinear {
  /** η where the schedule is "constant" or "adaptive". */
  learningRate: number;
  readonly #owed: Float64Array;
  readonly #optimalStart: number;
  #paid = 0;
  #state: { coef: Float64Array; intercept: Float64Array; t: number };

  constructor(
    private readonly plan: SgdPlan,
    private readonly X: Matrix<Float64Array>,
    private readonly codes: Int32Array,
    start: LinearState,
  ) {
    this.learningRate = plan.eta0;
    this.#state = { coef: start.coef.slice(), intercept: start.intercept.slice(), t: start.t };
    this.#owed = new Float64Array(start.coef.length);
    this.#optimalStart = optimalStart(plan);
  }

  /** Where training stands. */
  get state(): LinearState {
    return this.#state;
  }

  /** Trains on all rows once in that order; the loss is the mean over rows and outputs as they were met. Null where `breathe` gave false. */
  async epoch(
    order: Uint32Array,
    breathe: () => Promise<boolean>,
  ): Promise<{ loss: number; heldLoss: number } | null> {
    const outputs = this.#state.intercept.length;
    const rows = Math.ceil(work / (outputs * (this.X.columns + 1)));
    let sum = 0;
    for (let from = 0; from < order.length; from += rows) {
      for (const row of order.subarray(from, from + rows)) sum += this.#learn(row);
      if (!(await breathe())) return null;
    }
    return { loss: sum / (order.length * outputs), heldLoss: NaN };
  }

  /** Nothing is held out, so that the last parameters are the best. */
  keepBest(): void {}

  dispose(): void {
    // It holds nothing of a device.
  }

  #learn(row: number): number {
    const { loss, alpha, penalised, l1Ratio, fitIntercept } = this.plan;
    const { coef, intercept } = this.#state;
    const { data, columns: d } = this.X;
    const eta = this.#eta();
    const shrink = penalised ? Math.max(0, 1 - (1 - l1Ratio) * eta * alpha) : 1;
    if (l1Ratio > 0) this.#paid += l1Ratio * eta * alpha;
    let sum = 0;
    for (let k = 0; k < intercept.length; k++) {
      const y = this.codes[row] === (intercept.length === 1 ? 1 : k) ? 1 : -1;
      const [x, w] = [row * d, k * d];
      let score = intercept[k]!;
      for (let j = 0; j < d; j++) score += coef[w + j]! * data[x + j]!;
      sum += loss.value(y * score);
      const update = -eta * Math.max(-steepest, Math.min(steepest, loss.slope(y * score) * y));
      for (let j = 0; j < d; j++) coef[w + j] = coef[w + j]! * shrink + update * data[x + j]!;
      if (fitIntercept) intercept[k]! += update;
      if (l1Ratio > 0) this.#truncate(w, w + d);
    }
    this.#state.t++;
    return sum;
  }

  /** Moves coefficients towards 0 by what they owe of the L1 penalty, and never past it. */
  #truncate(from: number, to: number): void {
    const { coef } = this.#state;
    for (let j = from; j < to; j++) {
      const before = coef[j]!;
      if (before > 0) coef[j] = Math.max(0, before - (this.#paid + this.#owed[j]!));
      else if (before < 0) coef[j] = Math.min(0, before + (this.#paid - this.#owed[j]!));
      this.#owed[j]! += coef[j]! - before;
    }
  }

  #eta(): number {
    const { learningRate, alpha, eta0, powerT } = this.plan;
    const { t } = this.#state;
    if (learningRate === "optimal") return 1 / (alpha * (this.#optimalStart + t - 1));
    return learningRate === "invscaling" ? eta0 / t ** powerT : this.learningRate;
  }
}

/** t₀ such that the first step is about as long as a typical weight. */
function optimalStart({ alpha, loss }: SgdPlan): number {
  const typical = Math.sqrt(1 / Math.sqrt(alpha));
  const first = typical / Math.max(1, loss.slope(-typical));
  return 1 / (first * alpha);
}
