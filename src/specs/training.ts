/** Where a fit runs, and why there: the reason is a key of the dictionary. */
export interface DeviceInfo {
  readonly tier: "webgpu" | "wasm";
  /** The adapter's name, or "CPU (SIMD)". */
  readonly name: string;
  readonly reason:
    | "real-adapter"
    | "no-adapter"
    | "fallback-adapter"
    | "forced"
    | "device-lost"
    | "gpu-limits"
    | "cpu-model"
    | "little-work";
}

/** A device that was lost during a fit, and how the fit went on. */
export interface Resumption {
  /** The epoch that was under way, counted from 1. */
  readonly lostIn: number;
  /** The last epoch that was kept: 0 where the fit began again. */
  readonly from: number;
  /** Name of the device it went on with. */
  readonly device: string;
}

/** What a fit goes by: passes over rows in batches, steps of an algorithm, trees, passes over all rows at once. */
export type TrainingUnit = "epochs" | "iterations" | "trees" | "passes";

/** What a search goes by: the rows, or the items, whose neighbours it looks for. */
export type SearchUnit = "rows" | "items";

/** What a fit lowers: a mean loss, the mean squared distance of rows to their centres, or the share of variance that is not explained. */
export type TrainingMeasure = "loss" | "inertia" | "unexplained";

/** Where a fit is that ends as it converges, and may start several times to keep the best: k-means. */
export interface FitStarts {
  /** The start under way, counted from 1; once all are over, the one that is kept. */
  readonly start: number;
  readonly starts: number;
  /** Iterations of that start. */
  readonly iteration: number;
  /** Inertia per row of the model that is kept; null until all starts are over. */
  readonly kept: number | null;
}

/** A fit as it goes: loss per epoch on train and validation, progress, time left, device. Or a search, which has rows or items for epochs and no loss. */
export interface TrainingSpec {
  readonly view: "training";
  /** Names the fit, so that Stop reaches it. */
  readonly fit: string;
  /** Stopped: a person ended it early, and it was kept. Aborted: its cell was stopped, and nothing was kept. */
  readonly state: "running" | "done" | "stopped" | "aborted" | "failed";
  /** What is being fitted, e.g. "MLPClassifier". */
  readonly title: string;
  readonly device: DeviceInfo;
  /** What is counted; epochs where it is missing. */
  readonly counts?: TrainingUnit | SearchUnit;
  /** What `loss` and `validationLoss` are; a loss where it is missing. */
  readonly measure?: TrainingMeasure;
  /** Epochs (or what is counted instead) done so far and at most. */
  readonly epoch: number;
  readonly epochs: number;
  /** Where it is by its starts; missing where it has none. */
  readonly starts?: FitStarts;
  /** Mean loss on the training rows of each epoch done. */
  readonly loss: Float64Array;
  /** Loss on the held-out rows after each epoch done; empty where none are held out. */
  readonly validationLoss: Float64Array;
  /** The loss of a model that has learnt nothing, by which a fit that diverges is known; missing where none is. */
  readonly untrained?: number;
  /** Seconds spent so far, and left at the present pace (NaN before the first epoch is done). */
  readonly elapsed: number;
  readonly remaining: number;
  /** Devices that were lost on the way; none where it is missing. */
  readonly resumed?: readonly Resumption[];
}
