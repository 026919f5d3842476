import { seededRandom } from "../../core/random.ts";
import type { EpochLoss, MlpRows, MlpTrainer, MlpTraining } from "../mlp-trainer.ts";
import { adamRate } from "../optimizer.ts";
import type { TrainingState } from "../training-state.ts";
import { mlpKernels, MlpMemory, rowsAtOnce } from "./mlp-memory.ts";
import { openSimd, type Block } from "./simd.ts";

/** Rows in the memory of the kernels: addresses of x and of targets. */
interface Placed {
  readonly rows: number;
  readonly x: number;
  readonly targets: number;
}

/** A network in training by SIMD kernels: two calls a step, one for the gradient and one for the optimizer. */
export class SimdMlpTrainer implements MlpTrainer {
  learningRate: number;
  readonly #training: MlpTraining;
  readonly #memory: MlpMemory;
  readonly #train: Placed;
  readonly #held: Placed | null;
  readonly #order: Block<Int32Array>;
  #best: Float32Array | null;
  #steps: number;

  constructor(training: MlpTraining) {
    const { network, batchSize, train, held, dropout, seed, from = null } = training;
    const simd = openSimd(...mlpKernels);
    this.#steps = from?.steps ?? 0;
    this.#best = from?.best ?? null;
    // A training that goes on leaves out other units than those it began with.
    const random = seededRandom(seed + this.#steps);
    const seeds = Array.from({ length: 4 }, () => 1 + random.integer(2 ** 31 - 1));
    const rows = rowsAtOnce(network, Math.min(batchSize, train.rows));
    this.learningRate = training.learningRate;
    this.#training = training;
    this.#memory = new MlpMemory(simd, network, rows, { dropout, seeds });
    this.#memory.set(from?.parameters ?? training.parameters);
    if (from) this.#memory.means = [from.first, from.second];
    this.#train = this.#place(train);
    this.#held = held && this.#place(held);
    this.#order = simd.i32(train.rows);
  }

  async epoch(order: Uint32Array, breathe: () => Promise<boolean>): Promise<EpochLoss | null> {
    const { batchSize, train } = this.#training;
    this.#order.view().set(order);
    let sum = 0;
    for (let from = 0; from < train.rows; from += batchSize) {
      const rows = Math.min(batchSize, train.rows - from);
      for (let at = 0; at < rows; at += this.#memory.rows) {
        sum += this.#gradient(from + at, Math.min(this.#memory.rows, rows - at), rows, at > 0);
        if (at + this.#memory.rows < rows && !(await breathe())) return null;
      }
      this.#step(rows);
      if (!(await breathe())) return null;
    }
    const heldLoss = await this.#judge(breathe);
    return heldLoss === null ? null : { loss: sum / train.rows, heldLoss };
  }

  keepBest(): void {
    this.#best = this.#memory.get();
  }

  async parameters(): Promise<Float32Array> {
    return this.#best ?? this.#memory.get();
  }

  async state(): Promise<TrainingState> {
    const [first, second] = this.#memory.means;
    const parameters = this.#memory.get();
    return { parameters, first: first!, second: second!, steps: this.#steps, best: this.#best };
  }

  dispose(): void {
    // The kernels' memory goes with this object.
  }

  /** Adds the gradient of some rows of a batch, or begins with it; gives the sum of their losses. */
  #gradient(from: number, rows: number, batch: number, add: boolean): number {
    const { kernels, at } = this.#memory;
    const { x, targets } = this.#train;
    return kernels.mlpGradient(at, x, targets, this.#order.at + from * 4, rows, 1 / batch, add ? 1 : 0);
  }

  #step(rows: number): void {
    const { kernels, at } = this.#memory;
    const { optimizer, alpha } = this.#training;
    const decay = alpha / rows;
    this.#steps++;
    if (optimizer.solver === "sgd") {
      const { momentum, nesterovsMomentum } = optimizer;
      kernels.mlpMomentum(at, this.learningRate, momentum, nesterovsMomentum ? 1 : 0, decay);
      return;
    }
    const { beta1, beta2, epsilon } = optimizer;
    const rate = adamRate(this.learningRate, this.#steps, optimizer);
    kernels.mlpAdam(at, rate, 1 - beta1, 1 - beta2, epsilon, decay);
  }

  /** Mean loss of the rows held out, NaN where there are none; null where `breathe` gave false. */
  async #judge(breathe: () => Promise<boolean>): Promise<number | null> {
    if (!this.#held) return NaN;
    const { kernels, at, rows: most, inputRow } = this.#memory;
    const { rows, x, targets } = this.#held;
    const outputs = this.#training.network.units.at(-1)!;
    let sum = 0;
    for (let from = 0; from < rows; from += most) {
      const count = Math.min(most, rows - from);
      sum += kernels.mlpLoss(at, x + from * inputRow * 4, targets + from * outputs * 4, count);
      if (from + most < rows && !(await breathe())) return null;
    }
    return sum / rows;
  }

  #place({ rows, x, targets }: MlpRows): Placed {
    return { rows, x: this.#memory.rowsOf(x).at, targets: this.#memory.simd.f32(targets).at };
  }
}
