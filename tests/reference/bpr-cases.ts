import { bprNegatives, bprStart, type BprTrainer, type BprTraining } from "../../src/compute/bpr.ts";
import { BprTwin } from "./bpr-twin.ts";
import { distance, type SparseProblem } from "./sparse-problems.ts";

/** How to learn a problem in steps of so many draws, with either kind of negatives, verified or not. */
export function bprCase({ matrix, factors, random }: SparseProblem, batchSize: number): BprTraining {
  const start = bprStart(matrix, factors, random);
  // Larger than what a fit begins with, so that every term counts.
  const grown = (values: Float32Array) => values.map((value) => (value === 1 ? 1 : value * factors));
  return {
    userItems: matrix,
    factors,
    learningRate: 0.05,
    regularization: 0.02,
    batchSize,
    negatives: bprNegatives(matrix, factors % 2 ? "uniform" : "popularity"),
    verifyNegativeSamples: factors % 3 !== 0,
    start: { users: grown(start.users), items: grown(start.items) },
  };
}

/** The keys of the epochs that are compared. */
const bprKeys = [1, 4_294_967_295, 77] as const;

/** How far a trainer is from its twin after three epochs: in losses, relative where they are over 1, and in factors. */
export async function bprGap(trainer: BprTrainer, training: BprTraining): Promise<number> {
  const twin = new BprTwin(training);
  let gap = 0;
  for (const key of bprKeys) {
    const loss = await trainer.epoch(key, async () => true);
    const wanted = twin.epoch(key);
    gap = Math.max(gap, Math.abs(loss! - wanted) / Math.max(wanted, 1));
  }
  const { users, items } = await trainer.factors();
  return Math.max(gap, distance(users, twin.users), distance(items, twin.items));
}
