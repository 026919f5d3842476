/** The kernels that look for the splits of decision trees. */
export type NodeKernel = "gatherClasses" | "bestClassSplit" | "gatherValues" | "bestMeanSplit";

/** The rows of one node of a decision tree, and its best split so far. */
export interface NodeRows {
  /** Takes how often each row counts; before any is loaded. */
  draw(counts: Uint16Array): void;
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
