/** Most bins of a column that hold values; one more is for missing ones. */
export const mostBins = 255;

/** How the values of one column are cut into bins. */
export interface ColumnBins {
  /** Ascending: bin b holds the values above thresholds[b − 1], up to thresholds[b]. */
  readonly thresholds: Float64Array;
  /** The least and the greatest value that was seen in each bin. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/**
 * At most maxBins bins of a column: one a distinct value, parted half-way, where there are so few; else as many as possible of one
 * number of values, parted at quantiles. Missing values (NaN) are in none of them. The thresholds of scikit-learn 1.9.
 */
export function columnBins(values: Float64Array, maxBins: number): ColumnBins {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const thresholds = distinct.length <= maxBins ? midpoints(distinct) : quantiles(sorted, maxBins);
  const lowest = new Float64Array(thresholds.length + 1).fill(NaN);
  const highest = new Float64Array(thresholds.length + 1).fill(NaN);
  let bin = 0;
  for (const value of distinct) {
    while (bin < thresholds.length && value > thresholds[bin]!) bin++;
    if (Number.isNaN(lowest[bin])) lowest[bin] = value;
    highest[bin] = value;
  }
  return { thresholds, lowest, highest };
}

/** Half-way between the last value of one bin and the first of another; so that what a tree asks for depends on its own rows alone. */
export function between({ highest, lowest }: ColumnBins, bin: number, next: number): number {
  const low = highest[bin]!;
  const middle = low / 2 + lowest[next]! / 2;
  // Between neighbouring doubles there is nothing: then the lower of the two parts them.
  return middle < lowest[next]! ? middle : low;
}

function midpoints(distinct: Float64Array): Float64Array {
  const middles = new Float64Array(Math.max(distinct.length - 1, 0));
  for (let i = 0; i < middles.length; i++) {
    const middle = (distinct[i]! + distinct[i + 1]!) / 2;
    middles[i] = middle < distinct[i + 1]! ? middle : distinct[i]!;
  }
  return middles;
}

function quantiles(sorted: Float64Array, bins: number): Float64Array {
  const cuts = Float64Array.from({ length: bins - 1 }, (_, i) => {
    // In NumPy's own arithmetic: whether a place is whole, and so between two values, depends on how it rounds.
    const place = sorted.length * (((i + 1) * (100 / bins)) / 100) - 1;
    const next = sorted[Math.floor(place) + 1]!;
    return Number.isInteger(place) ? (sorted[place]! + next) / 2 : next;
  });
  return cuts.filter((cut, i) => i === 0 || cut !== cuts[i - 1]);
}
