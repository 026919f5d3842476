import type { Random } from "../core/random.ts";
import type { Csr } from "./csr.ts";

/**
 * How factors are learnt by alternating least squares, on every tier alike: an epoch solves for all users, then for all items, each by
 * `cgSteps` steps of conjugate gradients from where the last epoch left it.
 */
export interface AlsTraining {
  /** Confidence of users × items: above 0 for what a user likes, below 0 for what they dislike; 1 for what is not listed. */
  readonly userItems: Csr;
  readonly factors: number;
  /** λ of the L2 penalty. */
  readonly regularization: number;
  readonly cgSteps: number;
  /** Factors to begin with. */
  readonly start: AlsFactors;
}

/** Row-major, `factors` numbers a row; a score is the product of two rows. */
export interface AlsFactors {
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** Factors in training on a tier. */
export interface AlsTrainer {
  /**
   * One epoch; gives (Σ |c|(p − x·y)² + λ(Σ‖x‖² + Σ‖y‖²)) / Σ |c| over all pairs of a user and an item, after it; or null once `breathe`
   * gave false.
   */
  epoch(breathe: () => Promise<boolean>): Promise<number | null>;
  /** The factors as they are. */
  factors(): Promise<AlsFactors>;
  /** Frees the device's memory. */
  dispose(): void;
}

/** Multiply-adds of an epoch. */
export function alsWork(
  { rows, columns, values }: Pick<Csr, "rows" | "columns"> & { readonly values: { readonly length: number } },
  factors: number,
  cgSteps: number,
): number {
  return (rows + columns) * (cgSteps + 2) * factors ** 2 + 4 * (cgSteps + 1) * values.length * factors;
}

/** What the loss of an epoch is, from what its rows' minima are less their constant, Σ‖x‖² of the users, and the confidences. */
export function alsLoss(
  { userItems, regularization }: AlsTraining,
  minima: number,
  userSquare: number,
): number {
  let [constant, confidence] = [0, userItems.rows * userItems.columns - userItems.values.length];
  for (const c of userItems.values) {
    constant += Math.max(c, 0);
    confidence += Math.abs(c);
  }
  return (constant + minima + regularization * userSquare) / confidence;
}

/** First factors: uniform in [0, 0.01), as implicit does. */
export function alsStart({ rows, columns }: Csr, factors: number, random: Random): AlsFactors {
  const draw = (n: number): Float32Array => {
    const values = new Float32Array(n);
    for (let i = 0; i < n; i++) values[i] = random.next() * 0.01;
    return values;
  };
  return { users: draw(rows * factors), items: draw(columns * factors) };
}
