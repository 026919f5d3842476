// The plain way of what src/compute/simd does for trees: one row, one column and one bin after another.

/** Rows as bins, row after row; 255 is missing. */
export interface TwinRows {
  readonly bins: readonly (readonly number[])[];
  /** Bins of each column that are not for missing values. */
  readonly counts: readonly number[];
}

/** The bin of a value: how many thresholds lie below it. */
export function binOf(value: number, thresholds: ArrayLike<number>): number {
  if (Number.isNaN(value)) return 255;
  return Array.from(thresholds).filter((threshold) => threshold < value).length;
}

/** Whether a bin goes left. */
export function goesLeft(found: number, bin: number, missingLeft: boolean): boolean {
  return found === 255 ? missingLeft : found <= bin;
}

/** Sums of gradients, hessians and rows that go left. */
export function leftSums(
  { bins }: TwinRows,
  rows: readonly number[],
  pairs: ArrayLike<number>,
  column: number,
  bin: number,
  missingLeft: boolean,
): { g: number; h: number; n: number } {
  const left = rows.filter((row) => goesLeft(bins[row]![column]!, bin, missingLeft));
  const sum = (at: number): number => left.reduce((total, row) => total + pairs[2 * row + at]!, 0);
  return { g: sum(0), h: sum(1), n: left.length };
}

/** The largest gain GL²/(HL + l2) + GR²/(HR + l2) − G²/(H + l2) of any split that leaves so many rows and so much hessian on either side. */
export function bestGain(
  twin: TwinRows,
  rows: readonly number[],
  pairs: ArrayLike<number>,
  limits: { readonly minSamplesLeaf: number; readonly leastHessian: number; readonly l2: number },
): number {
  const strength = (g: number, h: number): number => (g * g) / (h + limits.l2 + 1e-15);
  const all = leftSums(twin, rows, pairs, 0, 254, true);
  let best = 0;
  for (const [column, count] of twin.counts.entries())
    for (let bin = 0; bin < count; bin++)
      for (const missingLeft of [false, true]) {
        const { g, h, n } = leftSums(twin, rows, pairs, column, bin, missingLeft);
        if (n < limits.minSamplesLeaf || rows.length - n < limits.minSamplesLeaf) continue;
        if (h < limits.leastHessian || all.h - h < limits.leastHessian) continue;
        best = Math.max(best, strength(g, h) + strength(all.g - g, all.h - h) - strength(all.g, all.h));
      }
  return best;
}

/** Purity Σₖ wₖ² / Σₖ wₖ of rows by the weights of their classes. */
export function purity(
  rows: readonly number[],
  weightOf: (row: number, k: number) => number,
  classes: number,
): number {
  const weights = Array.from({ length: classes }, (_, k) =>
    rows.reduce((sum, row) => sum + weightOf(row, k), 0),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.reduce((sum, weight) => sum + weight * weight, 0) / total : 0;
}

/** The largest sum of `score` over both sides of a split by that column; −Infinity where there is none. */
export function bestScore(
  { bins, counts }: TwinRows,
  rows: readonly number[],
  column: number,
  fewest: number,
  score: (rows: readonly number[]) => number,
): number {
  let best = -Infinity;
  for (let bin = 0; bin < counts[column]! - 1; bin++) {
    const left = rows.filter((row) => bins[row]![column]! <= bin);
    const right = rows.filter((row) => bins[row]![column]! > bin);
    if (Math.min(left.length, right.length) < Math.max(fewest, 1)) continue;
    best = Math.max(best, score(left) + score(right));
  }
  return best;
}
