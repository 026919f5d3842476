import { exp, sum, sums } from "./lanes";
import { logOnePlus } from "./log-one-plus";
import { madd, nmadd } from "./multiply-add";

/** Triples whose differences are at hand at once. */
export const block: i32 = 8;

/** Triples whose rows are brought near at once. */
export const ahead: i32 = 64;

/**
 * One step: rows ← rows + rate · (their gradient, summed over the triples, by the values before the step). For a triple of rows u, i, j with
 * x = u · (i − j) + bias i − bias j and z = 1 / (1 + eˣ): u gains z(i − j) − λu, i gains zu − λi, j gains −zu − λj; the bias of i gains
 * z − λ · bias, that of j −z − λ · bias. w: rows of `stride` bytes, divisible by 64, of users, and below them two of each item, the
 * second the same as the first: there the item is moved while the first keeps what it was; heads: 4 words an item, its bias, the same again,
 * and two zeros; triples: those of a user stand together, and after the last stands −1; rows: room for each item met and one; own: room for
 * a row, zero; z: room for 8. Gives Σ −log σ(x).
 */
export function bprStep(
  w: usize, stride: i32, heads: usize, triples: usize, count: i32, rate: f32, lambda: f32, users: i32, rows: usize, own: usize,
  z: usize,
): f64 {
  // Items are numbered on from users.
  const ofItems = heads - (users << 4);
  const items = w - users * stride;
  const touched = listItems(triples, count, ofItems, rows);
  const decay = rate * lambda;
  let met = 0;
  let loss: f64 = 0;
  for (let from = 0; from < count; from += block) {
    const n = min(block, count - from);
    const t = triples + (from << 4);
    if (from % ahead == 0) bringNear(w, stride, items, t, min(ahead, count - from));
    differences(w, stride, items, ofItems, t, n, z);
    loss += weigh(z, n);
    met = move(w, stride, items, ofItems, t, n, rate, decay, own, met, z);
  }
  keepItems(items, stride, ofItems, rows, touched);
  return loss;
}

/** Moves the users of n triples whose last triple is among them, and the second rows and heads of their items; `met` triples of the first user went before. Gives how many of the last user's did. */
// @ts-ignore: decorator
@inline
export function move(
  w: usize, stride: i32, items: usize, heads: usize, triples: usize, n: i32, rate: f32, decay: f32, own: usize, met: i32, z: usize,
): i32 {
  for (let k = 0; k < n; k++) {
    const t = triples + (k << 4);
    const user = load<i32>(t);
    const ofI = load<i32>(t, 4);
    const ofJ = load<i32>(t, 8);
    const u = w + user * stride;
    const i = items + (ofI * stride << 1);
    const j = items + (ofJ * stride << 1);
    const ni = i + stride;
    const nj = j + stride;
    const hi = heads + (ofI << 4);
    const hj = heads + (ofJ << 4);
    const pull = rate * load<f32>(z + (k << 2));
    store<f32>(hi, load<f32>(hi, 4) + pull - decay * load<f32>(hi), 4);
    store<f32>(hj, load<f32>(hj, 4) - pull - decay * load<f32>(hj), 4);
    const last = load<i32>(t, 16) != user;
    if (last && met == 0) {
      // What no other triple reads can be moved at once.
      moveOnly(u, i, j, ni, nj, stride, pull, decay);
      continue;
    }
    push(u, i, j, own, ni, nj, stride, pull, decay);
    met++;
    if (!last) continue;
    apply(u, own, stride, 1 - decay * f32(met));
    met = 0;
  }
  return met;
}

/** The first rows and heads of the items met ← what the step made of the second. */
// @ts-ignore: decorator
@inline
export function keepItems(items: usize, stride: i32, heads: usize, rows: usize, touched: i32): void {
  for (let slot = 0; slot < touched; slot++) {
    const row = load<i32>(rows + (slot << 2));
    const head = heads + (row << 4);
    store<f32>(head, load<f32>(head, 4));
    store<i32>(head, 0, 8);
    const item = items + (row * stride << 1);
    copy(item, item + stride, stride);
  }
}

