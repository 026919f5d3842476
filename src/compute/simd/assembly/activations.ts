import { logistic, tanh } from "./lanes";

/** x ← f(x) for n numbers, n divisible by 4. kind: 0 relu, 1 tanh, 2 logistic, 3 identity. */
export function activate(kind: i32, x: usize, n: i32): void {
  const end = x + (<usize>n << 2);
  const zero = f32x4.splat(0);
  // A NaN must stay one, so that a loss that is no number is noticed.
  if (kind == 0) for (; x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), zero));
  if (kind == 1) for (; x < end; x += 16) v128.store(x, tanh(v128.load(x)));
  if (kind == 2) for (; x < end; x += 16) v128.store(x, logistic(v128.load(x)));
}

/** error ← error·f′ for n numbers, n divisible by 4, f′ from the value f(x) itself. kind: as in `activate`. */
export function throughActivation(kind: i32, error: usize, value: usize, n: i32): void {
  const end = error + (<usize>n << 2);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (kind == 0)
    for (; error < end; error += 16, value += 16)
      v128.store(error, v128.and(v128.load(error), f32x4.gt(v128.load(value), zero)));
  if (kind == 1)
    for (; error < end; error += 16, value += 16) {
      const v = v128.load(value);
      v128.store(error, f32x4.mul(v128.load(error), f32x4.sub(one, f32x4.mul(v, v))));
    }
  if (kind == 2)
    for (; error < end; error += 16, value += 16) {
      const v = v128.load(value);
      v128.store(error, f32x4.mul(v128.load(error), f32x4.mul(v, f32x4.sub(one, v))));
    }
}
