import type { BinnedRows } from "./binned-rows.ts";
import type { Block, Simd } from "./simd.ts";

/** The kernels that look for the splits of decision trees. */
export type NodeKernel = "gatherClasses" | "bestClassSplit" | "gatherValues" | "bestMeanSplit";

/** The rows of one node of a decision tree, and its best split so far. */
export interface NodeRows {
  /** Makes order[from … to) the rows that are looked at. */
  load(from: number, to: number): void;
  /** Weight of the rows loaded. */
  readonly weight: number;
  /** How pure they are: weight · (1 − impurity), up to a constant. Grows with a split by the weight of the impurity it removes. */
  readonly score: number;
  /** Whether all are alike. */
  readonly pure: boolean;
  /** The numbers that a leaf of the rows loaded holds. */
  readonly leaf: ArrayLike<number>;
  /** Looks for a better split by that column; tells whether the column varies. */
  search(column: number): boolean;
  /** Score, column, bin, and the next bin with rows, of the best split since `load`; the score is −Infinity where there is none. */
  readonly best: Float64Array;
}

/** Rows of classes. `draw` says how often each row counts; weights: by how much those of each class. All memory is taken at once. */
export class ClassRows implements NodeRows {
  weight = 0;
  score = 0;
  pure = false;
  readonly leaf: Float64Array;
  readonly best: Float64Array;
  readonly #info: Uint32Array;
  readonly #totals: Int32Array;
  readonly #blocks: Readonly<
    Record<"info" | "codes" | "totals" | "weights" | "work" | "best", Block<unknown>>
  >;
  #from = 0;
  #to = 0;

  constructor(
    private readonly simd: Simd<NodeKernel>,
    private readonly rows: BinnedRows,
    private readonly codes: Int32Array,
    private readonly weights: Float64Array,
    private readonly minSamplesLeaf: number,
  ) {
    const classes = weights.length;
    const info = simd.i32(rows.rows);
    const totals = simd.i32(classes);
    const best = simd.f64(4);
    this.#blocks = {
      info,
      totals,
      best,
      codes: simd.i32(rows.rows),
      weights: simd.f64(weights),
      work: simd.u8(256 * (classes + 1) * 4 + 32 + classes * 4),
    };
    this.leaf = new Float64Array(classes);
    this.#info = new Uint32Array(info.view().buffer, info.at, info.length);
    this.#totals = totals.view();
    this.best = best.view();
  }

  draw(counts: Uint16Array): void {
    for (let i = 0; i < counts.length; i++) this.#info[i] = this.codes[i]! | (counts[i]! << 16);
  }

  load(from: number, to: number): void {
    const { info, codes, totals } = this.#blocks;
    this.#from = from;
    this.#to = to;
    const classes = this.weights.length;
    this.simd.kernels.gatherClasses(this.#order, to - from, info.at, codes.at, totals.at, classes);
    let weight = 0;
    let squares = 0;
    let seen = 0;
    for (let k = 0; k < classes; k++) {
      const part = this.#totals[k]! * this.weights[k]!;
      weight += part;
      squares += part * part;
      if (this.#totals[k]) seen++;
    }
    for (let k = 0; k < classes; k++) this.leaf[k] = (this.#totals[k]! * this.weights[k]!) / weight;
    this.weight = weight;
    this.score = squares / weight;
    this.pure = seen === 1;
    this.best[0] = -Infinity;
  }

  search(column: number): boolean {
    const { codes, totals, weights, work, best } = this.#blocks;
    return (
      this.simd.kernels.bestClassSplit(
        this.rows.column(column),
        this.#order,
        this.#to - this.#from,
        codes.at,
        totals.at,
        weights.at,
        this.weights.length,
        work.at,
        this.minSamplesLeaf,
        column,
        best.at,
      ) === 1
    );
  }

  get #order(): number {
    return this.rows.order.at + this.#from * 4;
  }
}

/** Rows of numbers, of which a leaf holds the mean. */
export class ValueRows implements NodeRows {
  weight = 0;
  score = 0;
  pure = false;
  readonly best: Float64Array;
  readonly #pairs: Float32Array;
  readonly #totals: Float64Array;
  readonly #order: Int32Array;
  readonly #blocks: Readonly<Record<"pairs" | "gathered" | "totals" | "work" | "best", Block<unknown>>>;
  readonly #mean: number;
  #counts: Uint16Array = new Uint16Array(0);
  #from = 0;
  #to = 0;

  constructor(
    private readonly simd: Simd<NodeKernel>,
    private readonly rows: BinnedRows,
    private readonly values: Float64Array,
    private readonly minSamplesLeaf: number,
  ) {
    const pairs = simd.f32(rows.rows * 2);
    const totals = simd.f64(4);
    const best = simd.f64(4);
    this.#blocks = { pairs, totals, best, gathered: simd.f32(rows.rows * 2), work: simd.u8(256 * 32 + 32) };
    this.#mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    this.#pairs = pairs.view();
    this.#totals = totals.view();
    this.best = best.view();
    this.#order = rows.order.view();
  }

  draw(counts: Uint16Array): void {
    this.#counts = counts;
    // Singles are enough to choose splits by, once the mean is gone; leaves hold means of doubles.
    for (let i = 0; i < counts.length; i++) {
      this.#pairs[2 * i] = this.values[i]! - this.#mean;
      this.#pairs[2 * i + 1] = counts[i]!;
    }
  }

  load(from: number, to: number): void {
    const { pairs, gathered, totals } = this.#blocks;
    this.#from = from;
    this.#to = to;
    const order = this.rows.order.at + from * 4;
    this.simd.kernels.gatherValues(order, to - from, pairs.at, gathered.at, totals.at);
    const [sum, weight, least, greatest] = this.#totals;
    this.weight = weight!;
    this.score = (sum! * sum!) / weight!;
    this.pure = least === greatest;
    this.best[0] = -Infinity;
  }

  get leaf(): number[] {
    let sum = 0;
    for (let i = this.#from; i < this.#to; i++) {
      const row = this.#order[i]!;
      sum += this.#counts[row]! * this.values[row]!;
    }
    return [sum / this.weight];
  }

  search(column: number): boolean {
    const { gathered, totals, work, best } = this.#blocks;
    return (
      this.simd.kernels.bestMeanSplit(
        this.rows.column(column),
        this.rows.order.at + this.#from * 4,
        this.#to - this.#from,
        gathered.at,
        totals.at,
        work.at,
        this.minSamplesLeaf,
        column,
        best.at,
      ) === 1
    );
  }
}
