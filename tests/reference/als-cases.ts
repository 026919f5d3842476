import { alsStart, type AlsTrainer, type AlsTraining } from "../../src/compute/als.ts";
import { AlsTwin } from "./als-twin.ts";
import { distance, type SparseProblem } from "./sparse-problems.ts";

/** How to learn a problem by so many steps of conjugate gradients. */
export function alsCase({ matrix, factors, random }: SparseProblem, cgSteps: number): AlsTraining {
  const start = alsStart(matrix, factors, random);
  const spread = (values: Float32Array) => values.map((value) => 100 * value - 0.5);
  return {
    userItems: { ...matrix, values: matrix.values.map((weight) => 2.5 * weight) },
    factors,
    regularization: 0.5,
    cgSteps,
    start: { users: spread(start.users), items: spread(start.items) },
  };
}

/** How far a trainer is from its twin after three epochs: in losses, fifty times where they are over 0.1, and in factors over 0.1. */
export async function alsGap(trainer: AlsTrainer, training: AlsTraining): Promise<number> {
  const twin = new AlsTwin(training);
  let gap = 0;
  for (let epoch = 0; epoch < 3; epoch++) {
    const wanted = twin.epoch();
    const loss = (await trainer.epoch(async () => true))!;
    gap = Math.max(gap, (50 * Math.abs(loss - wanted)) / Math.max(wanted, 0.1));
  }
  const { users, items } = await trainer.factors();
  return Math.max(gap, distance(users, twin.users.flat(), 0.1), distance(items, twin.items.flat(), 0.1));
}
