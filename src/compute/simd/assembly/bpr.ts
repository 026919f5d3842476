import { exp, sum } from "./lanes";
import { logOnePlus } from "./log-one-plus";
import { madd, nmadd } from "./multiply-add";

/** Triples whose differences are at hand at once. */
const block: i32 = 16;

/** Triples whose rows are brought near at once. */
const ahead: i32 = 64;

/**
 * One step: rows ← rows + rate · (their gradient, summed over the triples, by the values before the step). For a triple of rows u, i, j with
 * x = u · (i − j) + bias i − bias j and z = 1 / (1 + eˣ): u gains z(i − j) − λu, i gains zu − λi, j gains −zu − λj; the bias of i gains
 * z − λ · bias, that of j −z − λ · bias. w: rows of `stride` bytes, divisible by 64; heads: 4 words an item, its bias and three zeros, for its
 * gradient, how often it is met and the slot of its row's gradient; triples: those of a user stand together, and after the last stands −1;
 * rows, gradients: room for 2 · count slots and one, gradients zero; own: room for a row, zero; z: room for 16. Gives Σ −log σ(x).
 */
export function bprStep(
  w: usize, stride: i32, heads: usize, triples: usize, count: i32, rate: f32, lambda: f32, users: i32,
  rows: usize, gradients: usize, own: usize, z: usize,
): f64 {
  const ofItems = heads - (users << 4);
  const touched = takeSlots(triples, count, ofItems, rows);
  const decay = rate * lambda;
  let met = 0;
  let loss: f64 = 0;
  for (let from = 0; from < count; from += block) {
    const n = min(block, count - from);
    const t = triples + (from << 4);
    if (from % ahead == 0) bringNear(w, stride, t, min(ahead, count - from));
    differences(w, stride, ofItems, t, n, z);
    loss += weigh(z, n);
    met = moveUsers(w, stride, ofItems, t, n, rate, decay, gradients, own, met, z);
  }
  moveItems(w, stride, ofItems, rows, touched, rate, decay, gradients);
  return loss;
}

/** Moves the users of n triples whose last triple is among them, and adds up the gradients of items; `met` triples of the first user went before. Gives how many of the last user's did. */
// @ts-ignore: decorator
@inline
function moveUsers(
  w: usize, stride: i32, heads: usize, triples: usize, n: i32, rate: f32, decay: f32, gradients: usize, own: usize, met: i32, z: usize,
): i32 {
  for (let k = 0; k < n; k++) {
    const t = triples + (k << 4);
    const user = load<i32>(t);
    const u = w + user * stride;
    const i = w + load<i32>(t, 4) * stride;
    const j = w + load<i32>(t, 8) * stride;
    const hi = heads + (load<i32>(t, 4) << 4);
    const hj = heads + (load<i32>(t, 8) << 4);
    const gi = gradients + load<i32>(hi, 12) * stride;
    const gj = gradients + load<i32>(hj, 12) * stride;
    const pull = load<f32>(z + (k << 2));
    store<f32>(hi, load<f32>(hi, 4) + pull, 4);
    store<f32>(hj, load<f32>(hj, 4) - pull, 4);
    const last = load<i32>(t, 16) != user;
    if (last && met == 0) {
      // What no other triple reads can be moved at once.
      pushOnly(u, i, j, gi, gj, stride, pull, rate, 1 - decay);
      continue;
    }
    push(u, i, j, own, gi, gj, stride, pull);
    met++;
    if (!last) continue;
    apply(u, own, stride, rate, 1 - decay * f32(met));
    met = 0;
  }
  return met;
}

/** Moves the items of all slots, and makes their heads and gradients ready for the next step. */
// @ts-ignore: decorator
@inline
function moveItems(w: usize, stride: i32, heads: usize, rows: usize, touched: i32, rate: f32, decay: f32, gradients: usize): void {
  for (let slot = 0; slot < touched; slot++) {
    const row = load<i32>(rows + (slot << 2));
    const head = heads + (row << 4);
    const keep: f32 = 1 - decay * f32(load<i32>(head, 8));
    apply(w + row * stride, gradients + slot * stride, stride, rate, keep);
    store<f32>(head, keep * load<f32>(head) + rate * load<f32>(head, 4));
    store<i64>(head, 0, 4);
  }
}

