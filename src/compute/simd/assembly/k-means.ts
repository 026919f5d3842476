import { sum } from "./lanes";
import { madd } from "./multiply-add";

/**
 * The nearest of k centres for each of n rows, ties to the lowest, as labels; and Σ(x − c)² to it as distances. Gives the sum of distances.
 * x: n × width, width divisible by 4; centres: k × width; packed and offsets: as packCentres makes them.
 */
export function nearestCentres(
  x: usize, n: i32, width: i32,
  centres: usize, packed: usize, offsets: usize, blocks: i32,
  labels: usize, distances: usize,
): f64 {
  const bytes = <usize>width << 2;
  let inertia: f64 = 0.0;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const x0 = x + <usize>i * bytes;
    const x1 = x0 + bytes;
    const x2 = x1 + bytes;
    const x3 = x2 + bytes;
    let best0 = f32x4.splat(-Infinity), best1 = best0, best2 = best0, best3 = best0;
    let at0 = i32x4.splat(0), at1 = at0, at2 = at0, at3 = at0;
    let place = i32x4(0, 1, 2, 3);
    let c = packed;
    for (let block = 0; block < blocks; block++) {
      const o = offsets + (<usize>block << 5);
      let a0 = v128.load(o), a1 = a0, a2 = a0, a3 = a0;
      let b0 = v128.load(o, 16), b1 = b0, b2 = b0, b3 = b0;
      for (let f: usize = 0; f < bytes; f += 4) {
        const low = v128.load(c);
        const high = v128.load(c, 16);
        let s = v128.load32_splat(x0 + f);
        a0 = madd(s, low, a0);
        b0 = madd(s, high, b0);
        s = v128.load32_splat(x1 + f);
        a1 = madd(s, low, a1);
        b1 = madd(s, high, b1);
        s = v128.load32_splat(x2 + f);
        a2 = madd(s, low, a2);
        b2 = madd(s, high, b2);
        s = v128.load32_splat(x3 + f);
        a3 = madd(s, low, a3);
        b3 = madd(s, high, b3);
        c += 32;
      }
      const next = i32x4.add(place, i32x4.splat(4));
      let more = f32x4.gt(a0, best0);
      best0 = v128.bitselect(a0, best0, more);
      at0 = v128.bitselect(place, at0, more);
      more = f32x4.gt(b0, best0);
      best0 = v128.bitselect(b0, best0, more);
      at0 = v128.bitselect(next, at0, more);
      more = f32x4.gt(a1, best1);
      best1 = v128.bitselect(a1, best1, more);
      at1 = v128.bitselect(place, at1, more);
      more = f32x4.gt(b1, best1);
      best1 = v128.bitselect(b1, best1, more);
      at1 = v128.bitselect(next, at1, more);
      more = f32x4.gt(a2, best2);
      best2 = v128.bitselect(a2, best2, more);
      at2 = v128.bitselect(place, at2, more);
      more = f32x4.gt(b2, best2);
      best2 = v128.bitselect(b2, best2, more);
      at2 = v128.bitselect(next, at2, more);
      more = f32x4.gt(a3, best3);
      best3 = v128.bitselect(a3, best3, more);
      at3 = v128.bitselect(place, at3, more);
      more = f32x4.gt(b3, best3);
      best3 = v128.bitselect(b3, best3, more);
      at3 = v128.bitselect(next, at3, more);
      place = i32x4.add(next, i32x4.splat(4));
    }
    inertia += settle(x0, bytes, centres, bestLane(best0, at0), labels, distances, i);
    inertia += settle(x1, bytes, centres, bestLane(best1, at1), labels, distances, i + 1);
    inertia += settle(x2, bytes, centres, bestLane(best2, at2), labels, distances, i + 2);
    inertia += settle(x3, bytes, centres, bestLane(best3, at3), labels, distances, i + 3);
  }
  for (; i < n; i++) {
    const row = x + <usize>i * bytes;
    let best = f32x4.splat(-Infinity);
    let at = i32x4.splat(0);
    let place = i32x4(0, 1, 2, 3);
    let c = packed;
    for (let block = 0; block < blocks; block++) {
      const o = offsets + (<usize>block << 5);
      let a = v128.load(o);
      let b = v128.load(o, 16);
      for (let f: usize = 0; f < bytes; f += 4) {
        const s = v128.load32_splat(row + f);
        a = madd(s, v128.load(c), a);
        b = madd(s, v128.load(c, 16), b);
        c += 32;
      }
      let more = f32x4.gt(a, best);
      best = v128.bitselect(a, best, more);
      at = v128.bitselect(place, at, more);
      place = i32x4.add(place, i32x4.splat(4));
      more = f32x4.gt(b, best);
      best = v128.bitselect(b, best, more);
      at = v128.bitselect(place, at, more);
      place = i32x4.add(place, i32x4.splat(4));
    }
    inertia += settle(row, bytes, centres, bestLane(best, at), labels, distances, i);
  }
  return inertia;
}

