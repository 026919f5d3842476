import { exp, sum } from "./lanes";
import { logOnePlus } from "./log-one-plus";
import { madd } from "./multiply-add";

/** Samples whose differences are at hand at once. */
const block: i32 = 16;

/**
 * triples ← draws `from` to `to` of the epoch of that key, 4 words each: row of the user, of the item liked, of the other, and nothing. Items
 * stand `users` rows below users. A draw takes one of `pairs` likes, and one of `choices` other items; where the user likes that too, and
 * `marks` are not zero, it is left out. userOf, itemOf: the likes, sorted; starts: where each user's begin; marks: as `bprMark` made them.
 * Gives how many there are.
 */
export function bprSample(
  triples: usize, key: u32, from: i32, to: i32, pairs: i32, userOf: usize, itemOf: usize, starts: usize, users: i32, others: usize, choices: i32, marks: usize, shift: i32,
): i32 {
  let end = triples;
  for (let draw = from; draw < to; draw++) {
    const liked = below(word(key, draw << 1), pairs) << 2;
    const other = below(word(key, (draw << 1) + 1), choices) << 2;
    const user = load<i32>(userOf + liked);
    const item = load<i32>(others + other);
    if (marked(marks, mark(user, item, shift))) {
      const own = starts + (user << 2);
      if (holds(itemOf, load<i32>(own), load<i32>(own, 4), item)) continue;
    }
    store<i32>(end, user);
    store<i32>(end, users + load<i32>(itemOf + liked), 4);
    store<i32>(end, users + item, 8);
    end += 16;
  }
  return i32(end - triples) >> 4;
}

/**
 * One step: rows ← rows + rate · (their gradient, summed over the triples, by the values before the step). For a triple of rows u, i, j with
 * x = u · (i − j) + bias i − bias j and z = 1 / (1 + eˣ): u gains z(i − j) − λu, i gains zu − λi, j gains −zu − λj; the bias of i gains
 * z − λ · bias, that of j −z − λ · bias. w: rows of `stride` bytes, divisible by 32; biases: one an item; slots: −1 for each row; counts,
 * rows, gradients, pulls: room for 3 · count slots, all but rows zero; z: room for 16. Gives Σ −log σ(x).
 */
export function bprStep(
  w: usize, stride: i32, biases: usize, triples: usize, count: i32, rate: f32, lambda: f32, users: i32,
  slots: usize, counts: usize, rows: usize, gradients: usize, pulls: usize, z: usize,
): f64 {
  const ofItems = biases - (users << 2);
  const touched = takeSlots(triples, count, slots, counts, rows);
  let loss: f64 = 0;
  for (let from = 0; from < count; from += block) {
    const n = min(block, count - from);
    const t = triples + (from << 4);
    differences(w, stride, ofItems, t, n, z);
    loss += weigh(z, n);
    push(w, stride, t, n, slots, gradients, pulls, z);
  }
  for (let slot = 0; slot < touched; slot++) {
    const row = load<i32>(rows + (slot << 2));
    const keep: f32 = 1 - rate * lambda * f32(load<i32>(counts + (slot << 2)));
    apply(w + row * stride, gradients + slot * stride, stride, rate, keep);
    if (row >= users) {
      const bias = ofItems + (row << 2);
      store<f32>(bias, keep * load<f32>(bias) + rate * load<f32>(pulls + (slot << 2)));
      store<f32>(pulls + (slot << 2), 0);
    }
    store<i32>(slots + (row << 2), -1);
    store<i32>(counts + (slot << 2), 0);
  }
  return loss;
}

/** slots ← the slot of each row of the triples, counted in the order that rows first appear; gives how many there are. */
function takeSlots(triples: usize, count: i32, slots: usize, counts: usize, rows: usize): i32 {
  let touched = 0;
  for (let t = triples; t < triples + (count << 4); t += 16) {
    touched = takeSlot(load<i32>(t), touched, slots, counts, rows);
    touched = takeSlot(load<i32>(t, 4), touched, slots, counts, rows);
    touched = takeSlot(load<i32>(t, 8), touched, slots, counts, rows);
  }
  return touched;
}

// @ts-ignore: decorator
@inline
function takeSlot(row: i32, touched: i32, slots: usize, counts: usize, rows: usize): i32 {
  const old = load<i32>(slots + (row << 2));
  const fresh = old < 0;
  const slot = select(touched, old, fresh);
  store<i32>(slots + (row << 2), slot);
  store<i32>(rows + (touched << 2), row);
  store<i32>(counts + (slot << 2), load<i32>(counts + (slot << 2)) + 1);
  return touched + i32(fresh);
}

