import { seededRandom, type SeededRandom } from "../../core/random.ts";
import { adamRate } from "../optimizer.ts";
import { recurrentLayout } from "../recurrent-network.ts";
import type { RecurrentState, RecurrentTrainer, RecurrentTraining } from "../recurrent-trainer.ts";
import { batchesOf, bucketed, longestFirst, partsOf } from "../sequences.ts";
import { RecurrentMemory } from "./recurrent-memory.ts";

/** A recurrent network in training by SIMD kernels: one call for the gradient of a batch, one for Adam's step. */
export class SimdRecurrentTrainer implements RecurrentTrainer {
  readonly #training: RecurrentTraining;
  readonly #memory: RecurrentMemory;
  readonly #random: SeededRandom;
  readonly #held: readonly Uint32Array[];
  readonly #embeddingSize: number;
  #best: Float32Array | null;
  #steps: number;

  constructor(training: RecurrentTraining) {
    const { network, sequences, batchSize, targets, held, from = null } = training;
    const { embedding } = recurrentLayout(network);
    this.#training = training;
    this.#memory = new RecurrentMemory(network, sequences, batchSize, targets);
    this.#memory.parameters.view().set(from?.parameters ?? training.parameters);
    if (from) {
      this.#memory.moments[0].view().set(from.first);
      this.#memory.moments[1].view().set(from.second);
    }
    this.#random = from?.random.copy() ?? seededRandom(training.seed);
    this.#steps = from?.steps ?? 0;
    this.#best = from?.best ?? null;
    this.#embeddingSize = embedding.inputs * embedding.outputs;
    const sorted = longestFirst(held, sequences.starts);
    this.#held = batchesOf(sorted, batchSize).flatMap((batch) => this.#parts(batch));
  }

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

  keepBest(): void {
    this.#best = this.#memory.parameters.view().slice();
  }

  async parameters(): Promise<Float32Array> {
    return this.#best ?? this.#memory.parameters.view().slice();
  }

  async state(): Promise<RecurrentState> {
    const { parameters, moments } = this.#memory;
    const [theta, first, second] = [parameters, ...moments].map((block) => block.view().slice());
    return {
      parameters: theta!,
      first: first!,
      second: second!,
      steps: this.#steps,
      best: this.#best,
      random: this.#random.copy(),
    };
  }

  dispose(): void {
    // The kernels' memory goes with this object.
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
    const [first, second] = moments;
    kernels.adam(
      parameters.at,
      gradient.at,
      first.at,
      second.at,
      size,
      rate,
      1 - beta1,
      1 - beta2,
      epsilon,
      0,
    );
  }
}