/** Reads the first two lines of each row of n triples into the word that means nothing: in loops so short that many are on their way at once. */
// @ts-ignore: decorator
@inline
function bringNear(w: usize, stride: i32, triples: usize, n: i32): void {
  const end = triples + (n << 4);
  for (let t = triples; t < end; t += 16) {
    const u = w + load<i32>(t) * stride;
    store<i32>(t, load<i32>(u) | load<i32>(u, 64), 12);
  }
  for (let t = triples; t < end; t += 16) {
    const i = w + load<i32>(t, 4) * stride;
    const j = w + load<i32>(t, 8) * stride;
    store<i32>(t, load<i32>(i) | load<i32>(i, 64) | load<i32>(j) | load<i32>(j, 64), 12);
  }
}

/** Gives each item of the triples a slot, in the order that they first appear, and counts it; gives how many there are. */
// @ts-ignore: decorator
@inline
function takeSlots(triples: usize, count: i32, heads: usize, rows: usize): i32 {
  let touched = 0;
  for (let t = triples; t < triples + (count << 4); t += 16) {
    touched = takeSlot(load<i32>(t, 4), touched, heads, rows);
    touched = takeSlot(load<i32>(t, 8), touched, heads, rows);
  }
  return touched;
}

// @ts-ignore: decorator
@inline
function takeSlot(row: i32, touched: i32, heads: usize, rows: usize): i32 {
  const head = heads + (row << 4);
  const met = load<i32>(head, 8);
  const fresh = met == 0;
  store<i32>(rows + (touched << 2), row);
  store<i32>(head, met + 1, 8);
  store<i32>(head, select(touched, load<i32>(head, 12), fresh), 12);
  return touched + i32(fresh);
}

/** z ← u · (i − j) + bias i − bias j of n triples, and 0 up to the end of the block. */
// @ts-ignore: decorator
@inline
function differences(w: usize, stride: i32, heads: usize, triples: usize, n: i32, z: usize): void {
  memory.fill(z, 0, block << 2);
  for (let k = 0; k < n; k++) {
    const t = triples + (k << 4);
    let u = w + load<i32>(t) * stride;
    let i = w + load<i32>(t, 4) * stride;
    let j = w + load<i32>(t, 8) * stride;
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    const end = u + stride;
    for (; u < end; u += 64, i += 64, j += 64) {
      a = madd(v128.load(u), f32x4.sub(v128.load(i), v128.load(j)), a);
      b = madd(v128.load(u, 16), f32x4.sub(v128.load(i, 16), v128.load(j, 16)), b);
      a = madd(v128.load(u, 32), f32x4.sub(v128.load(i, 32), v128.load(j, 32)), a);
      b = madd(v128.load(u, 48), f32x4.sub(v128.load(i, 48), v128.load(j, 48)), b);
    }
    const bias = load<f32>(heads + (load<i32>(t, 4) << 4)) - load<f32>(heads + (load<i32>(t, 8) << 4));
    store<f32>(z + (k << 2), sum(f32x4.add(a, b)) + bias);
  }
}

