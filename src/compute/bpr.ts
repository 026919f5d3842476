import type { Random } from "../core/random.ts";
import type { Csr } from "./csr.ts";

/**
 * How factors are learnt from pairs, on every tier alike. An epoch makes as many draws as there are likes; a step takes `batchSize` of them,
 * adds up their gradients at the values before the step, and moves each touched row once, so that it can be spread over threads.
 */
export interface BprTraining {
  /** Who likes what: users × items; its values do not matter. */
  readonly userItems: Csr;
  readonly factors: number;
  readonly learningRate: number;
  /** λ of the L2 penalty. */
  readonly regularization: number;
  /** Draws of a step. */
  readonly batchSize: number;
  /** Items that the other one of a draw is taken from, each as likely as it is often there: `bprNegatives` makes them. */
  readonly negatives: Int32Array;
  /** Whether a draw is left out where the user likes the other item too. */
  readonly verifyNegativeSamples: boolean;
  /** Factors to begin with. */
  readonly start: BprFactors;
}

/** Row-major, factors + 1 numbers a row: the last is 1 for a user and the bias for an item, so that a score is the product of two rows. */
export interface BprFactors {
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** Factors in training on a tier. */
export interface BprTrainer {
  /** One epoch of draws, decided by `key` alone; gives the mean of −log σ(x) as the draws were met (0 where all were left out), or null once `breathe` gave false. */
  epoch(key: number, breathe: () => Promise<boolean>): Promise<number | null>;
  /** The factors as they are. */
  factors(): Promise<BprFactors>;
  /** Frees the device's memory. */
  dispose(): void;
}

/** Draws between two breaths: about a millisecond of work. */
export const drawsPerBreath = 8192;

/** Multiply-adds of a step: scores, gradients and moves. */
export function bprWork({ factors, batchSize }: Pick<BprTraining, "factors" | "batchSize">): number {
  return 8 * (factors + 1) * batchSize;
}

/** First factors: uniform in ±0.5 / factors, biases too, as implicit does. */
export function bprStart({ rows, columns }: Csr, factors: number, random: Random): BprFactors {
  const draw = (n: number): Float32Array => {
    const values = new Float32Array(n * (factors + 1));
    for (let i = 0; i < values.length; i++) values[i] = (random.next() - 0.5) / factors;
    return values;
  };
  const [users, items] = [draw(rows), draw(columns)];
  for (let i = factors; i < users.length; i += factors + 1) users[i] = 1;
  return { users, items };
}

/** How the other item of a draw is chosen: as often as it is liked, or all that someone likes alike. */
export type NegativeSampling = "popularity" | "uniform";

/** The items that others are drawn from. */
export function bprNegatives({ columns, indices }: Csr, sampling: NegativeSampling): Int32Array {
  if (sampling === "popularity") return indices;
  const liked = new Uint8Array(columns);
  for (const item of indices) liked[item] = 1;
  return Int32Array.from(liked.keys()).filter((item) => liked[item]);
}

/** Most times that one row should be met in a step: its gradients are added up without seeing one another. */
const mostMeetings = 32;

/** A power of two, at most 8192, of which a step meets no user and no item more than 32 times on average. */
export function bprBatchSize({ columns, starts, indices }: Csr): number {
  const likes = new Int32Array(columns);
  for (const item of indices) likes[item]!++;
  let most = 0;
  for (let item = 0; item < columns; item++) most = Math.max(most, 2 * likes[item]!);
  for (let user = 0; user + 1 < starts.length; user++)
    most = Math.max(most, starts[user + 1]! - starts[user]!);
  const draws = (mostMeetings * indices.length) / most;
  return Math.min(8192, 2 ** Math.floor(Math.log2(Math.max(draws, 1))));
}
