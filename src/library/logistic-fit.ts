import type { Device } from "../compute/device.ts";
import { newtonCg, type Minimum, type NewtonLimits } from "../core/newton-cg.ts";
import { pacer } from "../core/pause.ts";
import { logisticOnGpu, type Pace } from "./logistic-gpu.ts";
import { logisticLoss, outputsOf, type LogisticProblem } from "./logistic-loss.ts";
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
  const live = new LiveFit("LogisticRegression", limits.iterations);
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
  live.begin(device);
  try {
    const search = device.tier === "webgpu" ? logisticOnGpu : onCpu;
    const minimum = await search(problem, limits, pace);
    live.end(live.stopped ? "stopped" : "done", { loss, validationLoss: [] });
    return { ...minimum, stopped: live.stopped };
  } catch (error) {
    live.end(live.aborted ? "stopped" : "failed", { loss, validationLoss: [] });
    throw error;
  }
}

function onCpu(problem: LogisticProblem, limits: NewtonLimits, { breathe, stepped }: Pace): Promise<Minimum> {
  const loss = logisticLoss(problem);
  return newtonCg(loss, new Float64Array(loss.size), limits, breathe, stepped);
}
