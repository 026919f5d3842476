import { sums } from "./lanes";
import { madd } from "./multiply-add";

/**
 * totals ← Σ |x − y| over the rows y of each of k clusters, for rows `from` to `to` of x, as doubles (to − from) × k. The rows of cluster c
 * stand from starts[c] to starts[c + 1], `stride` bytes apart, divisible by 16.
 */
export function clusterDistances(x: usize, stride: i32, starts: usize, k: i32, from: i32, to: i32, totals: usize): void {
  for (let i = from; i < to; i++) {
    const row = x + <usize>i * stride;
    for (let c = 0; c < k; c++) {
      const at = starts + (<usize>c << 2);
      store<f64>(totals, totalDistance(row, x, stride, load<i32>(at), load<i32>(at, 4)));
      totals += 8;
    }
  }
}

/** Σ |row − y| over rows `begin` to `end`, four at a time. */
// @ts-ignore: decorator
@inline
function totalDistance(row: usize, x: usize, stride: i32, begin: i32, end: i32): f64 {
  let low = f64x2.splat(0), high = low;
  for (let j = begin; j < end; j += 4) {
    const y0 = x + <usize>j * stride;
    const y1 = x + <usize>min(j + 1, end - 1) * stride;
    const y2 = x + <usize>min(j + 2, end - 1) * stride;
    const y3 = x + <usize>min(j + 3, end - 1) * stride;
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (let o: usize = 0; o < <usize>stride; o += 16) {
      const value = v128.load(row + o);
      let apart = f32x4.sub(value, v128.load(y0 + o));
      a = madd(apart, apart, a);
      apart = f32x4.sub(value, v128.load(y1 + o));
      b = madd(apart, apart, b);
      apart = f32x4.sub(value, v128.load(y2 + o));
      c = madd(apart, apart, c);
      apart = f32x4.sub(value, v128.load(y3 + o));
      d = madd(apart, apart, d);
    }
    const there = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(end - j));
    const four = v128.and(f32x4.sqrt(sums(a, b, c, d)), there);
    low = f64x2.add(low, f64x2.promote_low_f32x4(four));
    high = f64x2.add(high, f64x2.promote_low_f32x4(i32x4.shuffle(four, four, 2, 3, 2, 3)));
  }
  const both = f64x2.add(low, high);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}
