import { cpuDevice } from "../compute/device.ts";
import type { LiveFit } from "./training-live.ts";
import { breather, type TrainingHistory } from "./training-loop.ts";

/** Losses after a step; the second on rows that did not take part in it, or null where there are none. */
export interface StepLosses {
  readonly loss: number;
  readonly validationLoss: number | null;
}

/** A model that grows tree by tree. */
export interface Growing {
  /** What comes before the first step; false where `breathe` gave false. */
  begin(breathe: () => Promise<boolean>): Promise<boolean>;
  /** Grows the next trees; null where `breathe` gave false and they were left unfinished. */
  step(breathe: () => Promise<boolean>): Promise<StepLosses | null>;
  /** Whether it has grown enough. */
  readonly over: boolean;
}

/** Grows a model until it has enough trees or the person stops it. */
export async function growTrees(model: Growing, live: LiveFit): Promise<TrainingHistory> {
  const loss: number[] = [];
  const validationLoss: number[] = [];
  const curves = { loss, validationLoss };
  const breathe = breather(live);
  live.begin(cpuDevice("cpu-model"));
  try {
    let going = await model.begin(breathe);
    while (going && loss.length < live.epochs && !model.over) {
      const losses = await model.step(breathe);
      going = losses !== null && (await breathe());
      if (!losses) break;
      loss.push(losses.loss);
      if (losses.validationLoss !== null) validationLoss.push(losses.validationLoss);
      live.progress(curves);
    }
    live.throwIfAborted();
  } catch (error) {
    live.end(live.aborted ? "aborted" : "failed", curves);
    throw error;
  }
  live.end(live.stopped ? "stopped" : "done", curves);
  return {
    loss: Float64Array.from(loss),
    validationLoss: Float64Array.from(validationLoss),
    stopped: live.stopped,
  };
}
