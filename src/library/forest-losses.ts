import type { TreesBuilder } from "../compute/trees.ts";
import type { Matrix } from "../data/matrix.ts";
import type { StepLosses } from "./training-trees.ts";

/** What a forest learns: codes of classes, with a weight for each class, or values. */
export type ForestTarget =
  | { readonly kind: "classes"; readonly codes: Int32Array; readonly weights: Float64Array }
  | { readonly kind: "values"; readonly values: Float64Array };

/** Rows that are dealt with at once. */
const blockRows = 16384;

/** Fewest rows of which some can be trusted to be left out of each tree's draw. */
const fewestRows = 20;

/**
 * Losses of a forest as it grows: of all rows by all trees, and out of bag, of each row by the trees that were not grown on it.
 * Classes: ½ Σₖ (pₖ − [y = k])², the Brier score; values: the squared error; each the mean over rows.
 */
export class ForestLosses {
  /** Sums of the trees' predictions for each row, and those out of bag, with the number of trees. */
  readonly #sums: Float64Array;
  readonly bagged: { readonly sums: Float64Array; readonly trees: Uint32Array } | null;
  #trees = 0;

  constructor(
    private readonly builder: TreesBuilder,
    private readonly X: Matrix<Float64Array>,
    private readonly target: ForestTarget,
    bootstrap: boolean,
  ) {
    const size = X.rows * builder.outputs;
    this.#sums = new Float64Array(size);
    this.bagged =
      bootstrap && X.rows >= fewestRows
        ? { sums: new Float64Array(size), trees: new Uint32Array(X.rows) }
        : null;
  }

  /** Takes the last tree in, grown on rows drawn so often; gives both losses. */
  async take(counts: Uint16Array, breathe: () => Promise<boolean>): Promise<StepLosses> {
    const { outputs } = this.builder;
    const own = new Float64Array(this.X.rows * outputs);
    this.#trees++;
    let loss = 0;
    let heldLoss = 0;
    let held = 0;
    for (let from = 0; from < this.X.rows; from += blockRows) {
      const to = Math.min(from + blockRows, this.X.rows);
      this.builder.addLast(this.X, from, to, own, outputs, 0);
      for (let i = from; i < to; i++) {
        for (let k = i * outputs; k < (i + 1) * outputs; k++) this.#sums[k]! += own[k]!;
        loss += this.#loss(i, this.#sums, this.#trees);
        if (!this.bagged) continue;
        const { sums, trees } = this.bagged;
        if (!counts[i]) {
          for (let k = i * outputs; k < (i + 1) * outputs; k++) sums[k]! += own[k]!;
          trees[i]!++;
        }
        if (!trees[i]) continue;
        heldLoss += this.#loss(i, sums, trees[i]!);
        held++;
      }
      await breathe();
    }
    return { loss: loss / this.X.rows, validationLoss: this.bagged && heldLoss / held };
  }

  #loss(row: number, sums: Float64Array, trees: number): number {
    const { target } = this;
    if (target.kind === "values") return (sums[row]! / trees - target.values[row]!) ** 2;
    const { outputs } = this.builder;
    let sum = 0;
    for (let k = 0; k < outputs; k++)
      sum += (sums[row * outputs + k]! / trees - (target.codes[row] === k ? 1 : 0)) ** 2;
    return sum / 2;
  }
}
