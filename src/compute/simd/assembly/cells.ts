import { logistic, tanh } from "./lanes";
import { madd } from "./multiply-add";

/**
 * One step of LSTM cells, rows × n units, n divisible by 4. z: rows of 4n sums for input, forget, candidate and output gates, which become
 * i, f, g, o; c′ = f·c + i·g and h′ = o·tanh c′. before: c; squashed: tanh c′; last: h′ of all rows; the first `going` rows go on, their c′ and h′
 * also go to nextCell and nextHidden. Source: Hochreiter & Schmidhuber 1997; Gers et al. 2000.
 */
export function lstmForward(
  z: usize,
  before: usize,
  squashed: usize,
  last: usize,
  nextCell: usize,
  nextHidden: usize,
  rows: i32,
  going: i32,
  n: i32,
): void {
  const size = <usize>n << 2;
  for (let row = 0; row < rows; row++, z += 4 * size) {
    const goes = row < going;
    const at = <usize>row * size;
    for (let u: usize = 0; u < size; u += 16) {
      const i = logistic(v128.load(z + u));
      const f = logistic(v128.load(z + size + u));
      const g = tanh(v128.load(z + 2 * size + u));
      const o = logistic(v128.load(z + 3 * size + u));
      v128.store(z + u, i);
      v128.store(z + size + u, f);
      v128.store(z + 2 * size + u, g);
      v128.store(z + 3 * size + u, o);
      const c = madd(f, v128.load(before + at + u), f32x4.mul(i, g));
      const t = tanh(c);
      const h = f32x4.mul(o, t);
      v128.store(squashed + at + u, t);
      v128.store(last + at + u, h);
      if (!goes) continue;
      v128.store(nextCell + at + u, c);
      v128.store(nextHidden + at + u, h);
    }
  }
}

/** The way back of `lstmForward`: z becomes the loss by its sums, dc the loss by c (from the loss by c′). dh: the loss by h′. */
export function lstmBackward(
  z: usize,
  before: usize,
  squashed: usize,
  dh: usize,
  dc: usize,
  rows: i32,
  n: i32,
): void {
  const size = <usize>n << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++, z += 4 * size) {
    const at = <usize>row * size;
    for (let u: usize = 0; u < size; u += 16) {
      const i = v128.load(z + u);
      const f = v128.load(z + size + u);
      const g = v128.load(z + 2 * size + u);
      const o = v128.load(z + 3 * size + u);
      const t = v128.load(squashed + at + u);
      const h = v128.load(dh + at + u);
      const c = madd(f32x4.mul(h, o), f32x4.sub(one, f32x4.mul(t, t)), v128.load(dc + at + u));
      const into = f32x4.mul(c, v128.load(before + at + u));
      v128.store(z + u, f32x4.mul(f32x4.mul(c, g), f32x4.mul(i, f32x4.sub(one, i))));
      v128.store(z + size + u, f32x4.mul(into, f32x4.mul(f, f32x4.sub(one, f))));
      v128.store(z + 2 * size + u, f32x4.mul(f32x4.mul(c, i), f32x4.sub(one, f32x4.mul(g, g))));
      v128.store(z + 3 * size + u, f32x4.mul(f32x4.mul(h, t), f32x4.mul(o, f32x4.sub(one, o))));
      v128.store(dc + at + u, f32x4.mul(c, f));
    }
  }
}

/**
 * One step of GRU cells, rows × n units, n divisible by 4. x and y: rows of 3n sums from the input and from h, for reset gate, update gate and
 * candidate; r = σ(x + y), z = σ(x + y), g = tanh(x + r·y), h′ = (1 − z)·g + z·h. x becomes r, z, g. before: h; last: h′ of all rows, next: of the
 * first `going`. Source: Cho et al. 2014, with the reset gate after the product, as in cuDNN, PyTorch and Keras.
 */
export function gruForward(
  x: usize,
  y: usize,
  before: usize,
  last: usize,
  next: usize,
  rows: i32,
  going: i32,
  n: i32,
): void {
  const size = <usize>n << 2;
  for (let row = 0; row < rows; row++, x += 3 * size, y += 3 * size) {
    const goes = row < going;
    const at = <usize>row * size;
    for (let u: usize = 0; u < size; u += 16) {
      const r = logistic(f32x4.add(v128.load(x + u), v128.load(y + u)));
      const z = logistic(f32x4.add(v128.load(x + size + u), v128.load(y + size + u)));
      const g = tanh(madd(r, v128.load(y + 2 * size + u), v128.load(x + 2 * size + u)));
      v128.store(x + u, r);
      v128.store(x + size + u, z);
      v128.store(x + 2 * size + u, g);
      const h = madd(z, f32x4.sub(v128.load(before + at + u), g), g);
      v128.store(last + at + u, h);
      if (goes) v128.store(next + at + u, h);
    }
  }
}

/** The way back of `gruForward`: x and y become the loss by their sums, and dh, the loss by h′, what of it reaches h without the gates. */
export function gruBackward(x: usize, y: usize, before: usize, dh: usize, rows: i32, n: i32): void {
  const size = <usize>n << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++, x += 3 * size, y += 3 * size) {
    const at = <usize>row * size;
    for (let u: usize = 0; u < size; u += 16) {
      const r = v128.load(x + u);
      const z = v128.load(x + size + u);
      const g = v128.load(x + 2 * size + u);
      const h = v128.load(dh + at + u);
      const dg = f32x4.mul(f32x4.mul(h, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(g, g)));
      const spread = f32x4.mul(h, f32x4.sub(v128.load(before + at + u), g));
      const dz = f32x4.mul(spread, f32x4.mul(z, f32x4.sub(one, z)));
      const dr = f32x4.mul(
        f32x4.mul(dg, v128.load(y + 2 * size + u)),
        f32x4.mul(r, f32x4.sub(one, r)),
      );
      v128.store(x + u, dr);
      v128.store(x + size + u, dz);
      v128.store(x + 2 * size + u, dg);
      v128.store(y + u, dr);
      v128.store(y + size + u, dz);
      v128.store(y + 2 * size + u, f32x4.mul(dg, r));
      v128.store(dh + at + u, f32x4.mul(h, z));
    }
  }
}
