import { seededRandom, type SeededRandom } from "../../core/random.ts";
import { adamRate } from "../optimizer.ts";
import { recurrentLayout, recurrentStretches, type RecurrentStretch } from "../recurrent-network.ts";
import type { RecurrentState, RecurrentTrainer, RecurrentTraining } from "../recurrent-trainer.ts";
import { batchesOf, bucketed, longestFirst, partsOf } from "../sequences.ts";
import { RecurrentMemory } from "./recurrent-memory.ts";

/** A recurrent network in training by SIMD kernels: one call for the gradient of a batch, one for Adam's step of each stretch of parameters. */
export class SimdRecurrentTrainer implements RecurrentTrainer {
  readonly #training: RecurrentTraining;
  readonly #memory: RecurrentMemory;
  readonly #random: SeededRandom;
  readonly #held: readonly Uint32Array[];
  readonly #embeddingSize: number;
  readonly #stretches: readonly RecurrentStretch[];
  #best: Float32Array | null;
  #steps: number;

  constructor(training: RecurrentTraining) {
    const { network, sequences, batchSize, targets, held, from = null } = training;
    const layout = recurrentLayout(network);
    const { embedding } = layout;
    this.#training = training;
    this.#steps = from?.steps ?? 0;
    // A training that goes on leaves out other numbers than those it began with.
    const random = seededRandom(training.seed + 1 + this.#steps);
    const seeds = Array.from({ length: 4 }, () => 1 + random.integer(2 ** 31 - 1));
    const dropping = { dropout: training.dropout, seeds };
    this.#memory = new RecurrentMemory(network, sequences, batchSize, targets, dropping);
    this.#stretches = recurrentStretches(layout);
    this.#memory.parameters.view().set(from?.parameters ?? training.parameters);
    if (from) {
      this.#memory.moments[0].view().set(from.first);
      this.#memory.moments[1].view().set(from.second);
    }
    this.#random = from?.random.copy() ?? seededRandom(training.seed);
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
      this.#step(batch.length);
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

  /** A step after the gradient of so many sequences. */
  #step(sequences: number): void {
    const { kernels, parameters, gradient, moments } = this.#memory;
    const { optimizer, learningRate, clipNorm, alpha } = this.#training;
    const { beta1, beta2, epsilon } = optimizer;
    const rate = adamRate(learningRate, ++this.#steps, optimizer);
    const decay = alpha / sequences;
    if (clipNorm !== null) this.#clip(clipNorm, decay);
    for (const { from, to, penalised } of this.#stretches) {
      const addresses = [parameters, gradient, ...moments].map(({ at }) => at + from * 4);
      const due = penalised && clipNorm === null ? decay : 0;
      kernels.adam(...addresses, to - from, rate, 1 - beta1, 1 - beta2, epsilon, due);
    }
  }

  /** Adds the penalty to the gradient, and scales it down to that norm where it is longer. */
  #clip(most: number, decay: number): void {
    const { kernels, parameters, gradient, size } = this.#memory;
    let squares = 0;
    for (const { from, to, penalised } of this.#stretches)
      squares += kernels.penalise(
        parameters.at + from * 4,
        gradient.at + from * 4,
        to - from,
        penalised ? decay : 0,
      );
    const norm = Math.sqrt(squares);
    if (norm > most) kernels.scale(gradient.at, size, most / norm);
  }
}
