import { adamStep, type AdamSettings, type AdamState } from "./adam.ts";
import type { Tier } from "./device.ts";
import { mlpGradient } from "./mlp-gradient.ts";
import { crossEntropy, forward, mlpLayers, type MlpNetwork } from "./mlp-network.ts";
import { blockRows } from "./mlp-predict.ts";
import { drain, onTier, onTierInOrder, tf } from "./tfjs.ts";

/** Rows to train on or to judge by: x is rows × inputs, targets rows × outputs of 0 and 1, both row-major. */
export interface MlpRows {
  readonly rows: number;
  readonly x: Float32Array;
  readonly targets: Float32Array;
}

/** How a network is trained. */
export interface MlpTraining extends AdamSettings {
  readonly tier: Tier;
  readonly network: MlpNetwork;
  /** The parameters to begin with, flat. */
  readonly parameters: Float32Array;
  readonly batchSize: number;
  /** L2 penalty: ½·alpha/rows·Σw² is added to the mean loss of a batch, intercepts left out. */
  readonly alpha: number;
  readonly train: MlpRows;
  /** Rows held out, or null for none. */
  readonly held: MlpRows | null;
}

/** Mean cross-entropy after an epoch: of the training rows as they were met, and of the rows held out (NaN where there are none). */
export interface EpochLoss {
  readonly loss: number;
  readonly heldLoss: number;
}

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

/** A network in training on a device: its data uploaded once, its loss read once an epoch. */
export class MlpTrainer {
  readonly #training: MlpTraining;
  readonly #train: Data;
  readonly #held: Data | null;
  readonly #fullBatch: Batch;
  readonly #lastBatch: Batch;
  #state: AdamState;
  #best: tf.Tensor1D | null = null;
  #steps = 0;

  constructor(training: MlpTraining) {
    const { batchSize, train, held, network } = training;
    const { size } = mlpLayers(network);
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

  /** Trains on all rows once in the order given. `breathe` is called between steps; once it gives false the epoch is left unfinished and null is given. */
  async epoch(order: Uint32Array, breathe: () => Promise<boolean>): Promise<EpochLoss | null> {
    const { batchSize, train, tier } = this.#training;
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
          sums.push(this.#run(() => crossEntropy(join(met, 0), join(met, 1))));
          tf.dispose(met.splice(0));
          await drain(tier);
        }
        if (!(await breathe())) return null;
      }
      return await this.#read(sums);
    } finally {
      tf.dispose([places, ...sums, ...met.flat()]);
    }
  }

  /** Remembers the parameters as they are. */
  keepBest(): void {
    if (this.#best !== this.#state.parameters) this.#best?.dispose();
    this.#best = this.#state.parameters;
  }

  /** The parameters last remembered, or the present ones where none were, flat. */
  async parameters(): Promise<Float32Array> {
    return Float32Array.from(await (this.#best ?? this.#state.parameters).data<"float32">());
  }

  /** Frees the device's memory. */
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
      const { gradient, logits } = mlpGradient(network, parameters, x, y, batch.weights);
      const penalised = tf.add<tf.Tensor1D>(gradient, tf.mul(parameters, batch.decay));
      const state = adamStep(this.#state, penalised, this.#steps + 1, this.#training);
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
        judged.push(crossEntropy(logits, tf.slice(targets, [from, 0], [rows, -1])));
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
    const { tier, network, batchSize } = this.#training;
    const longest = Math.max(batchSize, ...network.units);
    return longest < 2000 ? onTier(tier, work) : onTierInOrder(tier, work);
  }
}

function join(batches: readonly (readonly tf.Tensor2D[])[], part: 0 | 1): tf.Tensor2D {
  return tf.concat(batches.map((batch) => batch[part]!));
}
