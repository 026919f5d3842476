/** Bits of a like that say how far its user is from that of the first of 64 likes. */
const shareBits: i32 = 6;

/**
 * triples ← draws `from` to `to` of the epoch of that key by the place of their like, 4 words each: row of the user, of the item liked, of the
 * other, and nothing. Items stand `users` rows below users. A draw takes one of `pairs` likes, and one of `choices` other items; where the
 * user likes that too, and `marks` is not 0, it is left out. likes: sorted, a word each, item · 64 + (place of the user in `named` − shares of
 * the like / 64); starts: where each user's begin; others: words of which the item is what stands above `otherBits` bits; marks: as `bprMark`
 * made them; words: room for 4 · (to − from) and one; buckets: for 2 to the power of 32 − bucketShift. Gives how many there are; the user
 * after the last is −1.
 */
export function bprSample(
  triples: usize, key: u32, from: i32, to: i32, pairs: i32, likes: usize, shares: usize, named: usize, starts: usize, users: i32,
  others: usize, otherBits: i32, choices: i32, marks: usize, words: usize, buckets: usize, bucketShift: i32,
): i32 {
  const count = to - from;
  const sorted = words + (count << 3);
  drawWords(words, key, from, count);
  sortWords(words, sorted, count, buckets, bucketShift);
  lookUp(sorted, count, pairs, likes, others, otherBits, choices);
  let end = triples;
  for (let at = sorted; at < sorted + (count << 3); at += 8) {
    const place = load<i32>(at);
    const other = load<i32>(at, 4);
    const like = load<u32>(likes + (place << 2));
    const user = userOf(place, like, shares, named);
    if (marks != 0) {
      const own = starts + (user << 2);
      const low = load<i32>(own);
      const high = load<i32>(own, 4);
      if (marked(marks, mark(low, high, other)) && holds(likes, low, high, other)) continue;
    }
    store<i32>(end, user);
    store<i32>(end, users + itemOf(like), 4);
    store<i32>(end, users + other, 8);
    end += 16;
  }
  store<i32>(end, -1);
  return i32(end - triples) >> 4;
}

// @ts-ignore: decorator
@inline
function itemOf(like: u32): i32 {
  return like >> shareBits;
}

// @ts-ignore: decorator
@inline
function userOf(place: i32, like: u32, shares: usize, named: usize): i32 {
  const share = load<i32>(shares + ((place >> shareBits) << 2));
  return load<i32>(named + ((share + (like & ((1 << shareBits) - 1))) << 2));
}

/** sorted ← for each pair of words, the place of the like and the other item. A loop of its own, so short that many look-ups are under way at once. */
// @ts-ignore: decorator
@inline
function lookUp(sorted: usize, count: i32, pairs: i32, likes: usize, others: usize, otherBits: i32, choices: i32): void {
  let met = 0;
  for (let at = sorted; at < sorted + (count << 3); at += 8) {
    const place = below(load<u32>(at), pairs);
    met |= load<i32>(likes + (place << 2));
    store<i32>(at, place);
    store<u32>(at, load<u32>(others + (below(load<u32>(at, 4), choices) << 2)) >> otherBits, 4);
  }
  // So that what was looked up ahead of its use is not left out.
  store<i32>(sorted + (count << 3), met);
}

/** words ← two words of the stream of that key for each of `count` draws. */
// @ts-ignore: decorator
@inline
function drawWords(words: usize, key: u32, from: i32, count: i32): void {
  const step: u32 = 0x9e3779b9;
  const first = key + u32((from << 1) + 1) * step;
  let t = i32x4.add(i32x4.splat(first), i32x4(0, step, step * 2, step * 3));
  for (let at = words; at < words + (count << 3); at += 16) {
    let mixed = i32x4.mul(v128.xor(t, i32x4.shr_u(t, 16)), i32x4.splat(0x21f0aaad));
    mixed = i32x4.mul(v128.xor(mixed, i32x4.shr_u(mixed, 15)), i32x4.splat(0x735a2d97));
    v128.store(at, v128.xor(mixed, i32x4.shr_u(mixed, 15)));
    t = i32x4.add(t, i32x4.splat(step * 4));
  }
}

/** sorted ← the pairs of words, ascending by the first: put into buckets by its upper bits, and then in order. */
// @ts-ignore: decorator
@inline
function sortWords(words: usize, sorted: usize, count: i32, buckets: usize, shift: i32): void {
  const end = words + (count << 3);
  const size = (1 << (32 - shift)) << 2;
  memory.fill(buckets, 0, size);
  for (let at = words; at < end; at += 8) {
    const bucket = buckets + ((load<u32>(at) >> shift) << 2);
    store<i32>(bucket, load<i32>(bucket) + 8);
  }
  let sum: i32 = 0;
  for (let bucket = buckets; bucket < buckets + size; bucket += 4) {
    const own = load<i32>(bucket);
    store<i32>(bucket, sum);
    sum += own;
  }
  for (let at = words; at < end; at += 8) {
    const bucket = buckets + ((load<u32>(at) >> shift) << 2);
    const place = load<i32>(bucket);
    store<i32>(bucket, place + 8);
    store<u64>(sorted + place, load<u64>(at));
  }
  for (let at = sorted + 8; at < sorted + (count << 3); at += 8) {
    const pair = load<u64>(at);
    let place = at;
    while (place > sorted && load<u32>(place - 8) > u32(pair)) {
      store<u64>(place, load<u64>(place - 8));
      place -= 8;
    }
    store<u64>(place, pair);
  }
}

/** A number from 0 to bound − 1 from 32 random bits. */
// @ts-ignore: decorator
@inline
function below(bits: u32, bound: i32): i32 {
  return i32((u64(bits) * u64(bound)) >> 32);
}

/** The bit that stands for a like: one of the 16 a like that its user has, so that the bits of a user stand together. */
// @ts-ignore: decorator
@inline
function mark(low: i32, high: i32, item: i32): u32 {
  return u32(low << 4) + below(u32(item) * 0x9e3779b1, (high - low) << 4);
}

// @ts-ignore: decorator
@inline
function marked(marks: usize, bit: u32): bool {
  return ((load<u8>(marks + (bit >> 3)) >> u8(bit & 7)) & 1) != 0;
}

/** Sets in `marks` the bit of each like: a Bloom filter of one hash and 16 bits a like, so that most pairs that are none are told apart by one look. */
export function bprMark(marks: usize, pairs: i32, likes: usize, shares: usize, named: usize, starts: usize): void {
  for (let place = 0; place < pairs; place++) {
    const like = load<u32>(likes + (place << 2));
    const own = starts + (userOf(place, like, shares, named) << 2);
    const bit = mark(load<i32>(own), load<i32>(own, 4), itemOf(like));
    const at = marks + (bit >> 3);
    store<u8>(at, load<u8>(at) | (1 << u8(bit & 7)));
  }
}

/** Whether `item` is among those of the sorted `likes` from place `low` to `high`. */
// @ts-ignore: decorator
@inline
function holds(likes: usize, low: i32, high: i32, item: i32): bool {
  let n = high - low;
  let at = likes + (low << 2);
  while (n > 1) {
    const half = n >> 1;
    at = select(at + (half << 2), at, itemOf(load<u32>(at + (half << 2))) <= item);
    n -= half;
  }
  return itemOf(load<u32>(at)) == item;
}
