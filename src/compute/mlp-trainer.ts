import type { MlpNetwork } from "./mlp-network.ts";
import type { Optimizer } from "./optimizer.ts";
import type { TrainingState } from "./training-state.ts";

/** Rows to train on or to judge by: x is rows × inputs, targets rows × outputs (0 and 1 for classes, any numbers for values), both row-major. */
export interface MlpRows {
  readonly rows: number;
  readonly x: Float32Array;
  readonly targets: Float32Array;
}

/** How a network is trained. */
export interface MlpTraining {
  readonly network: MlpNetwork;
  /** The parameters to begin with, flat. */
  readonly parameters: Float32Array;
  /** Where training goes on that began before; null or missing where it begins. */
  readonly from?: TrainingState | null;
  readonly optimizer: Optimizer;
  /** η of the first epoch. */
  readonly learningRate: number;
  readonly batchSize: number;
  /** L2 penalty: ½·alpha/rows·Σw² is added to the mean loss of a batch, intercepts left out. */
  readonly alpha: number;
  /** Probability that a hidden unit is left out of a step, in [0, 1). */
  readonly dropout: number;
  /** Decides which units are left out. */
  readonly seed: number;
  readonly train: MlpRows;
  /** Rows held out, or null for none. */
  readonly held: MlpRows | null;
}

/** Mean loss after an epoch, without the penalty: of the training rows as they were met, and of the rows held out (NaN where there are none). */
export interface EpochLoss {
  readonly loss: number;
  readonly heldLoss: number;
}

/** A network in training on a device: its data uploaded once, its loss read once an epoch. */
export interface MlpTrainer {
  /** η of the epochs to come. */
  learningRate: number;
  /** Trains on all rows once in the order given. `breathe` is called between steps; once it gives false the epoch is left unfinished and null is given. */
  epoch(order: Uint32Array, breathe: () => Promise<boolean>): Promise<EpochLoss | null>;
  /** Remembers the parameters as they are. */
  keepBest(): void;
  /** The parameters last remembered, or the present ones where none were, flat. */
  parameters(): Promise<Float32Array>;
  /** All that the steps to come depend on. */
  state(): Promise<TrainingState>;
  /** Frees the device's memory. */
  dispose(): void;
}
