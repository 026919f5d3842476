import { seededRandom, type Random } from "../../core/random.ts";
import { adamRate, type AdamSettings } from "../optimizer.ts";
import { recurrentLayout, type RecurrentNetwork } from "../recurrent-network.ts";
import { bucketed, longestFirst, partsOf, type Sequences } from "../sequences.ts";
import { RecurrentMemory } from "./recurrent-memory.ts";

/** How a recurrent network is trained. */
export interface RecurrentTraining {
  readonly network: RecurrentNetwork;
  /** The parameters to begin with, as `recurrentLayout` places them. */
  readonly parameters: Float32Array;
  readonly optimizer: AdamSettings;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly sequences: Sequences;
  /** sequences × outputs of 0 and 1. */
  readonly targets: Float32Array;
  /** Which sequences to train on, and which are held out. */
  readonly train: Uint32Array;
  readonly held: Uint32Array;
  /** Decides the order of batches. */
  readonly seed: number;
}

/** A recurrent network in training by SIMD kernels: one call for the gradient of a batch, one for Adam's step. */
export class RecurrentTrainer {
  readonly #training: RecurrentTraining;
  readonly #memory: RecurrentMemory;
  readonly #random: Random;
  readonly #held: readonly Uint32Array[];
  readonly #embeddingSize: number;
  #best: Float32Array | null = null;
  #steps = 0;

  constructor(training: RecurrentTraining) {
    const { network, sequences, batchSize, targets, held } = training;
    const { embedding } = recurrentLayout(network);
    this.#training = training;
    this.#memory = new RecurrentMemory(network, sequences, batchSize, targets);
    this.#memory.parameters.view().set(training.parameters);
    this.#random = seededRandom(training.seed);
    this.#embeddingSize = embedding.inputs * embedding.outputs;
    const sorted = longestFirst(held, sequences.starts);
    this.#held = batchesOf(sorted, batchSize).flatMap((batch) => this.#parts(batch));
  }

  /** Trains on all sequences once; `order` counts places in `train`. `breathe` is called between steps; once it gives false the epoch is left unfinished and null is given. */
  async epoch(
    order: Uint32Array,
    breathe: () => Promise<boolean>,
  ): Promise<{ loss: number; heldLoss: number } | null> {
    const { train, sequences, batchSize } = this.#training;
    const which = order.map((place) => train[place]!);
    let sum = 0;
    for (const batch of bucketed(which, sequences, batchSize, this.#random)) {
      for (const [i, part] of this.#parts(batch).entries()) {
        if (i > 0 && !(await breathe())) return null;
        sum += this.#gradient(part, batch.length, i > 0);
      }
      this.#step();
      if (!(await breathe())) return null;
    }
    let heldSum = 0;
    for (const part of this.#held) {
      heldSum += this.#memory.kernels.recurrentLoss(this.#memory.at, this.#memory.place(part), part.length);
      if (!(await breathe())) return null;
    }
    return { loss: sum / train.length, heldLoss: heldSum / this.#training.held.length };
  }

  /** Remembers the parameters as they are. */
  keepBest(): void {
    this.#best = this.#memory.parameters.view().slice();
  }

  /** The parameters last remembered, or the present ones where none were. */
  get parameters(): Float32Array {
    return this.#best ?? this.#memory.parameters.view().slice();
  }

  #parts(batch: Uint32Array): Uint32Array[] {
    return partsOf(batch, this.#training.sequences, this.#memory.events);
  }

  #gradient(part: Uint32Array, batch: number, add: boolean): number {
    const { kernels, at } = this.#memory;
    const places = this.#memory.place(part);
    return kernels.recurrentGradient(at, places, part.length, 1 / batch, add ? 1 : 0, this.#embeddingSize);
  }

  #step(): void {
    const { kernels, parameters, gradient, moments, size } = this.#memory;
    const { optimizer, learningRate } = this.#training;
    const { beta1, beta2, epsilon } = optimizer;
    const rate = adamRate(learningRate, ++this.#steps, optimizer);
    kernels.adam(parameters.at, gradient.at, ...moments, size, rate, 1 - beta1, 1 - beta2, epsilon, 0);
  }
}

function batchesOf(which: Uint32Array, size: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(which.length / size) }, (_, i) =>
    which.subarray(i * size, (i + 1) * size),
  );
}
