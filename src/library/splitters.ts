import { permutation, seededRandom } from "../core/random.ts";
import type { Labels, Numbers } from "./estimator.ts";
import { checkSameRows, rowCount, toLabels, toNumbers, type Sliceable } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";

/** Places of the rows to train on and of those to test on, ascending. */
export type Split = [train: Uint32Array, test: Uint32Array];

/** A way to split rows again and again into those to train on and those to test on. */
export interface Splitter {
  /** How many splits there are. */
  getNSplits(): number;
  /** The splits of X's rows, one after another; y holds their labels where the way to split needs them. */
  split(X: Sliceable, y?: Labels): Iterable<Split>;
}

/** Parameters of `StratifiedKFold`. */
export interface StratifiedKFoldParams {
  /** Number of folds, at least 2. Default 5. */
  readonly nSplits?: number;
  /** Whether rows of a class are dealt to the folds at random rather than in order. Default false. */
  readonly shuffle?: boolean;
  /** Names the shuffle. Default 0. */
  readonly seed?: number;
}

/**
 * Folds of nearly one size, each with the classes of y in nearly the same shares. Without `shuffle` the folds are those of scikit-learn.
 * A class may have fewer rows than there are folds, but not all of them: then `split` throws a RangeError.
 */
export class StratifiedKFold implements Splitter {
  readonly #params: Required<StratifiedKFoldParams>;

  constructor(params: StratifiedKFoldParams = {}) {
    this.#params = withDefaults("StratifiedKFold", { nSplits: 5, shuffle: false, seed: 0 }, params);
    const { nSplits } = this.#params;
    checkParam(
      "StratifiedKFold",
      "nSplits",
      nSplits,
      "a whole number of at least 2",
      Number.isInteger(nSplits) && nSplits >= 2,
    );
  }

  getNSplits(): number {
    return this.#params.nSplits;
  }

  /** The splits of X's rows by their labels y. */
  *split(X: Sliceable, y?: Labels): Generator<Split> {
    if (y === undefined) throw new TypeError("StratifiedKFold.split: expected labels y, got undefined");
    const { codes } = toLabels(y, "StratifiedKFold.split: y");
    checkSameRows("X", rowCount(X), "y", codes.length);
    const fold = this.#folds(codes);
    for (let k = 0; k < this.#params.nSplits; k++) yield splitBy(fold, k);
  }

  /** The fold of each row. */
  #folds(codes: Int32Array): Int32Array {
    const { nSplits, shuffle, seed } = this.#params;
    // As in scikit-learn: classes are numbered by first appearance, and sorted rows are dealt like cards.
    const rows = new Map<number, number[]>();
    for (const [row, code] of codes.entries()) {
      const members = rows.get(code);
      if (members) members.push(row);
      else rows.set(code, [row]);
    }
    let most = 0;
    for (const members of rows.values()) most = Math.max(most, members.length);
    if (most < nSplits)
      throw new RangeError(`StratifiedKFold: expected ${nSplits} rows of some class, got at most ${most}`);
    const random = seededRandom(seed);
    const fold = new Int32Array(codes.length);
    let dealt = 0;
    for (const members of rows.values()) {
      const counts = Array.from({ length: nSplits }, () => 0);
      for (const _ of members) counts[dealt++ % nSplits]!++;
      const folds = counts.flatMap((count, k) => Array.from({ length: count }, () => k));
      const places = shuffle ? permutation(folds.length, random) : folds.keys();
      for (const [i, place] of [...places].entries()) fold[members[i]!] = folds[place]!;
    }
    return fold;
  }
}

/** Folds a person chose: `testFold` gives for each row the fold in which it is tested, −1 for a row that is always trained on. */
export class PredefinedSplit implements Splitter {
  readonly #testFold: Float64Array;
  readonly #folds: readonly number[];

  constructor(testFold: Numbers) {
    this.#testFold = toNumbers(testFold, "PredefinedSplit: testFold");
    this.#folds = [...new Set(this.#testFold)].filter((fold) => fold !== -1).sort((a, b) => a - b);
    const stray = this.#folds.find((fold) => !Number.isInteger(fold));
    if (stray !== undefined)
      throw new RangeError(`PredefinedSplit: expected whole numbers in testFold, got ${stray}`);
    if (this.#folds.length === 0)
      throw new RangeError("PredefinedSplit: expected at least one fold in testFold, got none");
  }

  getNSplits(): number {
    return this.#folds.length;
  }

  /** One split a fold, in ascending order of the folds. */
  *split(X: Sliceable): Generator<Split> {
    checkSameRows("testFold", this.#testFold.length, "X", rowCount(X));
    for (const fold of this.#folds) yield splitBy(this.#testFold, fold);
  }
}

/** The rows outside `fold` and those in it. */
function splitBy(folds: Int32Array | Float64Array, fold: number): Split {
  const rows = Uint32Array.from(folds.keys());
  return [rows.filter((row) => folds[row] !== fold), rows.filter((row) => folds[row] === fold)];
}
