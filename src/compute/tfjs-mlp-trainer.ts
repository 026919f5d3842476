import type { Tier } from "./device.ts";
import { mlpLayers } from "./mlp-network.ts";
import type { EpochLoss, MlpRows, MlpTrainer, MlpTraining } from "./mlp-trainer.ts";
import { seededRandom, type Random } from "../core/random.ts";
import { mlpGradient } from "./tfjs-mlp-gradient.ts";
import { forward, lossOf } from "./tfjs-mlp-pass.ts";
import { blockRows } from "./tfjs-mlp-predict.ts";
import { optimizerStep, type OptimizerState } from "./tfjs-optimizers.ts";
import { drain, onTier, onTierInOrder, tf } from "./tfjs.ts";

interface Batch {
  readonly rows: number;
  /** 1/rows for each row, 0 for the padding: batchSize × 1. */
  readonly weights: tf.Tensor2D;
  /** alpha/rows for each weight, 0 for intercepts. */
  readonly decay: tf.Tensor1D;
}

interface Data {
  readonly x: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
}

/** Batches whose losses are added up at once. It fixes the order of sums, so it must not follow the clock. */
const chunk = 32;

/** A network in training by TF.js. */
export class TfjsMlpTrainer implements MlpTrainer {
  learningRate: number;
  readonly #tier: Tier;
  readonly #random: Random;
  readonly #training: MlpTraining;
  readonly #train: Data;
  readonly #held: Data | null;
  readonly #fullBatch: Batch;
  readonly #lastBatch: Batch;
  #state: OptimizerState;
  #best: tf.Tensor1D | null = null;
  #steps = 0;

