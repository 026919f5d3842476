import { nextTouched, touch, untouch } from "./touched-bins";

/** out[i] ← value and weight, two singles, of each of n rows; totals ← Σ weight·value, Σ weight, least and greatest value, as doubles. */
export function gatherValues(rows: usize, n: i32, pairs: usize, out: usize, totals: usize): void {
  let sum: f64 = 0;
  let weights: f64 = 0;
  let least: f64 = Infinity;
  let greatest: f64 = -Infinity;
  for (let i = 0; i < n; i++) {
    const pair = pairs + (load<i32>(rows + (i << 2)) << 3);
    const value = f64(load<f32>(pair));
    const weight = f64(load<f32>(pair, 4));
    store<u64>(out + (i << 3), load<u64>(pair));
    sum += weight * value;
    weights += weight;
    least = min(least, value);
    greatest = max(greatest, value);
  }
  store<f64>(totals, sum);
  store<f64>(totals, weights, 8);
  store<f64>(totals, least, 16);
  store<f64>(totals, greatest, 24);
}

/**
 * Looks for a split of one column that lowers the squared error most: largest SL² / WL + SR² / WR, S and W the sums of weight·value
 * and of weight on either side. values, totals: as `gatherValues` gives them; neither side may have fewer than `fewest` rows.
 * work: 256 bins of two doubles and a count, 32 bytes each, then 32 bytes, all zeroed.
 * best ← score, column, bin, the next bin with rows; only where the score there is lower. Gives whether the column varies.
 */
export function bestMeanSplit(
  bins: usize,
  rows: usize,
  n: i32,
  values: usize,
  totals: usize,
  work: usize,
  fewest: i32,
  column: i32,
  best: usize,
): i32 {
  const set = work + 8192;
  for (let i = 0; i < n; i++) {
    const bin = i32(load<u8>(bins + (load<i32>(rows + (i << 2)) << 2)));
    const entry = work + (bin << 5);
    const count = load<i32>(entry, 16);
    if (count == 0) touch(set, bin);
    store<i32>(entry, count + 1, 16);
    const value = f64(load<f32>(values + (i << 3)));
    const weight = f64(load<f32>(values + (i << 3), 4));
    store<f64>(entry, load<f64>(entry) + weight * value);
    store<f64>(entry, load<f64>(entry, 8) + weight, 8);
  }
  const sum = load<f64>(totals);
  const weight = load<f64>(totals, 8);
  const first = nextTouched(set, 0);
  let previous = -1;
  let seen = 0;
  let s: f64 = 0;
  let w: f64 = 0;
  for (let bin = first; bin >= 0; bin = nextTouched(set, bin + 1)) {
    if (seen >= fewest && n - seen >= fewest && seen > 0) {
      const rest = sum - s;
      const score = (s * s) / w + (rest * rest) / (weight - w);
      if (score > load<f64>(best)) {
        store<f64>(best, score);
        store<f64>(best, column, 8);
        store<f64>(best, previous, 16);
        store<f64>(best, bin, 24);
      }
    }
    const entry = work + (bin << 5);
    seen += load<i32>(entry, 16);
    s += load<f64>(entry);
    w += load<f64>(entry, 8);
    memory.fill(entry, 0, 32);
    previous = bin;
  }
  untouch(set);
  return i32(previous != first);
}
