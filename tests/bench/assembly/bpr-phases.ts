import { ahead, block, bringNear, differences, keepItems, listItems, move, weigh } from "../../../src/compute/simd/assembly/bpr";

export { bprStep } from "../../../src/compute/simd/assembly/bpr";
export { bprMark, bprSample } from "../../../src/compute/simd/assembly/bpr-sample";

/** The first address that is free for data. */
export function heapBase(): usize {
  return __heap_base;
}

/** The first `phases` phases of `bprStep`, and of the rest as much as the next step needs: 1 list of items, 2 bringing near, 3 differences, 4 weights, 5 moves, 6 taking over. */
export function firstPhases(
  phases: i32, w: usize, stride: i32, heads: usize, triples: usize, count: i32, rate: f32, lambda: f32, users: i32,
  rows: usize, own: usize, z: usize,
): f64 {
  const ofItems = heads - (users << 4);
  const items = w - users * stride;
  const touched = listItems(triples, count, ofItems, rows);
  const decay = rate * lambda;
  let met = 0;
  let loss: f64 = 0;
  if (phases > 1)
    for (let from = 0; from < count; from += block) {
      const n = min(block, count - from);
      const t = triples + (from << 4);
      if (from % ahead == 0) bringNear(w, stride, items, t, min(ahead, count - from));
      if (phases > 2) differences(w, stride, items, ofItems, t, n, z);
      if (phases > 3) loss += weigh(z, n);
      if (phases > 4) met = move(w, stride, items, ofItems, t, n, rate, decay, own, met, z);
    }
  if (phases > 5) keepItems(items, stride, ofItems, rows, touched);
  else forget(ofItems, rows, touched);
  return loss;
}

/** The rows of a step, read and written back in the order of `bprStep`, with nothing worked out. */
export function carryRows(w: usize, stride: i32, heads: usize, triples: usize, count: i32, users: i32, rows: usize): i32 {
  const ofItems = heads - (users << 4);
  const items = w - users * stride;
  const touched = listItems(triples, count, ofItems, rows);
  const end = triples + (count << 4);
  let read = i32x4.splat(0);
  for (let t = triples; t < end; t += 16) {
    if ((t - triples) % (ahead << 4) == 0) bringNear(w, stride, items, t, min(ahead, i32(end - t) >> 4));
    let u = w + load<i32>(t) * stride;
    let i = items + (load<i32>(t, 4) * stride << 1);
    let j = items + (load<i32>(t, 8) * stride << 1);
    for (const end = u + stride; u < end; u += 64, i += 64, j += 64) {
      read = readLine(i, readLine(j, read));
      carryLine(u, u);
      carryLine(i + stride, i + stride);
      carryLine(j + stride, j + stride);
    }
  }
  for (let slot = 0; slot < touched; slot++) {
    let item = items + (load<i32>(rows + (slot << 2)) * stride << 1);
    for (const end = item + stride; item < end; item += 64) carryLine(item, item + stride);
  }
  forget(ofItems, rows, touched);
  return i32x4.extract_lane(read, 0);
}

// @ts-ignore: decorator
@inline
function carryLine(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  v128.store(to, v128.load(from, 32), 32);
  v128.store(to, v128.load(from, 48), 48);
}

// @ts-ignore: decorator
@inline
function readLine(at: usize, read: v128): v128 {
  const a = v128.or(v128.load(at), v128.load(at, 16));
  const b = v128.or(v128.load(at, 32), v128.load(at, 48));
  return v128.or(read, v128.or(a, b));
}

// @ts-ignore: decorator
@inline
function forget(heads: usize, rows: usize, touched: i32): void {
  for (let slot = 0; slot < touched; slot++) store<i32>(heads + (load<i32>(rows + (slot << 2)) << 4), 0, 8);
}

/** Reads and writes back `bytes` bytes in a row. */
export function stream(at: usize, bytes: i32): void {
  const one = i32x4.splat(1);
  for (const end = at + bytes; at < end; at += 64) {
    v128.store(at, i32x4.add(v128.load(at), one));
    v128.store(at, i32x4.add(v128.load(at, 16), one), 16);
    v128.store(at, i32x4.add(v128.load(at, 32), one), 32);
    v128.store(at, i32x4.add(v128.load(at, 48), one), 48);
  }
}

/** Reads two lines of each of `count` rows, whose numbers stand at `places`. */
export function scattered(at: usize, stride: i32, places: usize, count: i32): i32 {
  let read = 0;
  for (const end = places + (count << 2); places < end; places += 4) {
    const row = at + load<i32>(places) * stride;
    read |= load<i32>(row) | load<i32>(row, 64);
  }
  return read;
}

/** Goes `count` steps from row to row, each of which begins with the number of the next. */
export function chained(at: usize, stride: i32, count: i32): i32 {
  let row = 0;
  for (let k = 0; k < count; k++) row = load<i32>(at + row * stride);
  return row;
}
