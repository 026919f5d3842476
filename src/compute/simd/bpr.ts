import type { BprFactors, BprTrainer, BprTraining } from "../bpr.ts";
import { bprSampler, type BprSampler } from "./bpr-sampler.ts";
import { padRows, paddedWidth, unpadRows } from "./rows.ts";
import { openSimd, type Block, type Simd } from "./simd.ts";

/** Draws between two breaths: about a millisecond of work. */
const drawsPerBreath = 8192;

type Kernels = "bprMark" | "bprSample" | "bprStep";

/** Bayesian personalised ranking on the SIMD tier: users and items in one table of padded rows, items below users, and biases beside it. */
export class SimdBpr implements BprTrainer {
  readonly #training: BprTraining;
  readonly #simd: Simd<Kernels>;
  readonly #table: Block<Float32Array<ArrayBuffer>>;
  readonly #biases: Block<Float32Array<ArrayBuffer>>;
  readonly #triples: Block<Int32Array>;
  readonly #sample: BprSampler;
  readonly #step: (count: number) => number;

  constructor(training: BprTraining) {
    const { userItems, factors, batchSize, start } = training;
    const { rows, columns } = userItems;
    this.#training = training;
    this.#simd = openSimd<Kernels>("bprMark", "bprSample", "bprStep");
    this.#triples = this.#simd.i32(4 * batchSize);
    this.#table = this.#simd.f32((rows + columns) * paddedWidth(factors));
    this.#biases = this.#simd.f32(columns);
    this.#sample = bprSampler(this.#simd, training, this.#triples.at);
    this.#step = this.#stepper();
    padRows(start.users, factors + 1, factors, this.#table.view());
    padRows(start.items, factors + 1, factors, this.#table.view(), rows);
    const biases = this.#biases.view();
    for (let item = 0; item < columns; item++) biases[item] = start.items[item * (factors + 1) + factors]!;
  }

  async epoch(key: number, breathe: () => Promise<boolean>): Promise<number | null> {
    const { userItems, batchSize } = this.#training;
    const draws = userItems.indices.length;
    let [loss, met, rested] = [0, 0, 0];
    for (let from = 0; from < draws; from += batchSize) {
      const count = this.#sample(key, from, Math.min(from + batchSize, draws));
      loss += this.#step(count);
      met += count;
      if (from - rested < drawsPerBreath) continue;
      rested = from;
      if (!(await breathe())) return null;
    }
    if (!(await breathe())) return null;
    return met ? loss / met : 0;
  }

  dispose(): void {
    // The kernels' memory goes with this object.
  }

  async factors(): Promise<BprFactors> {
    const { userItems, factors } = this.#training;
    const { rows, columns } = userItems;
    const width = factors + 1;
    const users = unpadRows(this.#table.view(), factors, width, 0, rows);
    const items = unpadRows(this.#table.view(), factors, width, rows, rows + columns);
    for (let user = 0; user < rows; user++) users[user * width + factors] = 1;
    for (const [item, bias] of this.#biases.view().entries()) items[item * width + factors] = bias;
    return { users, items };
  }

  #stepper(): (count: number) => number {
    const { userItems, factors, batchSize, learningRate, regularization } = this.#training;
    const simd = this.#simd;
    const stride = paddedWidth(factors);
    const all = userItems.rows + userItems.columns;
    // A step touches no more rows than there are; one place more is written than is kept.
    const touched = Math.min(3 * batchSize, all) + 1;
    const slots = simd.i32(all);
    slots.view().fill(-1);
    const [counts, rows] = [simd.i32(touched).at, simd.i32(touched).at];
    const [gradients, pulls, z] = [simd.f32(touched * stride).at, simd.f32(touched).at, simd.f32(16).at];
    return (count) =>
      simd.kernels.bprStep(
        this.#table.at,
        stride * 4,
        this.#biases.at,
        this.#triples.at,
        count,
        learningRate,
        regularization,
        userItems.rows,
        slots.at,
        counts,
        rows,
        gradients,
        pulls,
        z,
      );
  }
}
