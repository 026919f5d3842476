import type { Device } from "../compute/device.ts";
import { newtonCg, type Minimum, type NewtonLimits } from "../core/newton-cg.ts";
import { pacer } from "../core/pause.ts";
import { logisticOnGpu, type Pace } from "./logistic-gpu.ts";
import { logisticLoss, outputsOf, type LogisticProblem } from "./logistic-loss.ts";
import { trainFromStart } from "./training-checkpoints.ts";
import { LiveFit } from "./training-live.ts";

/** Multiply-adds of the loss of rows (n×d) and its gradient, or of their curvature. */
export function logisticWork({ X, classes }: LogisticProblem): number {
  return 2 * X.rows * (X.columns + 1) * outputsOf(classes);
}

/** The optimum of a logistic regression, found on that device. */
export async function logisticOptimum(
  problem: LogisticProblem,
  limits: NewtonLimits,
  device: Device,
): Promise<Minimum & { readonly stopped: boolean }> {
  const live = new LiveFit("LogisticRegression", limits.iterations, "iterations");
  const minimum = await trainFromStart((chosen) => searchOn(chosen, problem, limits, live), device, live);
  return { ...minimum, stopped: live.stopped };
}

function searchOn(
  device: Device,
  problem: LogisticProblem,
  limits: NewtonLimits,
  live: LiveFit,
): Promise<Minimum> {
  const loss: number[] = [];
  const rest = pacer(20);
  const pace: Pace = {
    breathe: async () => {
      await rest();
      live.throwIfAborted();
    },
    stepped: (value) => {
      loss.push(value);
      live.progress({ loss, validationLoss: [] });
      return !live.stopped;
    },
  };
  return (device.tier === "webgpu" ? logisticOnGpu : onCpu)(problem, limits, pace);
}

function onCpu(problem: LogisticProblem, limits: NewtonLimits, { breathe, stepped }: Pace): Promise<Minimum> {
  const loss = logisticLoss(problem);
  return newtonCg(loss, new Float64Array(loss.size), limits, breathe, stepped);
}