/** Reads the first two lines of each row of n triples into the word that means nothing: in loops so short that many are on their way at once. */
// @ts-ignore: decorator
@inline
export function bringNear(w: usize, stride: i32, items: usize, triples: usize, n: i32): void {
  const end = triples + (n << 4);
  for (let t = triples; t < end; t += 16) {
    const u = w + load<i32>(t) * stride;
    store<i32>(t, load<i32>(u) | load<i32>(u, 64), 12);
  }
  for (let t = triples; t < end; t += 16) {
    const i = items + (load<i32>(t, 4) * stride << 1);
    const j = items + (load<i32>(t, 8) * stride << 1);
    store<i32>(t, load<i32>(i) | load<i32>(i, 64) | load<i32>(j) | load<i32>(j, 64), 12);
  }
}

/** Lists the rows of the items of the triples, in the order that they first appear; gives how many there are. */
// @ts-ignore: decorator
@inline
export function listItems(triples: usize, count: i32, heads: usize, rows: usize): i32 {
  let touched = 0;
  for (let t = triples; t < triples + (count << 4); t += 16) {
    touched = listItem(load<i32>(t, 4), touched, heads, rows);
    touched = listItem(load<i32>(t, 8), touched, heads, rows);
  }
  return touched;
}

// @ts-ignore: decorator
@inline
function listItem(row: i32, touched: i32, heads: usize, rows: usize): i32 {
  const head = heads + (row << 4);
  const met = load<i32>(head, 8);
  store<i32>(rows + (touched << 2), row);
  store<i32>(head, 1, 8);
  return touched + 1 - met;
}

/** z ← u · (i − j) + bias i − bias j of n triples. What is left of the last four places is that of the last triple. */
// @ts-ignore: decorator
@inline
export function differences(w: usize, stride: i32, items: usize, heads: usize, triples: usize, n: i32, z: usize): void {
  const last = triples + ((n - 1) << 4);
  for (let t = triples; t <= last; t += 64, z += 16) {
    const a = products(w, stride, items, heads, t);
    const b = products(w, stride, items, heads, min(t + 16, last));
    const c = products(w, stride, items, heads, min(t + 32, last));
    const d = products(w, stride, items, heads, min(t + 48, last));
    v128.store(z, sums(a, b, c, d));
  }
}

/** Four numbers whose sum is u · (i − j) + bias i − bias j. */
// @ts-ignore: decorator
@inline
function products(w: usize, stride: i32, items: usize, heads: usize, t: usize): v128 {
  const ofI = load<i32>(t, 4);
  const ofJ = load<i32>(t, 8);
  let u = w + load<i32>(t) * stride;
  let i = items + (ofI * stride << 1);
  let j = items + (ofJ * stride << 1);
  let a = f32x4.replace_lane(f32x4.splat(0), 0, load<f32>(heads + (ofI << 4)) - load<f32>(heads + (ofJ << 4)));
  let b = f32x4.splat(0);
  const end = u + stride;
  for (; u < end; u += 64, i += 64, j += 64) {
    a = madd(v128.load(u), f32x4.sub(v128.load(i), v128.load(j)), a);
    b = madd(v128.load(u, 16), f32x4.sub(v128.load(i, 16), v128.load(j, 16)), b);
    a = madd(v128.load(u, 32), f32x4.sub(v128.load(i, 32), v128.load(j, 32)), a);
    b = madd(v128.load(u, 48), f32x4.sub(v128.load(i, 48), v128.load(j, 48)), b);
  }
  return f32x4.add(a, b);
}

/** z ← 1 / (1 + eᶻ); gives Σ log(1 + e⁻ᶻ) of the first n. */
// @ts-ignore: decorator
@inline
export function weigh(z: usize, n: i32): f32 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let loss = zero;
  for (let k = 0; k < block; k += 4) {
    const x = v128.load(z + (k << 2));
    const e = exp(f32x4.neg(f32x4.abs(x)));
    const share = f32x4.div(one, f32x4.add(one, e));
    const real = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n - k));
    // Neither overflows: log(1 + e⁻ˣ) = max(−x, 0) + log(1 + e^−|x|), and 1 / (1 + eˣ) is e^−|x| or 1 over 1 + e^−|x|.
    const fault = f32x4.add(f32x4.max(f32x4.neg(x), zero), logOnePlus(e));
    loss = f32x4.add(loss, v128.and(fault, real));
    v128.store(z + (k << 2), v128.bitselect(share, f32x4.mul(e, share), f32x4.lt(x, zero)));
  }
  return sum(loss);
}

