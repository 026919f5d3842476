import type { SeededRandom } from "../core/random.ts";
import type { AdamSettings } from "./optimizer.ts";
import type { RecurrentNetwork } from "./recurrent-network.ts";
import type { Sequences } from "./sequences.ts";
import type { TrainingState } from "./training-state.ts";

/** How a recurrent network is trained. */
export interface RecurrentTraining {
  readonly network: RecurrentNetwork;
  /** The parameters to begin with, as `recurrentLayout` places them. */
  readonly parameters: Float32Array;
  /** Where training goes on that began before; null or missing where it begins. */
  readonly from?: RecurrentState | null;
  readonly optimizer: AdamSettings;
  readonly learningRate: number;
  readonly batchSize: number;
  /** L2 penalty: ½·alpha/sequences·Σw² is added to the mean loss of a batch, intercepts left out. */
  readonly alpha: number;
  /** Largest norm of a step's gradient, the penalty's with it, over all parameters; null for none. */
  readonly clipNorm: number | null;
  /** Probability that a number of the last state is left out on its way to the output, in [0, 1). */
  readonly dropout: number;
  readonly sequences: Sequences;
  /** sequences × outputs of 0 and 1. */
  readonly targets: Float32Array;
  /** Which sequences to train on, and which are held out. */
  readonly train: Uint32Array;
  readonly held: Uint32Array;
  /** Decides the order of batches, and what is left out. */
  readonly seed: number;
}

/** All that the steps to come of a recurrent network depend on. */
export interface RecurrentState extends TrainingState {
  /** What the order of batches is drawn from. */
  readonly random: SeededRandom;
}

/** A recurrent network in training on a device. */
export interface RecurrentTrainer {
  /** Trains on all sequences once; `order` counts places in `train`. `breathe` is called between steps; once it gives false the epoch is left unfinished and null is given. */
  epoch(
    order: Uint32Array,
    breathe: () => Promise<boolean>,
  ): Promise<{ loss: number; heldLoss: number } | null>;
  /** Remembers the parameters as they are. */
  keepBest(): void;
  /** The parameters last remembered, or the present ones where none were. */
  parameters(): Promise<Float32Array>;
  /** All that the steps to come depend on. */
  state(): Promise<RecurrentState>;
  /** Frees the device's memory. */
  dispose(): void;
}
