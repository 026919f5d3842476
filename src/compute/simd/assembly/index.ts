// Everything the module exports, one line a file. Arguments named x, y, out … are addresses in bytes, divisible by 16.
export * from "./elementwise";

/** The first address that is free for data. */
export function heapBase(): usize {
  return __heap_base;
}
