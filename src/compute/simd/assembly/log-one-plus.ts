import { madd } from "./multiply-add";

/** log(1 + y) for y in [0, 1] in each lane: 2 artanh(s) with s = y / (2 + y), by its series, which is exact to a single for s ≤ 1/3. */
// @ts-ignore: decorator
@inline
export function logOnePlus(y: v128): v128 {
  const s = f32x4.div(y, f32x4.add(y, f32x4.splat(2.0)));
  const z = f32x4.mul(s, s);
  let p = f32x4.splat(0.15384616);
  p = madd(p, z, f32x4.splat(0.18181819));
  p = madd(p, z, f32x4.splat(0.22222222));
  p = madd(p, z, f32x4.splat(0.2857143));
  p = madd(p, z, f32x4.splat(0.4));
  p = madd(p, z, f32x4.splat(0.6666667));
  return madd(f32x4.mul(p, z), s, f32x4.add(s, s));
}
