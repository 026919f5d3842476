import type { Device } from "../compute/device.ts";
import { pacer } from "../core/pause.ts";
import { numbersBelow } from "../core/numbers-below.ts";
import { permutation, type SeededRandom } from "../core/random.ts";
import type { Resumption } from "../specs/training.ts";
import { trainResumably, type Checkpoint } from "./training-checkpoints.ts";
import { session } from "./session.ts";
import { throwIfAborted, type LiveFit, type LossCurves } from "./training-live.ts";
import type { TellIteration } from "./fit-callback.ts";
import { Patience } from "./training-patience.ts";
import type { Schedule } from "./training-schedule.ts";

/** A model that learns epoch by epoch. */
export interface Trainable {
  /** η of the epochs to come, where a schedule changes it. */
  learningRate?: number;
  /** Trains on all rows once in that order, the epoch's number counted from 0; null where `breathe` gave false and the epoch was left unfinished. */
  epoch(
    order: Uint32Array,
    breathe: () => Promise<boolean>,
    number: number,
  ): Promise<{ loss: number; heldLoss: number } | null>;
  /** Remembers the parameters as they are. */
  keepBest(): void;
  dispose(): void;
}

/** How a model gets onto a device, and what is taken off it. */
export interface Course<Model extends Trainable, State, Result> {
  /** Puts the model on a device, as it was in that state, or as it begins. */
  open(device: Device, state: State | null): Promise<Model>;
  /** All that the epochs to come depend on. */
  state(model: Model): Promise<State>;
  /** What was learnt. */
  result(model: Model): Promise<Result>;
}

/** When to stop, and in which order to train. */
export interface TrainingPlan {
  readonly device: Device;
  readonly rows: number;
  readonly shuffle: boolean;
  readonly random: SeededRandom;
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
  /** Devices that were lost on the way. */
  readonly resumed?: readonly Resumption[];
}

/** Epochs from one checkpoint to the next: reading one costs about as much as reading a loss. */
const epochsPerCheckpoint = 5;

/** Between two epochs: what decides how training goes on. */
interface Between<State> extends Checkpoint {
  readonly state: State | null;
  readonly random: SeededRandom;
  readonly patience: Patience;
  readonly schedule: Schedule | undefined;
}

/** Trains epoch by epoch until the loss stops falling, the epochs are used up, or the person stops it; a lost device is survived. */
export async function trainEpochs<Model extends Trainable, State, Result extends object>(
  course: Course<Model, State, Result>,
  plan: TrainingPlan,
  live: LiveFit,
  tell: TellIteration<TrainingHistory & Result> | null = null,
): Promise<TrainingHistory & Result> {
  const start: Between<State> = {
    curves: { loss: [], validationLoss: [] },
    state: null,
    random: plan.random,
    patience: new Patience(plan.tol, plan.nIterNoChange),
    schedule: plan.schedule,
  };
  return trainResumably(
    {
      open: (device, { state }: Between<State>) => course.open(device, state),
      async train(model: Model, from, keep) {
        const learnt = async (curves: LossCurves): Promise<TrainingHistory & Result> => {
          const { stopped, resumed } = live;
          const result = finite(await course.result(model), plan, live, curves);
          return { ...result, ...lossesOf(curves), stopped, resumed: [...resumed] };
        };
        const curves = await epochs(model, copyOf(from), plan, live, {
          told: async (curves) => tell?.(curves, () => learnt(curves)),
          keep: async (now) => keep?.({ ...copyOf(now), state: await course.state(model) }),
        });
        return learnt(curves);
      },
    },
    plan.device,
    start,
    live,
  );
}

/** What hears of epochs as they end; training goes on when it has. */
interface EpochListener<State> {
  /** An epoch is done; its losses are the last. */
  told(curves: LossCurves): Promise<void>;
  /** A checkpoint is due. */
  keep(now: Between<State>): Promise<void>;
}

/** The epochs from a point on. Gives all losses. */
async function epochs<State>(
  model: Trainable,
  now: Between<State>,
  plan: TrainingPlan,
  live: LiveFit,
  listener: EpochListener<State>,
): Promise<LossCurves> {
  const { random, patience, schedule } = now;
  const [loss, validationLoss] = [[...now.curves.loss], [...now.curves.validationLoss]];
  const curves = { loss, validationLoss };
  const breathe = breather(live);
  const inOrder = plan.shuffle ? null : numbersBelow(plan.rows);
  while (loss.length < plan.maxIter) {
    if (schedule) model.learningRate = schedule.learningRate;
    const order = inOrder ?? permutation(plan.rows, random);
    const done = await model.epoch(order, breathe, loss.length);
    live.throwIfAborted();
    if (!done) break;
    const judge = plan.validated ? done.heldLoss : done.loss;
    if (!Number.isFinite(done.loss) || !Number.isFinite(judge))
      throw new RangeError(
        `${live.title}: the loss became ${done.loss} in epoch ${loss.length + 1}; ${plan.remedy}`,
      );
    loss.push(done.loss);
    if (plan.validated) validationLoss.push(done.heldLoss);
    if (patience.lower(judge) && plan.validated) model.keepBest();
    live.progress(curves);
    await listener.told(curves);
    schedule?.epochDone();
    if (patience.over) {
      if (schedule?.exhausted() ?? true) break;
      patience.renew();
    }
    if (loss.length % epochsPerCheckpoint === 0) await listener.keep({ ...now, curves });
  }
  return curves;
}

function lossesOf({ loss, validationLoss }: LossCurves): Pick<TrainingHistory, "loss" | "validationLoss"> {
  return { loss: Float64Array.from(loss), validationLoss: Float64Array.from(validationLoss) };
}

/** What was learnt. Numbers in it that are none, as the last step may leave them unmet by any loss, are a RangeError. */
function finite<Result extends object>(
  result: Result,
  { remedy }: TrainingPlan,
  { title }: LiveFit,
  { loss }: LossCurves,
): Result {
  for (const values of Object.values(result) as unknown[]) {
    const broken = ArrayBuffer.isView(values) ? brokenIn(values as Float32Array) : null;
    if (broken !== null)
      throw new RangeError(`${title}: a parameter became ${broken} in epoch ${loss.length}; ${remedy}`);
  }
  return result;
}

/** The first number that is none, or null. Not by `find`: a callback for each of millions takes ten times as long. */
function brokenIn(values: Float32Array): number | null {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return values[i]!;
  return null;
}

function copyOf<State>({ curves, state, random, patience, schedule }: Between<State>): Between<State> {
  return {
    curves: { loss: [...curves.loss], validationLoss: [...curves.validationLoss] },
    state,
    random: random.copy(),
    patience: patience.copy(),
    schedule: schedule?.copy(),
  };
}

/** Lets the event loop have its turn and tells whether to go on. */
export function breather(live: Pick<LiveFit, "stopped" | "throwIfAborted">): () => Promise<boolean> {
  const pace = pacer(20);
  return async () => {
    await pace();
    live.throwIfAborted();
    return !live.stopped;
  };
}

/** A `breather` for what is not shown live: stopping the cell alone ends it. */
export function cellBreather(): () => Promise<boolean> {
  const cell = session();
  return breather({ stopped: false, throwIfAborted: () => throwIfAborted(cell) });
}
