import { seededRandom } from "../core/random.ts";
import type { Device } from "../compute/device.ts";
import type { Resumption } from "../specs/training.ts";
import { mapTeller, type TellIteration } from "./fit-callback.ts";
import { LiveFit } from "./training-live.ts";
import { trainEpochs, type TrainingHistory } from "./training-loop.ts";

/** Factors of users and of items, row-major. */
interface Factors {
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** Factors in training on a device. */
export interface FactorTrainer {
  /** One epoch by its number, counted from 0: its loss, or null once `breathe` gave false. */
  epoch(breathe: () => Promise<boolean>, number: number): Promise<number | null>;
  factors(): Promise<Factors>;
  dispose(): void;
}

/** How factors are trained. */
export interface FactorCourse {
  readonly title: string;
  readonly device: Device;
  readonly epochs: number;
  /** What to try where the loss is no longer a number. */
  readonly remedy: string;
  /** The loss of factors that are 0, where that is known. */
  readonly untrained?: number;
  /** Hears of each epoch. */
  readonly tell: TellIteration<TrainedFactors> | null;
  /** Puts factors on a device: those given, or the first ones. */
  open(device: Device, factors: Factors | null): Promise<FactorTrainer>;
}

/** Trained factors, and how it went. */
export interface TrainedFactors {
  readonly userFactors: Float32Array;
  readonly itemFactors: Float32Array;
  readonly loss: Float64Array;
  readonly stopped: boolean;
  readonly resumed: readonly Resumption[];
}

/** Trains factors, shown live. */
export async function trainFactors(course: FactorCourse): Promise<TrainedFactors> {
  const { title, device, epochs, remedy, untrained } = course;
  const plan = {
    device,
    rows: 0,
    shuffle: false,
    random: seededRandom(0),
    validated: false,
    maxIter: epochs,
    nIterNoChange: Infinity,
    tol: 0,
    remedy,
  };
  const trained = await trainEpochs(
    {
      async open(on, factors: Factors | null) {
        const trainer = await course.open(on, factors);
        return {
          async epoch(_: Uint32Array, breathe: () => Promise<boolean>, number: number) {
            const met = await trainer.epoch(breathe, number);
            return met === null ? null : { loss: met, heldLoss: NaN };
          },
          keepBest: () => undefined,
          factors: () => trainer.factors(),
          dispose: () => trainer.dispose(),
        };
      },
      state: (model) => model.factors(),
      result: (model) => model.factors(),
    },
    plan,
    new LiveFit(title, epochs, "iterations", "loss", untrained),
    mapTeller(course.tell, learntFactors),
  );
  return learntFactors(trained);
}

function learntFactors(trained: TrainingHistory & Factors): TrainedFactors {
  const { users, items, loss, stopped, resumed = [] } = trained;
  return { userFactors: users, itemFactors: items, loss, stopped, resumed };
}
