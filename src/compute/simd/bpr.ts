import { drawsPerBreath, type BprFactors, type BprTrainer, type BprTraining } from "../bpr.ts";
import { bprSampler, type BprSampler } from "./bpr-sampler.ts";
import { padRows, unpadRows } from "./rows.ts";
import { openSimd, type Block, type Simd } from "./simd.ts";

/** Words that stand beside the row of an item: its bias, the same again to be moved, whether a step met it, and nothing. */
const headWords = 4;

type Kernels = "bprMark" | "bprSample" | "bprStep";

/** Bayesian personalised ranking on the SIMD tier: users and items in one table of rows that begin with a cache line, each item twice, below users; and biases beside it. */
export class SimdBpr implements BprTrainer {
  readonly #training: BprTraining;
  readonly #simd: Simd<Kernels>;
  readonly #table: Block<Float32Array<ArrayBuffer>>;
  /** Numbers to a row of the table. */
  readonly #stride: number;
  readonly #heads: Block<Float32Array<ArrayBuffer>>;
  readonly #triples: Block<Int32Array>;
  readonly #sample: BprSampler;
  readonly #step: (count: number) => number;

  constructor(training: BprTraining) {
    const { userItems, factors, batchSize, start } = training;
    const { rows, columns } = userItems;
    this.#training = training;
    this.#simd = openSimd<Kernels>("bprMark", "bprSample", "bprStep");
    this.#stride = Math.ceil(factors / 16) * 16;
    this.#triples = this.#simd.i32(4 * batchSize + 1);
    this.#table = this.#simd.f32((rows + 2 * columns) * this.#stride);
    this.#heads = this.#simd.f32(headWords * columns);
    this.#sample = bprSampler(this.#simd, training, this.#triples.at);
    this.#step = this.#stepper();
    padRows(start.users, factors + 1, factors, this.#table.view(), 0, this.#stride);
    const items = this.#table.view().subarray(rows * this.#stride);
    padRows(start.items, factors + 1, factors, items, 0, 2 * this.#stride);
    padRows(start.items, factors + 1, factors, items.subarray(this.#stride), 0, 2 * this.#stride);
    const heads = this.#heads.view();
    for (let item = 0; item < columns; item++)
      heads.fill(start.items[item * (factors + 1) + factors]!, headWords * item, headWords * item + 2);
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
    const users = unpadRows(this.#table.view(), factors, width, 0, rows, this.#stride);
    const items = unpadRows(
      this.#table.view().subarray(rows * this.#stride),
      factors,
      width,
      0,
      columns,
      2 * this.#stride,
    );
    for (let user = 0; user < rows; user++) users[user * width + factors] = 1;
    const heads = this.#heads.view();
    for (let item = 0; item < columns; item++) items[item * width + factors] = heads[headWords * item]!;
    return { users, items };
  }

  #stepper(): (count: number) => number {
    const { userItems, batchSize, learningRate, regularization } = this.#training;
    const { rows: users, columns } = userItems;
    const simd = this.#simd;
    const stride = this.#stride;
    // A step touches no more items than there are; one place more is written than is kept.
    const rows = simd.i32(Math.min(2 * batchSize, columns) + 1).at;
    const [own, z] = [simd.f32(stride).at, simd.f32(8).at];
    return (count) =>
      simd.kernels.bprStep(
        this.#table.at,
        stride * 4,
        this.#heads.at,
        this.#triples.at,
        count,
        learningRate,
        regularization,
        users,
        rows,
        own,
        z,
      );
  }
}
