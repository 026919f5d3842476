import type { DenseRows } from "./simd/binned-rows.ts";

/** Grown trees, their nodes one after another in flat arrays. */
export interface Trees {
  /** Numbers in a leaf. */
  readonly outputs: number;
  /** The first node of each tree. */
  readonly roots: Int32Array;
  /** The column that an inner node asks for; −1 in a leaf. */
  readonly feature: Int32Array;
  /** A row whose value is at most this goes left. */
  readonly threshold: Float64Array;
  /** Whether a row without that value goes left. */
  readonly missingLeft: Uint8Array;
  /** The node on either side; in a leaf, `left` is the place of its numbers in `values`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly values: Float64Array;
}

/** What an inner node asks for, and where it leads. */
export interface Branch {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
}

/** Trees while they grow. */
export class TreesBuilder {
  readonly #roots: number[] = [];
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #missingLeft: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #values: number[] = [];

  constructor(readonly outputs: number) {}

  /** How many trees there are. */
  get length(): number {
    return this.#roots.length;
  }

  /** Starts a tree; gives its first node. */
  begin(): number {
    this.#roots.push(this.#feature.length);
    return this.add();
  }

  /** A new node of the last tree. */
  add(): number {
    this.#threshold.push(0);
    this.#missingLeft.push(0);
    this.#left.push(-1);
    this.#right.push(-1);
    return this.#feature.push(-1) - 1;
  }

  /** Makes a node a branch. */
  branch(node: number, { feature, threshold, missingLeft, left, right }: Branch): void {
    this.#feature[node] = feature;
    this.#threshold[node] = threshold;
    this.#missingLeft[node] = missingLeft ? 1 : 0;
    this.#left[node] = left;
    this.#right[node] = right;
  }

  /** Makes a node a leaf with those numbers. */
  leaf(node: number, values: Iterable<number>): void {
    this.#left[node] = this.#values.length;
    this.#values.push(...values);
  }

  /** The first trees that were grown, or all. */
  trees(count = this.length): Trees {
    const nodes = this.#roots[count] ?? this.#feature.length;
    const first = <T>(list: readonly T[]): readonly T[] => list.slice(0, nodes);
    return {
      outputs: this.outputs,
      roots: Int32Array.from(this.#roots.slice(0, count)),
      feature: Int32Array.from(first(this.#feature)),
      threshold: Float64Array.from(first(this.#threshold)),
      missingLeft: Uint8Array.from(first(this.#missingLeft)),
      left: Int32Array.from(first(this.#left)),
      right: Int32Array.from(first(this.#right)),
      values: Float64Array.from(this.#values),
    };
  }

  /** Adds to `sums`, for each row of x at `from … to`, the numbers of its leaf in the last tree, from that column of `width` on. */
  addLast(x: DenseRows, from: number, to: number, sums: Float64Array, width: number, column: number): void {
    const root = this.#roots.at(-1)!;
    for (let i = from; i < to; i++) {
      const leaf = this.#leafOf(root, x.data, i * x.columns);
      for (let k = 0; k < this.outputs; k++) sums[i * width + column + k]! += this.#values[leaf + k]!;
    }
  }

  #leafOf(root: number, data: Float64Array, at: number): number {
    let node = root;
    for (let feature = this.#feature[node]!; feature >= 0; feature = this.#feature[node]!) {
      const value = data[at + feature]!;
      const goesLeft =
        value <= this.#threshold[node]! || (Number.isNaN(value) && this.#missingLeft[node] === 1);
      node = goesLeft ? this.#left[node]! : this.#right[node]!;
    }
    return this.#left[node]!;
  }
}
