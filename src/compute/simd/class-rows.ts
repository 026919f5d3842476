import type { BinnedRows } from "./binned-rows.ts";
import type { NodeKernel, NodeRows } from "./node-rows.ts";
import type { Block, Simd } from "./simd.ts";

/** Rows of classes. codes: the class of each row; weights: how much each class counts. Takes all its memory at once. */
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
