import { pacer } from "../core/pause.ts";
import { permutation, type Random } from "../core/random.ts";
import type { DeviceInfo } from "../specs/training.ts";
import type { LiveFit } from "./training-live.ts";
import type { Schedule } from "./training-schedule.ts";

/** A model that learns epoch by epoch. */
export interface Trainable {
  /** Trains on all rows once in that order; null where `breathe` gave false and the epoch was left unfinished. */
  epoch(
    order: Uint32Array,
    breathe: () => Promise<boolean>,
  ): Promise<{ loss: number; heldLoss: number } | null>;
  /** Remembers the parameters as they are. */
  keepBest(): void;
}

/** When to stop, and in which order to train. */
export interface TrainingPlan {
  readonly device: DeviceInfo;
  readonly rows: number;
  readonly shuffle: boolean;
  readonly random: Random;
  /** Whether rows are held out: their loss then decides when to stop and which parameters are best. */
  readonly validated: boolean;
  readonly maxIter: number;
  /** Training ends after more than this many epochs in a row that did not lower the loss by `tol`. */
  readonly nIterNoChange: number;
  readonly tol: number;
  /** What changes the learning rate, if anything does. */
  readonly schedule?: Schedule;
  /** What to try where the loss is no longer a number. */
  readonly remedy: string;
}

/** How a training went. */
export interface TrainingHistory {
  readonly loss: Float64Array;
  readonly validationLoss: Float64Array;
  readonly stopped: boolean;
}

/** Trains epoch by epoch until the loss stops falling, the epochs are used up, or the person stops it. */
export async function trainEpochs(
  model: Trainable,
  plan: TrainingPlan,
  live: LiveFit,
): Promise<TrainingHistory> {
  const curves: { readonly loss: number[]; readonly validationLoss: number[] } = {
    loss: [],
    validationLoss: [],
  };
  const breathe = breather(live);
  const patience = new Patience(plan.tol, plan.nIterNoChange);
  const inOrder = Uint32Array.from({ length: plan.rows }, (_, i) => i);
  live.begin(plan.device);
  try {
    while (curves.loss.length < plan.maxIter) {
      const order = plan.shuffle ? permutation(plan.rows, plan.random) : inOrder;
      const done = await model.epoch(order, breathe);
      live.throwIfAborted();
      if (!done) break;
      const judge = plan.validated ? done.heldLoss : done.loss;
      if (!Number.isFinite(done.loss) || !Number.isFinite(judge))
        throw new RangeError(
          `${live.title}: the loss became ${done.loss} in epoch ${curves.loss.length + 1}; ${plan.remedy}`,
        );
      curves.loss.push(done.loss);
      if (plan.validated) curves.validationLoss.push(done.heldLoss);
      if (patience.lower(judge) && plan.validated) model.keepBest();
      live.progress(curves);
      plan.schedule?.epochDone();
      if (patience.over) {
        if (plan.schedule?.exhausted() ?? true) break;
        patience.renew();
      }
    }
  } catch (error) {
    live.end(live.aborted ? "stopped" : "failed", curves);
    throw error;
  }
  live.end(live.stopped ? "stopped" : "done", curves);
  return {
    loss: Float64Array.from(curves.loss),
    validationLoss: Float64Array.from(curves.validationLoss),
    stopped: live.stopped,
  };
}

/** Lets the event loop have its turn and tells whether to go on. */
export function breather(live: LiveFit): () => Promise<boolean> {
  const pace = pacer(20);
  return async () => {
    await pace();
    live.throwIfAborted();
    return !live.stopped;
  };
}

/** Counts epochs that brought nothing, as scikit-learn does. */
class Patience {
  #best = Infinity;
  #idle = 0;

  constructor(
    private readonly tol: number,
    private readonly limit: number,
  ) {}

  get over(): boolean {
    return this.#idle > this.limit;
  }

  /** Begins to count anew. */
  renew(): void {
    this.#idle = 0;
  }

  /** Takes the loss of an epoch; tells whether it is the lowest yet. */
  lower(loss: number): boolean {
    this.#idle = loss > this.#best - this.tol ? this.#idle + 1 : 0;
    const lowest = loss < this.#best;
    if (lowest) this.#best = loss;
    return lowest;
  }
}
