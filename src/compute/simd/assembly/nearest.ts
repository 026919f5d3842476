import { offer } from "./top";

/**
 * Offers n scores of each of m queries, rows of `stride` singles, to the query's heap of k places (ids, best; `sizes` says how many are taken):
 * score j stands for point first + j. The point `own` + i is left out for query i; own < 0 leaves out none. Scores past n are read up to a
 * multiple of four, and do not count.
 */
export function offerScores(
  scores: usize, m: i32, n: i32, stride: i32, first: i32, own: i32, k: i32, ids: usize, best: usize, sizes: usize,
): void {
  for (let i = 0; i < m; i++) {
    const row = scores + (<usize>(i * stride) << 2);
    const heap = <usize>(i * k) << 2;
    const size = sizes + (<usize>i << 2);
    const left = own < 0 ? -1 : own + i;
    store<i32>(size, offerRow(row, n, first, left, k, ids + heap, best + heap, load<i32>(size)));
  }
}

// @ts-ignore: decorator
@inline
function offerRow(row: usize, n: i32, first: i32, left: i32, k: i32, ids: usize, best: usize, size: i32): i32 {
  let least: f32 = size == k ? load<f32>(best) : -Infinity;
  for (let j = 0; j < n; j += 4) {
    if (!v128.any_true(f32x4.gt(v128.load(row + (<usize>j << 2)), f32x4.splat(least)))) continue;
    for (let at = j; at < min(j + 4, n); at++) {
      const score = load<f32>(row + (<usize>at << 2));
      if (!(score > least) || first + at == left) continue;
      size = offer(ids, best, size, k, first + at, score);
      // Points come in ascending order, so that an equal score is no better.
      if (size == k) least = load<f32>(best);
    }
  }
  return size;
}

/** found ← first + the place of each of n scores that is not below the cut; gives how many. Scores past n are read up to a multiple of four. */
export function placesFrom(scores: usize, n: i32, cut: f32, first: i32, found: usize): i32 {
  let count = 0;
  for (let j = 0; j < n; j += 4) {
    if (v128.all_true<i32>(f32x4.lt(v128.load(scores + (<usize>j << 2)), f32x4.splat(cut)))) continue;
    for (let at = j; at < min(j + 4, n); at++) {
      if (load<f32>(scores + (<usize>at << 2)) < cut) continue;
      store<i32>(found + (<usize>count << 2), first + at);
      count++;
    }
  }
  return count;
}
