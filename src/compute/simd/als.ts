import { alsLoss, type AlsFactors, type AlsTrainer, type AlsTraining } from "../als.ts";
import { transposed, type Csr } from "../csr.ts";
import { padRows, paddedWidth, unpadRows } from "./rows.ts";
import { openSimd, type Block, type Simd } from "./simd.ts";

/** Multiply-adds between two breaths: about a millisecond of work. */
const workPerBreath = 4e6;

type Kernels = "alsGram" | "alsSolve";

/** The rows of one side, and the other side's that each row has entries for. */
interface Side {
  readonly matrix: Csr;
  readonly factors: Block<Float32Array<ArrayBuffer>>;
  readonly starts: number;
  readonly indices: number;
  /** |c| − 1 of each entry. */
  readonly extra: number;
  /** c of each entry above 0, else 0. */
  readonly target: number;
}

/** Alternating least squares on the SIMD tier. */
export class SimdAls implements AlsTrainer {
  readonly #training: AlsTraining;
  readonly #simd: Simd<Kernels>;
  readonly #users: Side;
  readonly #items: Side;
  readonly #gram: Block<Float32Array>;
  readonly #room: number;
  readonly #stride: number;

  constructor(training: AlsTraining) {
    const { userItems, factors, start } = training;
    this.#training = training;
    this.#simd = openSimd<Kernels>("alsGram", "alsSolve");
    this.#stride = paddedWidth(factors);
    this.#users = this.#side(userItems, start.users);
    this.#items = this.#side(transposed(userItems), start.items);
    this.#gram = this.#simd.f32(this.#stride ** 2);
    this.#room = this.#simd.f32(3 * this.#stride + 4).at;
  }

  async epoch(breathe: () => Promise<boolean>): Promise<number | null> {
    if ((await this.#solve(this.#users, this.#items, breathe)) === null) return null;
    const loss = await this.#solve(this.#items, this.#users, breathe);
    if (loss === null) return null;
    return alsLoss(this.#training, loss, squareSum(this.#users.factors.view()));
  }

  dispose(): void {
    // The kernels' memory goes with this object.
  }

  async factors(): Promise<AlsFactors> {
    const { factors, userItems } = this.#training;
    const rows = ({ factors: block }: Side, count: number): Float32Array =>
      unpadRows(block.view(), factors, factors, 0, count);
    return { users: rows(this.#users, userItems.rows), items: rows(this.#items, userItems.columns) };
  }

  /** Solves for all rows of `side`, the other held fixed; gives what their loss is less its constant, or null once `breathe` gave false. */
  async #solve(side: Side, other: Side, breathe: () => Promise<boolean>): Promise<number | null> {
    const { cgSteps } = this.#training;
    const { starts, rows } = side.matrix;
    if (!(await this.#fillGram(other, breathe))) return null;
    let loss = 0;
    for (let from = 0, to = 0; from < rows; from = to) {
      for (let work = 0; to < rows && work < workPerBreath; to++)
        work += (cgSteps + 1) * this.#stride * (this.#stride + 2 * (starts[to + 1]! - starts[to]!));
      loss += this.#simd.kernels.alsSolve(
        side.factors.at,
        other.factors.at,
        this.#stride * 4,
        this.#gram.at,
        side.starts,
        side.indices,
        side.extra,
        side.target,
        from,
        to,
        cgSteps,
        this.#room,
      );
      if (!(await breathe())) return null;
    }
    return loss;
  }

  /** The product of a side's factors with themselves, λ added on its diagonal; false once `breathe` gave false. */
  async #fillGram(side: Side, breathe: () => Promise<boolean>): Promise<boolean> {
    const { factors, regularization } = this.#training;
    const stride = this.#stride;
    const gram = this.#gram.view().fill(0);
    for (let i = 0; i < factors; i++) gram[i * (stride + 1)] = regularization;
    const atOnce = Math.max(Math.ceil(workPerBreath / stride ** 2), 8);
    for (let from = 0; from < side.matrix.rows; from += atOnce) {
      const rows = Math.min(atOnce, side.matrix.rows - from);
      this.#simd.kernels.alsGram(side.factors.at + from * stride * 4, stride * 4, rows, this.#gram.at);
      if (!(await breathe())) return false;
    }
    return true;
  }

  #side(matrix: Csr, start: Float32Array): Side {
    const { factors } = this.#training;
    const block = this.#simd.f32(matrix.rows * this.#stride);
    padRows(start, factors, factors, block.view());
    return {
      matrix,
      factors: block,
      starts: this.#simd.i32(matrix.starts).at,
      indices: this.#simd.i32(matrix.indices).at,
      extra: this.#simd.f32(matrix.values.map((c) => Math.abs(c) - 1)).at,
      target: this.#simd.f32(matrix.values.map((c) => Math.max(c, 0))).at,
    };
  }
}

function squareSum(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
