import { sum, sums } from "./lanes";
import { madd } from "./multiply-add";

/** out ← out + Σ yᵀy over n rows of `stride` bytes, divisible by 32: a square of such rows. Sums begin anew in each call, so that long ones stay exact. */
export function alsGram(y: usize, stride: i32, n: i32, out: usize): void {
  for (let j = 0; j < stride; j += 32)
    for (let i = 0; i < stride; i += 16) gramTile(y, stride, n, i, j, out + (i >> 2) * stride + j);
}

/** out[4 rows][8 columns] ← out + Σ yᵢyⱼ: eight sums in registers. */
// @ts-ignore: decorator
@inline
function gramTile(y: usize, stride: i32, n: i32, i: i32, j: i32, out: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (let row = 0; row < n; row++) {
    const at = y + row * stride;
    const left = v128.load(at + j);
    const right = v128.load(at + j, 16);
    let s = v128.load32_splat(at + i);
    a0 = madd(s, left, a0);
    a1 = madd(s, right, a1);
    s = v128.load32_splat(at + i, 4);
    b0 = madd(s, left, b0);
    b1 = madd(s, right, b1);
    s = v128.load32_splat(at + i, 8);
    c0 = madd(s, left, c0);
    c1 = madd(s, right, c1);
    s = v128.load32_splat(at + i, 12);
    d0 = madd(s, left, d0);
    d1 = madd(s, right, d1);
  }
  add(out, a0, a1);
  add(out + stride, b0, b1);
  add(out + 2 * stride, c0, c1);
  add(out + 3 * stride, d0, d1);
}

// @ts-ignore: decorator
@inline
function add(at: usize, left: v128, right: v128): void {
  v128.store(at, f32x4.add(v128.load(at), left));
  v128.store(at, f32x4.add(v128.load(at, 16), right), 16);
}

/**
 * Moves rows `from` to `to` of x towards the minimum of Σᵢ cᵢ(pᵢ − x·yᵢ)² + λ‖x‖² by `steps` of conjugate gradients, where i runs over all
 * rows of y; gram: YᵀY + λI; entries: |c| − 1 in `extra`, c·p in `target` (p is 1 where c > 0, else 0), both 1 − 1 and 0 for rows not listed.
 * A row without entries becomes 0. room: 3 rows and 16 bytes. Gives the sum of the minima reached, less Σ c·p.
 */
export function alsSolve(
  x: usize, y: usize, stride: i32, gram: usize, starts: usize, indices: usize, extra: usize, target: usize, from: i32, to: i32, steps: i32, room: usize,
): f64 {
  let loss: f64 = 0;
  for (let row = from; row < to; row++) {
    const first = load<i32>(starts + (row << 2)) << 2;
    const n = load<i32>(starts + (row << 2), 4) - (first >> 2);
    const at = x + row * stride;
    if (n) loss += solve(at, y, stride, gram, indices + first, extra + first, target + first, n, steps, room);
    else memory.fill(at, 0, stride);
  }
  return loss;
}

/** One row of `alsSolve`: at the start r = b − Ax; each exact step lowers xᵀAx − 2bᵀx by α·rᵀr. */
function solve(
  x: usize, y: usize, stride: i32, gram: usize, indices: usize, extra: usize, target: usize, n: i32, steps: i32, room: usize,
): f64 {
  const r = room;
  const p = room + stride;
  const ap = p + stride;
  const four = ap + stride;
  multiply(gram, x, stride, ap);
  let fitted: f64 = 0;
  for (let k = 0; k < n << 2; k += 16) {
    products(x, y, stride, indices, k, (n << 2) - k, four);
    const s = v128.load(four);
    const c = real(v128.load(target + k), (n << 2) - k);
    fitted += sum(f32x4.mul(c, s));
    v128.store(four, f32x4.sub(f32x4.mul(real(v128.load(extra + k), (n << 2) - k), s), c));
    addRows(ap, y, stride, indices, k, (n << 2) - k, four);
  }
  let square: f32 = 0;
  let overlap: f32 = 0;
  for (let o = 0; o < stride; o += 16) {
    const value = f32x4.neg(v128.load(ap + o));
    v128.store(r + o, value);
    v128.store(p + o, value);
    square += sum(f32x4.mul(value, value));
    overlap += sum(f32x4.mul(value, v128.load(x + o)));
  }
  let loss: f64 = -fitted - overlap;
  for (let step = 0; step < steps && !(square < 1e-20); step++) {
    multiply(gram, p, stride, ap);
    for (let k = 0; k < n << 2; k += 16) {
      products(p, y, stride, indices, k, (n << 2) - k, four);
      v128.store(four, f32x4.mul(real(v128.load(extra + k), (n << 2) - k), v128.load(four)));
      addRows(ap, y, stride, indices, k, (n << 2) - k, four);
    }
    const alpha: f32 = square / dot(p, ap, stride);
    loss -= f64(alpha) * f64(square);
    const next = descend(x, r, p, ap, stride, alpha);
    turn(p, r, stride, next / square);
    square = next;
  }
  return loss;
}

