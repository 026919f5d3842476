import { offer, sortBest } from "./top";

/**
 * ids, sims ← for items `from` to `to`, k places each, the k most similar others, best first, ties to the lowest; the places left are −1 and 0.
 * sim = Σ wᵤᵢwᵤⱼ / (normᵢ normⱼ) over users u, above 0. Users of each item and items of each user are sparse rows, with doubles for
 * weights; norms: doubles; sums: doubles for all items, zero; seen: room for all items.
 */
export function cosineNeighbours(
  itemStarts: usize, itemUsers: usize, itemWeights: usize, userStarts: usize, userItems: usize, userWeights: usize,
  norms: usize, sums: usize, seen: usize, from: i32, to: i32, k: i32, ids: usize, sims: usize,
): void {
  for (let item = from; item < to; item++) {
    const found = gather(itemStarts + (item << 2), itemUsers, itemWeights, userStarts, userItems, userWeights, sums, seen);
    const norm = load<f64>(norms + (item << 3));
    const at = (item - from) * (k << 2);
    let size = 0;
    for (let n = 0; n < found; n++) {
      const other = load<i32>(seen + (n << 2));
      const sum = sums + (other << 3);
      const sim = f32(load<f64>(sum) / (norm * load<f64>(norms + (other << 3))));
      store<f64>(sum, 0);
      if (other != item && sim > 0) size = offer(ids + at, sims + at, size, k, other, sim);
    }
    sortBest(ids + at, sims + at, size);
    for (let n = size; n < k; n++) {
      store<i32>(ids + at + (n << 2), -1);
      store<f32>(sims + at + (n << 2), 0);
    }
  }
}

/** sums ← Σ wᵤᵢwᵤⱼ of one item with all items j that share a user with it; seen ← those j; gives how many. */
// @ts-ignore: decorator
@inline
function gather(
  item: usize, itemUsers: usize, itemWeights: usize, userStarts: usize, userItems: usize, userWeights: usize, sums: usize, seen: usize,
): i32 {
  let found = 0;
  for (let e = load<i32>(item); e < load<i32>(item, 4); e++) {
    const weight = load<f64>(itemWeights + (e << 3));
    const user = userStarts + (load<i32>(itemUsers + (e << 2)) << 2);
    for (let f = load<i32>(user); f < load<i32>(user, 4); f++) {
      const other = load<i32>(userItems + (f << 2));
      const at = sums + (other << 3);
      const sum = load<f64>(at);
      store<i32>(seen + (found << 2), other);
      found += i32(sum == 0);
      store<f64>(at, sum + weight * load<f64>(userWeights + (f << 3)));
    }
  }
  return found;
}