/** The place that goes with the largest lane; of equal ones the lowest place. */
// @ts-ignore: decorator
@inline
function bestLane(best: v128, at: v128): i32 {
  let value = f32x4.extract_lane(best, 0);
  let place = i32x4.extract_lane(at, 0);
  const v1 = f32x4.extract_lane(best, 1), p1 = i32x4.extract_lane(at, 1);
  if (v1 > value || (v1 == value && p1 < place)) { value = v1; place = p1; }
  const v2 = f32x4.extract_lane(best, 2), p2 = i32x4.extract_lane(at, 2);
  if (v2 > value || (v2 == value && p2 < place)) { value = v2; place = p2; }
  const v3 = f32x4.extract_lane(best, 3), p3 = i32x4.extract_lane(at, 3);
  if (v3 > value || (v3 == value && p3 < place)) { place = p3; }
  return place;
}

/** Writes down the label of row i and its distance, which it gives. */
// @ts-ignore: decorator
@inline
function settle(row: usize, bytes: usize, centres: usize, label: i32, labels: usize, distances: usize, i: i32): f64 {
  const distance = squaredDistance(row, centres + <usize>label * bytes, bytes);
  store<i32>(labels + (<usize>i << 2), label);
  store<f32>(distances + (<usize>i << 2), distance);
  return distance;
}

/** Σ(a − b)² over so many bytes of singles, divisible by 16. */
// @ts-ignore: decorator
@inline
function squaredDistance(a: usize, b: usize, bytes: usize): f32 {
  let total = f32x4.splat(0.0);
  for (let f: usize = 0; f < bytes; f += 16) {
    const e = f32x4.sub(v128.load(a + f), v128.load(b + f));
    total = madd(e, e, total);
  }
  return sum(total);
}

/**
 * Centres (k × width) as nearestCentres reads them: eight side by side, feature by feature, and −½|c|² of each; places past k
 * have −∞, so that no row is nearest to them. packed: blocks × width × 8; offsets: blocks × 8.
 */
export function packCentres(centres: usize, k: i32, width: i32, packed: usize, offsets: usize, blocks: i32): void {
  for (let place = 0; place < blocks << 3; place++) {
    const block = place >> 3;
    const lane = place & 7;
    let norm: f32 = 0.0;
    for (let f = 0; f < width; f++) {
      const value = place < k ? load<f32>(centres + (<usize>(place * width + f) << 2)) : <f32>0.0;
      store<f32>(packed + (<usize>((block * width + f) * 8 + lane) << 2), value);
      norm += value * value;
    }
    store<f32>(offsets + (<usize>place << 2), place < k ? <f32>-0.5 * norm : -Infinity);
  }
}

/** Adds each row to the sum of its label (k × width doubles), and counts it (k integers). */
export function addToCentres(x: usize, n: i32, width: i32, labels: usize, sums: usize, counts: usize): void {
  const bytes = <usize>width << 2;
  for (let i = 0; i < n; i++) {
    const label = <usize>load<i32>(labels + (<usize>i << 2));
    const row = x + <usize>i * bytes;
    const into = sums + label * bytes * 2;
    for (let f: usize = 0; f < bytes; f += 16) {
      const four = v128.load(row + f);
      const low = into + f * 2;
      v128.store(low, f64x2.add(v128.load(low), f64x2.promote_low_f32x4(four)));
      const high = i32x4.shuffle(four, four, 2, 3, 2, 3);
      v128.store(low + 16, f64x2.add(v128.load(low + 16), f64x2.promote_low_f32x4(high)));
    }
    const count = counts + (label << 2);
    store<i32>(count, load<i32>(count) + 1);
  }
}

/** distances ← the lesser of what they are and the squared distance of each row to the point; gives their sum. Without keeping: only the sum. */
export function nearerTo(x: usize, n: i32, width: i32, point: usize, distances: usize, keep: i32): f64 {
  const bytes = <usize>width << 2;
  let total: f64 = 0.0;
  for (let i = 0; i < n; i++) {
    const at = distances + (<usize>i << 2);
    const nearer = min(load<f32>(at), squaredDistance(x + <usize>i * bytes, point, bytes));
    total += nearer;
    if (keep) store<f32>(at, nearer);
  }
  return total;
}