/** out ← Gv for a symmetric G. */
// @ts-ignore: decorator
@inline
function multiply(g: usize, v: usize, stride: i32, out: usize): void {
  for (let j = 0; j < stride; j += 32) {
    let a = f32x4.splat(0), b = a, c = a, d = a;
    let at = g + j;
    for (let k = 0; k < stride; k += 8) {
      const even = v128.load32_splat(v + k);
      const odd = v128.load32_splat(v + k, 4);
      a = madd(even, v128.load(at), a);
      b = madd(even, v128.load(at, 16), b);
      at += stride;
      c = madd(odd, v128.load(at), c);
      d = madd(odd, v128.load(at, 16), d);
      at += stride;
    }
    v128.store(out + j, f32x4.add(a, c));
    v128.store(out + j, f32x4.add(b, d), 16);
  }
}

/** Address of the row of entry k of those that are left; past the end that of the first. */
// @ts-ignore: decorator
@inline
function rowAt(y: usize, stride: i32, indices: usize, k: i32, ahead: i32, left: i32): usize {
  return y + load<i32>(indices + select(k + ahead, 0, ahead < left)) * stride;
}

/** The lanes of which there are entries, `left` bytes of them; 0 in others. */
// @ts-ignore: decorator
@inline
function real(values: v128, left: i32): v128 {
  return v128.and(values, i32x4.lt_s(i32x4(0, 4, 8, 12), i32x4.splat(left)));
}

/** out ← v · yᵢ for four entries. */
// @ts-ignore: decorator
@inline
function products(v: usize, y: usize, stride: i32, indices: usize, k: i32, left: i32, out: usize): void {
  const y0 = rowAt(y, stride, indices, k, 0, left);
  const y1 = rowAt(y, stride, indices, k, 4, left);
  const y2 = rowAt(y, stride, indices, k, 8, left);
  const y3 = rowAt(y, stride, indices, k, 12, left);
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let o = 0; o < stride; o += 16) {
    const value = v128.load(v + o);
    a = madd(value, v128.load(y0 + o), a);
    b = madd(value, v128.load(y1 + o), b);
    c = madd(value, v128.load(y2 + o), c);
    d = madd(value, v128.load(y3 + o), d);
  }
  v128.store(out, sums(a, b, c, d));
}

/** out ← out + Σ weightᵢ yᵢ over four entries. */
// @ts-ignore: decorator
@inline
function addRows(out: usize, y: usize, stride: i32, indices: usize, k: i32, left: i32, weights: usize): void {
  const y0 = rowAt(y, stride, indices, k, 0, left);
  const y1 = rowAt(y, stride, indices, k, 4, left);
  const y2 = rowAt(y, stride, indices, k, 8, left);
  const y3 = rowAt(y, stride, indices, k, 12, left);
  const a = v128.load32_splat(weights);
  const b = v128.load32_splat(weights, 4);
  const c = v128.load32_splat(weights, 8);
  const d = v128.load32_splat(weights, 12);
  for (let o = 0; o < stride; o += 16) {
    const first = madd(b, v128.load(y1 + o), madd(a, v128.load(y0 + o), v128.load(out + o)));
    v128.store(out + o, madd(d, v128.load(y3 + o), madd(c, v128.load(y2 + o), first)));
  }
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, stride: i32): f32 {
  let total = f32x4.splat(0);
  for (let o = 0; o < stride; o += 16) total = madd(v128.load(a + o), v128.load(b + o), total);
  return sum(total);
}

/** x ← x + α·p; r ← r − α·ap; gives rᵀr. */
// @ts-ignore: decorator
@inline
function descend(x: usize, r: usize, p: usize, ap: usize, stride: i32, alpha: f32): f32 {
  const a = f32x4.splat(alpha);
  let square = f32x4.splat(0);
  for (let o = 0; o < stride; o += 16) {
    v128.store(x + o, madd(a, v128.load(p + o), v128.load(x + o)));
    const rest = madd(f32x4.neg(a), v128.load(ap + o), v128.load(r + o));
    v128.store(r + o, rest);
    square = madd(rest, rest, square);
  }
  return sum(square);
}

/** p ← r + β·p. */
// @ts-ignore: decorator
@inline
function turn(p: usize, r: usize, stride: i32, beta: f32): void {
  const b = f32x4.splat(beta);
  for (let o = 0; o < stride; o += 16) v128.store(p + o, madd(b, v128.load(p + o), v128.load(r + o)));
}