  constructor(tier: Tier, training: MlpTraining) {
    const { batchSize, train, held, network } = training;
    const { size } = mlpLayers(network);
    this.learningRate = training.learningRate;
    this.#tier = tier;
    this.#random = seededRandom(training.seed);
    this.#training = training;
    this.#train = this.#upload(train);
    this.#held = held && this.#upload(held);
    this.#fullBatch = this.#batch(Math.min(batchSize, train.rows));
    this.#lastBatch = this.#batch(train.rows % batchSize || this.#fullBatch.rows);
    this.#state = this.#run(() => ({
      parameters: tf.tensor1d(training.parameters),
      first: tf.zeros<tf.Rank.R1>([size]),
      second: tf.zeros<tf.Rank.R1>([size]),
    }));
  }

  async epoch(order: Uint32Array, breathe: () => Promise<boolean>): Promise<EpochLoss | null> {
    const { batchSize, train, network } = this.#training;
    const batches = Math.ceil(train.rows / batchSize);
    const padded = new Int32Array(batches * this.#fullBatch.weights.shape[0]);
    padded.set(order);
    const places = this.#run(() => tf.tensor1d(padded, "int32"));
    const sums: tf.Scalar[] = [];
    const met: tf.Tensor2D[][] = [];
    try {
      for (let batch = 0; batch < batches; batch++) {
        met.push(this.#step(places, batch, batch === batches - 1 ? this.#lastBatch : this.#fullBatch));
        if (met.length === chunk || batch === batches - 1) {
          sums.push(this.#run(() => lossOf(network, join(met, 0), join(met, 1))));
          tf.dispose(met.splice(0));
          await drain(this.#tier);
        }
        if (!(await breathe())) return null;
      }
      return await this.#read(sums);
    } finally {
      tf.dispose([places, ...sums, ...met.flat()]);
    }
  }

  keepBest(): void {
    if (this.#best !== this.#state.parameters) this.#best?.dispose();
    this.#best = this.#state.parameters;
  }

  async parameters(): Promise<Float32Array> {
    return Float32Array.from(await (this.#best ?? this.#state.parameters).data<"float32">());
  }

  dispose(): void {
    this.#best?.dispose();
    const { parameters, first, second } = this.#state;
    tf.dispose([parameters, first, second, { ...this.#train }, { ...this.#held }]);
    for (const { weights, decay } of [this.#fullBatch, this.#lastBatch]) tf.dispose([weights, decay]);
  }

  /** One batch: forward, backward, Adam. Gives the batch's logits and targets, without the padding. */
  #step(places: tf.Tensor1D, index: number, batch: Batch): tf.Tensor2D[] {
    const { network } = this.#training;
    const size = batch.weights.shape[0];
    const [next, logits, targets] = this.#run(() => {
      const rows = tf.slice(places, index * size, size);
      const y = tf.gather(this.#train.targets, rows);
      const x = tf.gather(this.#train.x, rows);
      const { parameters } = this.#state;
      const { gradient, logits } = mlpGradient(network, parameters, x, y, batch.weights, (shape) =>
        this.#mask(shape),
      );
      const penalised = tf.add<tf.Tensor1D>(gradient, tf.mul(parameters, batch.decay));
      const state = optimizerStep(
        this.#state,
        penalised,
        this.#steps + 1,
        this.learningRate,
        this.#training.optimizer,
      );
      if (batch.rows === size) return [state, logits, y] as const;
      const real = [batch.rows, -1] as [number, number];
      return [state, tf.slice(logits, [0, 0], real), tf.slice(y, [0, 0], real)] as const;
    });
    this.#steps++;
    const { parameters, first, second } = this.#state;
    tf.dispose(parameters === this.#best ? [first, second] : [parameters, first, second]);
    this.#state = next;
    return [logits, targets];
  }

  /** Judges the rows held out, and reads all the sums of the epoch at once. */
  async #read(sums: readonly tf.Scalar[]): Promise<EpochLoss> {
    const { network, train, held } = this.#training;
    const all = this.#run(() => {
      const judged: tf.Scalar[] = [];
      for (let from = 0; from < (held?.rows ?? 0); from += blockRows) {
        const { x, targets } = this.#held!;
        const rows = Math.min(blockRows, held!.rows - from);
        const { logits } = forward(network, this.#state.parameters, tf.slice(x, [from, 0], [rows, -1]));
        judged.push(lossOf(network, logits, tf.slice(targets, [from, 0], [rows, -1])));
      }
      return tf.stack([...sums, ...judged]);
    });
    try {
      const values = await all.data<"float32">();
      const total = (part: Float32Array): number => part.reduce((sum, value) => sum + value, 0);
      return {
        loss: total(values.subarray(0, sums.length)) / train.rows,
        heldLoss: held ? total(values.subarray(sums.length)) / held.rows : NaN,
      };
    } finally {
      all.dispose();
    }
  }

  /** Which units of a hidden layer a step keeps, as factors. */
  #mask(shape: [number, number]): tf.Tensor2D | null {
    const { dropout } = this.#training;
    if (dropout === 0) return null;
    const scale = 1 / (1 - dropout);
    const factors = Float32Array.from({ length: shape[0] * shape[1] }, () =>
      this.#random.next() < dropout ? 0 : scale,
    );
    return tf.tensor2d(factors, shape);
  }

  #upload({ rows, x, targets }: MlpRows): Data {
    const { units } = this.#training.network;
    return this.#run(() => ({
      x: tf.tensor2d(x, [rows, units[0]!]),
      targets: tf.tensor2d(targets, [rows, units.at(-1)!]),
    }));
  }

  #batch(rows: number): Batch {
    const { network, alpha, batchSize, train } = this.#training;
    const { layers, size } = mlpLayers(network);
    const weights = new Float32Array(Math.min(batchSize, train.rows)).fill(1 / rows, 0, rows);
    const decay = new Float32Array(size);
    for (const layer of layers) decay.fill(alpha / rows, layer.weights, layer.intercepts);
    return this.#run(() => ({
      rows,
      weights: tf.tensor2d(weights, [weights.length, 1]),
      decay: tf.tensor1d(decay),
    }));
  }

  #run<T extends tf.TensorContainer>(work: () => T): T {
    const { network, batchSize } = this.#training;
    const longest = Math.max(batchSize, ...network.units);
    return longest < 2000 ? onTier(this.#tier, work) : onTierInOrder(this.#tier, work);
  }
}

function join(batches: readonly (readonly tf.Tensor2D[])[], part: 0 | 1): tf.Tensor2D {
  return tf.concat(batches.map((batch) => batch[part]!));
}
