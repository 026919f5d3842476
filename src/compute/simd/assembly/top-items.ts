import { sums } from "./lanes";
import { madd } from "./multiply-add";
import { offer, sortBest } from "./top";

/** scores ← v · y for n rows y of `stride` bytes, divisible by 16; scores: room for n rounded up to 4. */
export function rowProducts(v: usize, y: usize, stride: i32, n: i32, scores: usize): void {
  for (let row = 0; row < n; row += 4) {
    const y0 = y + row * stride;
    const y1 = y + min(row + 1, n - 1) * stride;
    const y2 = y + min(row + 2, n - 1) * stride;
    const y3 = y + min(row + 3, n - 1) * stride;
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (let o = 0; o < stride; o += 16) {
      const value = v128.load(v + o);
      a = madd(value, v128.load(y0 + o), a);
      b = madd(value, v128.load(y1 + o), b);
      c = madd(value, v128.load(y2 + o), c);
      d = madd(value, v128.load(y3 + o), d);
    }
    v128.store(scores + (row << 2), sums(a, b, c, d));
  }
}

/** scores ← scores + Σ weight · the sparse row of each of n listed rows. values: singles; starts and indices: where rows begin, and columns. */
export function addSparseRows(
  starts: usize, indices: usize, values: usize, listed: usize, weights: usize, n: i32, scores: usize,
): void {
  for (let k = 0; k < n << 2; k += 4) {
    const row = starts + (load<i32>(listed + k) << 2);
    const weight = load<f32>(weights + k);
    const end = load<i32>(row, 4) << 2;
    for (let e = load<i32>(row) << 2; e < end; e += 4) {
      const at = scores + (load<i32>(indices + e) << 2);
      store<f32>(at, load<f32>(at) + weight * load<f32>(values + e));
    }
  }
}

/**
 * ids, best ← the k best of n scores above `floor`, best first, ties to the lowest place; gives how many there are. Places in `barred` (m of
 * them) are left out: their scores become −∞. What is past the last score is set to −∞ too, up to a multiple of 4.
 */
export function topOf(scores: usize, n: i32, floor: f32, barred: usize, m: i32, k: i32, ids: usize, best: usize): i32 {
  for (let i = 0; i < m << 2; i += 4) store<f32>(scores + (load<i32>(barred + i) << 2), -Infinity);
  for (let i = n; i & 3; i++) store<f32>(scores + (i << 2), -Infinity);
  let size = 0;
  let least = floor;
  for (let i = 0; i < n; i += 4) {
    const four = v128.load(scores + (i << 2));
    if (!v128.any_true(f32x4.gt(four, f32x4.splat(least)))) continue;
    for (let at = i; at < i + 4; at++) {
      const score = load<f32>(scores + (at << 2));
      if (!(score > least)) continue;
      size = offer(ids, best, size, k, at, score);
      // Places come in ascending order, so that an equal score is no better.
      if (size == k) least = load<f32>(best);
    }
  }
  sortBest(ids, best, size);
  return size;
}
