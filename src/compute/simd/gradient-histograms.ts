import type { BinnedRows } from "./binned-rows.ts";
import type { Block, Simd } from "./simd.ts";

/** The kernels that histograms of gradients call. */
export type GradientKernel = "gatherPairs" | "gradientHistogram" | "subtractHistogram" | "bestGradientSplit";

/** What a split must leave on either side, and the L2 penalty on the numbers in leaves. */
export interface SplitLimits {
  readonly minSamplesLeaf: number;
  readonly leastHessian: number;
  readonly l2: number;
}

/** The split of a node with the largest gain, and the sums on its left. */
export interface GradientSplit {
  readonly gain: number;
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly gradient: number;
  readonly hessian: number;
}

/** Bytes of a column in a histogram: 256 pairs of doubles and 256 counts. */
const columnBytes = 256 * 20;

/** Histogram updates after which others get their turn. */
const workBetweenBreaths = 2 ** 22;

/** Sums of gradients, hessians and rows in every bin of every column, of the rows of a node. */
export class GradientHistograms {
  /** Gradient and hessian of each row. */
  readonly pairs: Block<Float32Array>;
  readonly #gathered: Block<Float32Array>;
  readonly #counts: Block<Int32Array>;
  readonly #missing: Block<Uint8Array>;
  readonly #allowed: Block<Uint8Array>;
  readonly #best: Block<Float64Array>;
  readonly #free: number[] = [];
  readonly #groups: number;
  readonly #inOrder: Int32Array;
  #work = 0;

  constructor(
    private readonly simd: Simd<GradientKernel>,
    private readonly rows: BinnedRows,
    private readonly limits: SplitLimits,
  ) {
    this.pairs = simd.f32(rows.rows * 2);
    this.#gathered = simd.f32(rows.rows * 2);
    this.#counts = simd.i32(rows.bins.map(({ thresholds }) => thresholds.length + 1));
    this.#missing = simd.u8(rows.missing);
    this.#allowed = simd.u8(rows.columns);
    this.#best = simd.f64(8);
    this.#groups = Math.ceil(rows.columns / 4);
    this.#inOrder = new Int32Array(rows.rows);
    for (let i = 0; i < rows.rows; i++) this.#inOrder[i] = i;
  }

  /** Puts the rows in their own order, as a tree's first node has them. */
  restart(): void {
    this.rows.order.view().set(this.#inOrder);
  }

  /** The histogram of the rows at order[from … to), its address; null where `breathe` gave false. */
  async build(from: number, to: number, breathe: () => Promise<boolean>): Promise<number | null> {
    const { kernels } = this.simd;
    const histogram = this.#free.pop() ?? this.simd.u8(this.#groups * 4 * columnBytes).at;
    const order = this.rows.order.at + from * 4;
    kernels.gatherPairs(order, to - from, this.pairs.at, this.#gathered.at);
    for (let group = 0; group < this.#groups; group++) {
      const sums = histogram + group * 4 * 4096;
      const counts = histogram + this.#groups * 4 * 4096 + group * 4 * 1024;
      kernels.gradientHistogram(this.rows.words(group), order, to - from, this.#gathered.at, sums, counts);
      this.#work += (to - from) * 4;
      if (this.#work < workBetweenBreaths) continue;
      this.#work = 0;
      if (await breathe()) continue;
      this.release(histogram);
      return null;
    }
    return histogram;
  }

  /** Turns the histogram of a node into that of the sibling of `part`. */
  subtract(node: number, part: number): void {
    this.simd.kernels.subtractHistogram(node, part, this.#groups * 4);
  }

  /** The best split of a node with those sums, or null where there is none that gains; by all columns or the allowed ones. */
  bestSplit(
    histogram: number,
    gradient: number,
    hessian: number,
    rows: number,
    columns: ArrayLike<number> | null,
  ): GradientSplit | null {
    const allowed = this.#allowed.view().fill(columns ? 0 : 1);
    if (columns) for (let i = 0; i < columns.length; i++) allowed[columns[i]!] = 1;
    const { minSamplesLeaf, leastHessian, l2 } = this.limits;
    this.simd.kernels.bestGradientSplit(
      histogram,
      this.rows.columns,
      this.#counts.at,
      this.#missing.at,
      this.#allowed.at,
      gradient,
      hessian,
      rows,
      l2,
      minSamplesLeaf,
      leastHessian,
      this.#best.at,
    );
    const [gain, column, bin, missingLeft, left, leftHessian] = this.#best.view();
    if (!(gain! > 0)) return null;
    return {
      gain: gain!,
      column: column!,
      bin: bin!,
      missingLeft: missingLeft === 1,
      gradient: left!,
      hessian: leftHessian!,
    };
  }

  /** Gives a histogram back, for another node. */
  release(histogram: number): void {
    this.#free.push(histogram);
  }
}
