import type { LearningRate } from "./mlp-params.ts";

/** How a learning rate changes as a training goes on. */
export interface Schedule {
  /** Called after each epoch. */
  epochDone(): void;
  /** Called where the loss no longer falls: true where training is to end. */
  exhausted(): boolean;
}

/** Scikit-learn's schedules of η for stochastic gradient descent; Adam keeps its η. rows: rows of an epoch. */
export function scheduleOf(
  model: { learningRate: number },
  kind: LearningRate,
  rows: number,
  powerT: number,
): Schedule {
  const first = model.learningRate;
  const least = 1e-6;
  let met = 0;
  return {
    epochDone() {
      met += rows;
      if (kind === "invscaling") model.learningRate = first / (met + 1) ** powerT;
    },
    exhausted() {
      if (kind !== "adaptive" || model.learningRate <= least) return true;
      model.learningRate /= 5;
      return false;
    },
  };
}