/** z ← u · (i − j) + bias i − bias j of n triples, and 0 up to the end of the block. */
// @ts-ignore: decorator
@inline
function differences(w: usize, stride: i32, biases: usize, triples: usize, n: i32, z: usize): void {
  memory.fill(z, 0, block << 2);
  for (let k = 0; k < n; k++) {
    const t = triples + (k << 4);
    const u = w + load<i32>(t) * stride;
    const i = w + load<i32>(t, 4) * stride;
    const j = w + load<i32>(t, 8) * stride;
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let o = 0; o < stride; o += 32) {
      even = madd(v128.load(u + o), f32x4.sub(v128.load(i + o), v128.load(j + o)), even);
      odd = madd(v128.load(u + o, 16), f32x4.sub(v128.load(i + o, 16), v128.load(j + o, 16)), odd);
    }
    const bias = load<f32>(biases + (load<i32>(t, 4) << 2)) - load<f32>(biases + (load<i32>(t, 8) << 2));
    store<f32>(z + (k << 2), sum(f32x4.add(even, odd)) + bias);
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

/** gradients and pulls (those of biases) ← they + those of n triples. */
// @ts-ignore: decorator
@inline
function push(w: usize, stride: i32, triples: usize, n: i32, slots: usize, gradients: usize, pulls: usize, z: usize): void {
  for (let k = 0; k < n; k++) {
    const t = triples + (k << 4);
    const user = load<i32>(t);
    const item = load<i32>(t, 4);
    const other = load<i32>(t, 8);
    const si = load<i32>(slots + (item << 2));
    const sj = load<i32>(slots + (other << 2));
    const u = w + user * stride;
    const i = w + item * stride;
    const j = w + other * stride;
    const gu = gradients + load<i32>(slots + (user << 2)) * stride;
    const gi = gradients + si * stride;
    const gj = gradients + sj * stride;
    const weight = v128.load32_splat(z + (k << 2));
    for (let o = 0; o < stride; o += 32) {
      const even = f32x4.mul(weight, v128.load(u + o));
      const odd = f32x4.mul(weight, v128.load(u + o, 16));
      v128.store(gu + o, madd(weight, f32x4.sub(v128.load(i + o), v128.load(j + o)), v128.load(gu + o)));
      v128.store(gu + o, madd(weight, f32x4.sub(v128.load(i + o, 16), v128.load(j + o, 16)), v128.load(gu + o, 16)), 16);
      v128.store(gi + o, f32x4.add(v128.load(gi + o), even));
      v128.store(gi + o, f32x4.add(v128.load(gi + o, 16), odd), 16);
      v128.store(gj + o, f32x4.sub(v128.load(gj + o), even));
      v128.store(gj + o, f32x4.sub(v128.load(gj + o, 16), odd), 16);
    }
    const pi = pulls + (si << 2);
    const pj = pulls + (sj << 2);
    store<f32>(pi, load<f32>(pi) + load<f32>(z + (k << 2)));
    store<f32>(pj, load<f32>(pj) - load<f32>(z + (k << 2)));
  }
}

/** row ← keep · row + rate · gradient; gradient ← 0. */
// @ts-ignore: decorator
@inline
function apply(row: usize, gradient: usize, stride: i32, rate: f32, keep: f32): void {
  const r = f32x4.splat(rate);
  const k = f32x4.splat(keep);
  const zero = f32x4.splat(0);
  for (let o = 0; o < stride; o += 32) {
    v128.store(row + o, madd(r, v128.load(gradient + o), f32x4.mul(k, v128.load(row + o))));
    v128.store(row + o, madd(r, v128.load(gradient + o, 16), f32x4.mul(k, v128.load(row + o, 16))), 16);
    v128.store(gradient + o, zero);
    v128.store(gradient + o, zero, 16);
  }
}

/** Word n of the stream of that key: SplitMix32, which can begin anywhere. */
// @ts-ignore: decorator
@inline
function word(key: u32, n: u32): u32 {
  let t = key + (n + 1) * 0x9e3779b9;
  t = (t ^ (t >> 16)) * 0x21f0aaad;
  t = (t ^ (t >> 15)) * 0x735a2d97;
  return t ^ (t >> 15);
}

/** A number from 0 to bound − 1 from 32 random bits. */
// @ts-ignore: decorator
@inline
function below(bits: u32, bound: i32): i32 {
  return i32((u64(bits) * u64(bound)) >> 32);
}

/** The bit that stands for a like, of 2 to the power of 32 − shift. */
// @ts-ignore: decorator
@inline
function mark(user: u32, item: u32, shift: i32): u32 {
  return ((user * 0x9e3779b1 + item) * 0x85ebca6b) >> shift;
}

// @ts-ignore: decorator
@inline
function marked(marks: usize, bit: u32): bool {
  return ((load<u32>(marks + ((bit >> 5) << 2)) >> (bit & 31)) & 1) != 0;
}

/** Sets in `marks` the bit of each like, so that most pairs that are none are told apart by one look. */
export function bprMark(marks: usize, shift: i32, pairs: i32, userOf: usize, itemOf: usize): void {
  for (let i = 0; i < pairs << 2; i += 4) {
    const bit = mark(load<i32>(userOf + i), load<i32>(itemOf + i), shift);
    const at = marks + ((bit >> 5) << 2);
    store<u32>(at, load<u32>(at) | (1 << (bit & 31)));
  }
}

/** Whether `item` is among the sorted `items` from place `low` to `high`. */
// @ts-ignore: decorator
@inline
function holds(items: usize, low: i32, high: i32, item: i32): bool {
  let n = high - low;
  let at = items + (low << 2);
  while (n > 1) {
    const half = n >> 1;
    at = select(at + (half << 2), at, load<i32>(at + (half << 2)) <= item);
    n -= half;
  }
  return load<i32>(at) == item;
}
