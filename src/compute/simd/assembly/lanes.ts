import { madd } from "./multiply-add";

/** Sum of the four lanes, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** The sums of the lanes of a, b, c and d, one a lane, each in the order of `sum`. */
// @ts-ignore: decorator
@inline
export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i32>(a, b, 0, 4, 2, 6);
  const abUpper = v128.shuffle<i32>(a, b, 1, 5, 3, 7);
  const cd = v128.shuffle<i32>(c, d, 0, 4, 2, 6);
  const cdUpper = v128.shuffle<i32>(c, d, 1, 5, 3, 7);
  const left = f32x4.add(ab, abUpper);
  const right = f32x4.add(cd, cdUpper);
  return f32x4.add(v128.shuffle<i32>(left, right, 0, 1, 4, 5), v128.shuffle<i32>(left, right, 2, 3, 6, 7));
}

/** eˣ in each lane, to about one unit in the last place of a single. Source: Cephes expf. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87.0)), f32x4.splat(88.0));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.1219444e-4), r);
  let p = f32x4.splat(1.98756915e-4);
  p = madd(p, r, f32x4.splat(1.39819995e-3));
  p = madd(p, r, f32x4.splat(8.33345191e-3));
  p = madd(p, r, f32x4.splat(4.16657959e-2));
  p = madd(p, r, f32x4.splat(1.66666655e-1));
  p = madd(p, r, f32x4.splat(0.5));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1.0));
  return f32x4.mul(p, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** 1 / (1 + e⁻ˣ) in each lane. */
// @ts-ignore: decorator
@inline
export function logistic(x: v128): v128 {
  const one = f32x4.splat(1.0);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** tanh x = 2·logistic(2x) − 1 in each lane. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const two = f32x4.splat(2.0);
  return f32x4.sub(f32x4.mul(two, logistic(f32x4.mul(two, x))), f32x4.splat(1.0));
}