/** z ← 1 / (1 + eᶻ); gives Σ log(1 + e⁻ᶻ) of the first n. */
// @ts-ignore: decorator
@inline
function weigh(z: usize, n: i32): f32 {
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

/** gi, gj ← they + the gradients of a triple; u ← it, moved by its only triple. */
// @ts-ignore: decorator
@inline
function pushOnly(u: usize, i: usize, j: usize, gi: usize, gj: usize, stride: i32, pull: f32, rate: f32, keep: f32): void {
  const z = f32x4.splat(pull);
  const r = f32x4.splat(rate * pull);
  const k = f32x4.splat(keep);
  const end = u + stride;
  for (; u < end; u += 64, i += 64, j += 64, gi += 64, gj += 64) {
    const a = v128.load(u);
    const b = v128.load(u, 16);
    const c = v128.load(u, 32);
    const d = v128.load(u, 48);
    v128.store(u, madd(r, f32x4.sub(v128.load(i), v128.load(j)), f32x4.mul(k, a)));
    v128.store(gi, madd(z, a, v128.load(gi)));
    v128.store(gj, nmadd(z, a, v128.load(gj)));
    v128.store(u, madd(r, f32x4.sub(v128.load(i, 16), v128.load(j, 16)), f32x4.mul(k, b)), 16);
    v128.store(gi, madd(z, b, v128.load(gi, 16)), 16);
    v128.store(gj, nmadd(z, b, v128.load(gj, 16)), 16);
    v128.store(u, madd(r, f32x4.sub(v128.load(i, 32), v128.load(j, 32)), f32x4.mul(k, c)), 32);
    v128.store(gi, madd(z, c, v128.load(gi, 32)), 32);
    v128.store(gj, nmadd(z, c, v128.load(gj, 32)), 32);
    v128.store(u, madd(r, f32x4.sub(v128.load(i, 48), v128.load(j, 48)), f32x4.mul(k, d)), 48);
    v128.store(gi, madd(z, d, v128.load(gi, 48)), 48);
    v128.store(gj, nmadd(z, d, v128.load(gj, 48)), 48);
  }
}

/** gu, gi, gj ← they + the gradients of a triple. */
// @ts-ignore: decorator
@inline
function push(u: usize, i: usize, j: usize, gu: usize, gi: usize, gj: usize, stride: i32, pull: f32): void {
  const z = f32x4.splat(pull);
  const end = u + stride;
  for (; u < end; u += 64, i += 64, j += 64, gu += 64, gi += 64, gj += 64) {
    const a = v128.load(u);
    const b = v128.load(u, 16);
    const c = v128.load(u, 32);
    const d = v128.load(u, 48);
    v128.store(gu, madd(z, f32x4.sub(v128.load(i), v128.load(j)), v128.load(gu)));
    v128.store(gi, madd(z, a, v128.load(gi)));
    v128.store(gj, nmadd(z, a, v128.load(gj)));
    v128.store(gu, madd(z, f32x4.sub(v128.load(i, 16), v128.load(j, 16)), v128.load(gu, 16)), 16);
    v128.store(gi, madd(z, b, v128.load(gi, 16)), 16);
    v128.store(gj, nmadd(z, b, v128.load(gj, 16)), 16);
    v128.store(gu, madd(z, f32x4.sub(v128.load(i, 32), v128.load(j, 32)), v128.load(gu, 32)), 32);
    v128.store(gi, madd(z, c, v128.load(gi, 32)), 32);
    v128.store(gj, nmadd(z, c, v128.load(gj, 32)), 32);
    v128.store(gu, madd(z, f32x4.sub(v128.load(i, 48), v128.load(j, 48)), v128.load(gu, 48)), 48);
    v128.store(gi, madd(z, d, v128.load(gi, 48)), 48);
    v128.store(gj, nmadd(z, d, v128.load(gj, 48)), 48);
  }
}

/** row ← keep · row + rate · gradient; gradient ← 0. */
// @ts-ignore: decorator
@inline
function apply(row: usize, gradient: usize, stride: i32, rate: f32, keep: f32): void {
  const r = f32x4.splat(rate);
  const k = f32x4.splat(keep);
  const zero = f32x4.splat(0);
  const end = row + stride;
  for (; row < end; row += 64, gradient += 64) {
    v128.store(row, madd(r, v128.load(gradient), f32x4.mul(k, v128.load(row))));
    v128.store(gradient, zero);
    v128.store(row, madd(r, v128.load(gradient, 16), f32x4.mul(k, v128.load(row, 16))), 16);
    v128.store(gradient, zero, 16);
    v128.store(row, madd(r, v128.load(gradient, 32), f32x4.mul(k, v128.load(row, 32))), 32);
    v128.store(gradient, zero, 32);
    v128.store(row, madd(r, v128.load(gradient, 48), f32x4.mul(k, v128.load(row, 48))), 48);
    v128.store(gradient, zero, 48);
  }
}
