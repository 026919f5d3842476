// A set of bins as 256 bits: nodes of few rows touch few of them.

/** Adds a bin to the set. */
// @ts-ignore: decorator
@inline
export function touch(set: usize, bin: i32): void {
  const word = set + ((bin >> 6) << 3);
  store<u64>(word, load<u64>(word) | (u64(1) << (bin & 63)));
}

/** The first bin of the set from `bin` on, −1 where there is none. */
// @ts-ignore: decorator
@inline
export function nextTouched(set: usize, bin: i32): i32 {
  while (bin < 256) {
    const rest = load<u64>(set + ((bin >> 6) << 3)) >> (bin & 63);
    if (rest) return bin + i32(ctz(rest));
    bin = (bin | 63) + 1;
  }
  return -1;
}

/** Empties the set. */
// @ts-ignore: decorator
@inline
export function untouch(set: usize): void {
  memory.fill(set, 0, 32);
}
