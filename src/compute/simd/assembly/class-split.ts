import { nextTouched, touch, untouch } from "./touched-bins";

/** codes[i] ← class | weight << 16 of each of n rows; totals ← weight of each class, whole numbers. */
export function gatherClasses(rows: usize, n: i32, info: usize, codes: usize, totals: usize, classes: i32): void {
  memory.fill(totals, 0, classes << 2);
  for (let i = 0; i < n; i++) {
    const code = load<u32>(info + (load<i32>(rows + (i << 2)) << 2));
    store<u32>(codes + (i << 2), code);
    const total = totals + ((code & 0xffff) << 2);
    store<i32>(total, load<i32>(total) + i32(code >> 16));
  }
}

/**
 * Looks for a split of one column that purifies its sides most: largest Σₖ lₖ² / Σₖ lₖ + Σₖ rₖ² / Σₖ rₖ, l and r the weights of each class
 * on either side. codes, totals: as `gatherClasses` gives them; weights: a double a class, by which it counts; neither side may have
 * fewer than `fewest` rows. work: 256 bins of classes + 1 integers, zeroed, then 32 bytes, zeroed, then `classes` integers.
 * best ← score, column, bin, the next bin with rows; only where the score there is lower. Gives whether the column varies.
 */
export function bestClassSplit(
  bins: usize,
  rows: usize,
  n: i32,
  codes: usize,
  totals: usize,
  weights: usize,
  classes: i32,
  work: usize,
  fewest: i32,
  column: i32,
  best: usize,
): i32 {
  const stride = (classes + 1) << 2;
  const set = work + (stride << 8);
  const left = set + 32;
  for (let i = 0; i < n; i++) {
    const bin = i32(load<u8>(bins + (load<i32>(rows + (i << 2)) << 2)));
    const entry = work + bin * stride;
    const count = load<i32>(entry);
    if (count == 0) touch(set, bin);
    store<i32>(entry, count + 1);
    const code = load<u32>(codes + (i << 2));
    const sum = entry + ((code & 0xffff) << 2);
    store<i32>(sum, load<i32>(sum, 4) + i32(code >> 16), 4);
  }
  memory.fill(left, 0, classes << 2);
  const first = nextTouched(set, 0);
  let previous = -1;
  let seen = 0;
  for (let bin = first; bin >= 0; bin = nextTouched(set, bin + 1)) {
    if (seen >= fewest && n - seen >= fewest && seen > 0) {
      const score = purity(left, totals, weights, classes);
      if (score > load<f64>(best)) {
        store<f64>(best, score);
        store<f64>(best, column, 8);
        store<f64>(best, previous, 16);
        store<f64>(best, bin, 24);
      }
    }
    const entry = work + bin * stride;
    seen += load<i32>(entry);
    for (let k = 0; k < classes << 2; k += 4) store<i32>(left + k, load<i32>(left + k) + load<i32>(entry + k, 4));
    memory.fill(entry, 0, stride);
    previous = bin;
  }
  untouch(set);
  return i32(previous != first);
}

// @ts-ignore: decorator
@inline
function purity(left: usize, totals: usize, weights: usize, classes: i32): f64 {
  let l: f64 = 0;
  let r: f64 = 0;
  let ll: f64 = 0;
  let rr: f64 = 0;
  for (let k = 0; k < classes; k++) {
    const weight = load<f64>(weights + (k << 3));
    const a = weight * f64(load<i32>(left + (k << 2)));
    const b = weight * f64(load<i32>(totals + (k << 2))) - a;
    l += a;
    ll += a * a;
    r += b;
    rr += b * b;
  }
  return (l > 0 ? ll / l : 0) + (r > 0 ? rr / r : 0);
}
