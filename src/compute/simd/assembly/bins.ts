// Bins are bytes, four columns to a word and a word a row: column f of row r is byte f & 3 of word r of group f >> 2.

/** The bin of a missing value. */
export const missingBin: u8 = 255;

/** out[4i] ← the bin of each of n doubles: how many of 255 ascending thresholds, padded with Infinity, lie below it. NaN is missing. */
export function binColumn(x: usize, n: i32, thresholds: usize, out: usize): void {
  for (let i = 0; i < n; i++) {
    const value = load<f64>(x + (i << 3));
    let bin = 0;
    for (let step = 128; step > 0; step >>= 1)
      bin += select(step, 0, load<f64>(thresholds + ((bin + step - 1) << 3)) < value);
    store<u8>(out + (i << 2), value == value ? u8(bin) : missingBin);
  }
}

/** Puts those of rows[from … to) first whose bin is at most `bin`, or missing where missingLeft is 1; both sides keep their order. Gives where the second begins. */
export function partitionRows(
  rows: usize,
  from: i32,
  to: i32,
  scratch: usize,
  column: usize,
  bin: i32,
  missingLeft: i32,
): i32 {
  let left = rows + (from << 2);
  let right = scratch;
  for (let at = left, end = rows + (to << 2); at < end; at += 4) {
    const row = load<i32>(at);
    const found = i32(load<u8>(column + (row << 2)));
    const goesLeft = i32(found <= bin) | (i32(found == i32(missingBin)) & missingLeft);
    store<i32>(left, row);
    store<i32>(right, row);
    left += goesLeft << 2;
    right += (1 - goesLeft) << 2;
  }
  memory.copy(left, scratch, right - scratch);
  return i32((left - rows) >> 2);
}

/** out ← the 8 bytes of each of n rows. */
export function gatherPairs(rows: usize, n: i32, pairs: usize, out: usize): void {
  for (let i = 0; i < n; i++)
    store<u64>(out + (i << 3), load<u64>(pairs + (load<i32>(rows + (i << 2)) << 3)));
}
