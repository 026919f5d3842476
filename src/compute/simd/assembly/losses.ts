import { exp, logistic, sum as total } from "./lanes";

/** A product whose logarithm is added to a sum before it overflows: log is taken once for hundreds of rows. */
const largest: f64 = 1e250;

/**
 * Losses of rows of outputs z, summed, and their gradient times `weight`. kind 0: logistic, log(1 + eᶻ) − yz; kind 1: softmax, log Σ eᶻ − z of the
 * class; kind 2: ½Σ(z − y)². Rows of z and of error are `width` apart, a multiple of 4, padding 0; the row of targets for row i is places[i], or i
 * where places is 0. An `error` of 0 asks for the sum alone.
 */
export function lossOf(
  kind: i32,
  z: usize,
  error: usize,
  rows: i32,
  outputs: i32,
  width: i32,
  targets: usize,
  places: usize,
  weight: f32,
): f64 {
  let sum: f64 = 0;
  let product: f64 = 1;
  const step = <usize>width << 2;
  for (let i = 0; i < rows; i++, z += step) {
    const place = places ? load<i32>(places + (<usize>i << 2)) : i;
    const y = targets + (<usize>(place * outputs) << 2);
    const into = error ? error + <usize>i * step : 0;
    if (kind == 0) {
      const value = load<f32>(z);
      const wanted = load<f32>(y);
      const small = f32x4.extract_lane(exp(f32x4.splat(-abs(value))), 0);
      sum += <f64>(max(value, 0) - value * wanted);
      product *= 1 + <f64>small;
      if (into) store<f32>(into, ((value >= 0 ? 1 : small) / (1 + small) - wanted) * weight);
    } else if (kind == 1) {
      const top = greatest(z, outputs);
      const whole = softmax(z, into, outputs, top);
      sum += <f64>top;
      product *= <f64>whole;
      for (let j: usize = 0; j < <usize>outputs << 2; j += 4) {
        const wanted = load<f32>(y + j);
        sum -= <f64>(wanted * load<f32>(z + j));
        if (into) store<f32>(into + j, (load<f32>(into + j) / whole - wanted) * weight);
      }
    } else {
      for (let j: usize = 0; j < <usize>outputs << 2; j += 4) {
        const difference = load<f32>(z + j) - load<f32>(y + j);
        sum += 0.5 * <f64>difference * <f64>difference;
        if (into) store<f32>(into + j, difference * weight);
      }
    }
    if (product > largest) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}

/** Rows of outputs as predictions, in place: of kind 0 probabilities of the second class, of kind 1 of each class, of kind 2 what they are. */
export function toPredictions(kind: i32, z: usize, rows: i32, outputs: i32, width: i32): void {
  if (kind == 2) return;
  const step = <usize>width << 2;
  for (const end = z + <usize>rows * step; z < end; z += step) {
    if (kind == 0) {
      v128.store(z, logistic(v128.load(z)));
      continue;
    }
    const whole = softmax(z, z, outputs, greatest(z, outputs));
    for (let j: usize = 0; j < <usize>outputs << 2; j += 4) store<f32>(z + j, load<f32>(z + j) / whole);
  }
}

/** The greatest of n numbers; NaN where one is. */
function greatest(x: usize, n: i32): f32 {
  let top = load<f32>(x);
  for (let j: usize = 4; j < <usize>n << 2; j += 4) top = max(top, load<f32>(x + j));
  return top;
}

/** into ← e^(z − top) for n numbers, zeros to the next multiple of 4; gives their sum. An `into` of 0 asks for the sum alone. */
function softmax(z: usize, into: usize, n: i32, top: f32): f32 {
  const tops = f32x4.splat(top);
  let sum: f32 = 0;
  for (let j = 0; j < n; j += 4) {
    let e = exp(f32x4.sub(v128.load(z + (<usize>j << 2)), tops));
    if (n - j < 4) e = v128.and(e, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n - j)));
    if (into) v128.store(into + (<usize>j << 2), e);
    sum += total(e);
  }
  return sum;
}
