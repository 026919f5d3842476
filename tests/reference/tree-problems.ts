/** A number in [0, 1) that is the same in Python (tests/reference/trees.py). */
function mixed(i: number, j: number, seed: number): number {
  let h = (i * 7919 + j * 104729 + seed * 611953 + 12345) % 1000003;
  for (let round = 0; round < 3; round++) h = (h * h + 91 * h + 17 * j + i) % 1000003;
  return h / 1000003;
}

/** Rows whose value depends on some columns, one by another, with noise; `levels` > 0 leaves that many distinct values a column. */
export function treeProblem(
  rows: number,
  columns: number,
  levels: number,
  seed: number,
): { X: number[][]; value: number[] } {
  const X = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) =>
      levels === 0 ? mixed(i, j, seed) : Math.floor(mixed(i, j, seed) * levels) / levels,
    ),
  );
  const value = X.map((x, i) => {
    const last = x[columns - 1]!;
    return x[0]! + x[1]! * x[2]! - last * last + (mixed(i, 99, seed) - 0.5) / 2;
  });
  return { X, value };
}

/** X with missing values in its first and third column. */
export function withMissing(X: readonly (readonly number[])[], seed: number): (number | null)[][] {
  return X.map((row, i) =>
    row.map((value, j) => {
      const missing = (j === 0 && mixed(i, 50, seed) < 0.2) || (j === 2 && mixed(i, 51, seed) < 0.1);
      return missing ? null : value;
    }),
  );
}

/** In which of the classes parted by ascending cuts each value falls. */
export function digitized(values: readonly number[], cuts: readonly number[]): number[] {
  return values.map((value) => cuts.filter((cut) => value >= cut).length);
}
