import { permutation, seededRandom, type Random } from "../core/random.ts";
import type { Labels } from "./estimator.ts";
import { checkSameRows, describe, rowCount, takeRows, toLabels, type Sliceable } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";

/** Options of `trainTestSplit`. */
export interface TrainTestSplitOptions {
  /** Share of rows to hold out, in (0, 1), rounded up; or a number of rows. Default 0.25. */
  readonly testSize?: number;
  /** Names the shuffle. Default 0. */
  readonly seed?: number;
  /** Labels whose shares are kept alike on both sides. Default none. */
  readonly stratify?: Labels | null;
}

/**
 * Rows of X and y split at random in two: [XTrain, XTest, yTrain, yTest], each in a container of the kind given.
 * A side without rows, or with `stratify` a class of one row or a side smaller than the number of classes, is a RangeError.
 */
export function trainTestSplit<X extends Sliceable, Y extends Sliceable>(
  X: X,
  y: Y,
  options: TrainTestSplitOptions = {},
): [XTrain: X, XTest: X, yTrain: Y, yTest: Y] {
  const what = "trainTestSplit";
  const { testSize, seed, stratify } = withDefaults(
    what,
    { testSize: 0.25, seed: 0, stratify: null },
    options,
  );
  const n = rowCount(X);
  const labels: number | undefined = rowCount(y);
  if (labels === undefined)
    throw new TypeError(
      `${what}: expected values of y, one a row of X, got ${describe(y)}; options come third`,
    );
  checkSameRows("X", n, "y", labels);
  const count = testSize < 1 ? Math.ceil(testSize * n) : testSize;
  const inside = testSize > 0 && Number.isInteger(count) && count < n;
  checkParam(what, "testSize", testSize, `a share in (0, 1) or a whole number under the ${n} rows`, inside);
  const random = seededRandom(seed);
  const test =
    stratify === null ? permutation(n, random).subarray(0, count) : stratified(stratify, n, count, random);
  const held = new Set(test);
  const train = permutation(n, random).filter((row) => !held.has(row));
  return [takeRows(X, train), takeRows(X, test), takeRows(y, train), takeRows(y, test)];
}

/** `count` rows drawn so that each class has its share of them, in random order. */
function stratified(labels: Labels, n: number, count: number, random: Random): Uint32Array {
  const { classes, codes } = toLabels(labels, "trainTestSplit: stratify");
  checkSameRows("X", n, "stratify", codes.length);
  const rows = classes.map((): number[] => []);
  for (const row of permutation(n, random)) rows[codes[row]!]!.push(row);
  const single = rows.findIndex((members) => members.length < 2);
  if (single >= 0)
    throw new RangeError(
      `trainTestSplit: expected two rows or more of each class, got one of ${String(classes[single])}`,
    );
  if (count < classes.length || n - count < classes.length)
    throw new RangeError(
      `trainTestSplit: expected at least ${classes.length} rows on each side, got ${n - count} and ${count}`,
    );
  const shares = apportion(
    rows.map((members) => members.length),
    count,
  );
  const chosen = rows.flatMap((members, code) => members.slice(0, shares[code]));
  return permutation(count, random).map((place) => chosen[place]!);
}

/** `count` split in proportion to `sizes` by largest remainders; ties go to the first. */
function apportion(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * count) / total);
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, i) => [share - shares[i]!, i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const left = count - shares.reduce((sum, share) => sum + share, 0);
  for (const [, i] of byRemainder.slice(0, left)) shares[i]!++;
  return shares;
}