/** ni, nj ← they, moved by a triple; u ← it, moved by its only triple. */
// @ts-ignore: decorator
@inline
function moveOnly(u: usize, i: usize, j: usize, ni: usize, nj: usize, stride: i32, pull: f32, decay: f32): void {
  const r = f32x4.splat(pull);
  const d = f32x4.splat(decay);
  const k = f32x4.splat(1 - decay);
  const end = u + stride;
  for (; u < end; u += 32, i += 32, j += 32, ni += 32, nj += 32) {
    const a = v128.load(u);
    const b = v128.load(u, 16);
    const x = v128.load(i);
    const y = v128.load(j);
    v128.store(u, madd(r, f32x4.sub(x, y), f32x4.mul(k, a)));
    v128.store(ni, madd(r, a, nmadd(d, x, v128.load(ni))));
    v128.store(nj, nmadd(r, a, nmadd(d, y, v128.load(nj))));
    const s = v128.load(i, 16);
    const t = v128.load(j, 16);
    v128.store(u, madd(r, f32x4.sub(s, t), f32x4.mul(k, b)), 16);
    v128.store(ni, madd(r, b, nmadd(d, s, v128.load(ni, 16))), 16);
    v128.store(nj, nmadd(r, b, nmadd(d, t, v128.load(nj, 16))), 16);
  }
}

/** ni, nj ← they, moved by a triple; own ← it + what the triple moves the user by but for decay. */
// @ts-ignore: decorator
@inline
function push(u: usize, i: usize, j: usize, own: usize, ni: usize, nj: usize, stride: i32, pull: f32, decay: f32): void {
  const r = f32x4.splat(pull);
  const d = f32x4.splat(decay);
  const end = u + stride;
  for (; u < end; u += 32, i += 32, j += 32, own += 32, ni += 32, nj += 32) {
    const a = v128.load(u);
    const b = v128.load(u, 16);
    const x = v128.load(i);
    const y = v128.load(j);
    v128.store(own, madd(r, f32x4.sub(x, y), v128.load(own)));
    v128.store(ni, madd(r, a, nmadd(d, x, v128.load(ni))));
    v128.store(nj, nmadd(r, a, nmadd(d, y, v128.load(nj))));
    const s = v128.load(i, 16);
    const t = v128.load(j, 16);
    v128.store(own, madd(r, f32x4.sub(s, t), v128.load(own, 16)), 16);
    v128.store(ni, madd(r, b, nmadd(d, s, v128.load(ni, 16))), 16);
    v128.store(nj, nmadd(r, b, nmadd(d, t, v128.load(nj, 16))), 16);
  }
}

/** row ← keep · row + own; own ← 0. */
// @ts-ignore: decorator
@inline
function apply(row: usize, own: usize, stride: i32, keep: f32): void {
  const k = f32x4.splat(keep);
  const zero = f32x4.splat(0);
  const end = row + stride;
  for (; row < end; row += 64, own += 64) {
    v128.store(row, madd(k, v128.load(row), v128.load(own)));
    v128.store(own, zero);
    v128.store(row, madd(k, v128.load(row, 16), v128.load(own, 16)), 16);
    v128.store(own, zero, 16);
    v128.store(row, madd(k, v128.load(row, 32), v128.load(own, 32)), 32);
    v128.store(own, zero, 32);
    v128.store(row, madd(k, v128.load(row, 48), v128.load(own, 48)), 48);
    v128.store(own, zero, 48);
  }
}

/** row ← next. */
// @ts-ignore: decorator
@inline
function copy(row: usize, next: usize, stride: i32): void {
  const end = row + stride;
  for (; row < end; row += 64, next += 64) {
    v128.store(row, v128.load(next));
    v128.store(row, v128.load(next, 16), 16);
    v128.store(row, v128.load(next, 32), 32);
    v128.store(row, v128.load(next, 48), 48);
  }
}
