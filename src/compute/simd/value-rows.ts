import type { BinnedRows } from "./binned-rows.ts";
import type { NodeKernel, NodeRows } from "./node-rows.ts";
import type { Block, Simd } from "./simd.ts";

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
