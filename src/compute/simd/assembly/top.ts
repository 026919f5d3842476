// A heap of the best pairs of a score and an id, the worst at its root. The higher score is better; of equal ones the lower id.

/** Puts a pair into a heap of `size` pairs that has room for `capacity` ≥ 1, the worst going where it is full; gives the new size. */
// @ts-ignore: decorator
@inline
export function offer(ids: usize, scores: usize, size: i32, capacity: i32, id: i32, score: f32): i32 {
  if (size < capacity) {
    rise(ids, scores, size, id, score);
    return size + 1;
  }
  if (worse(load<f32>(scores), load<i32>(ids), score, id)) sink(ids, scores, size, id, score);
  return size;
}

/** Sorts a heap, the best first. */
export function sortBest(ids: usize, scores: usize, size: i32): void {
  for (let end = size - 1; end > 0; end--) {
    const id = load<i32>(ids + (end << 2));
    const score = load<f32>(scores + (end << 2));
    put(ids, scores, end, load<i32>(ids), load<f32>(scores));
    sink(ids, scores, end, id, score);
  }
}

// @ts-ignore: decorator
@inline
function worse(score: f32, id: i32, than: f32, other: i32): bool {
  return score < than || (score == than && id > other);
}

// @ts-ignore: decorator
@inline
function put(ids: usize, scores: usize, at: i32, id: i32, score: f32): void {
  store<i32>(ids + (at << 2), id);
  store<f32>(scores + (at << 2), score);
}

/** Places a pair at the end of the heap and lets it rise above better ones. */
function rise(ids: usize, scores: usize, at: i32, id: i32, score: f32): void {
  while (at > 0) {
    const up = (at - 1) >> 1;
    const upId = load<i32>(ids + (up << 2));
    const upScore = load<f32>(scores + (up << 2));
    if (!worse(score, id, upScore, upId)) break;
    put(ids, scores, at, upId, upScore);
    at = up;
  }
  put(ids, scores, at, id, score);
}

/** Places a pair at the root, in the stead of what is there, and lets it sink below worse ones. */
function sink(ids: usize, scores: usize, size: i32, id: i32, score: f32): void {
  let at = 0;
  for (let down = 1; down < size; down = 2 * at + 1) {
    const next = down + 1;
    if (next < size && worse(load<f32>(scores + (next << 2)), load<i32>(ids + (next << 2)), load<f32>(scores + (down << 2)), load<i32>(ids + (down << 2))))
      down = next;
    const downId = load<i32>(ids + (down << 2));
    const downScore = load<f32>(scores + (down << 2));
    if (!worse(downScore, downId, score, id)) break;
    put(ids, scores, at, downId, downScore);
    at = down;
  }
  put(ids, scores, at, id, score);
}
