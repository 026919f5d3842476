import type { Random } from "../core/random.ts";

/** Sequences of events one after another: sequence i has events starts[i]…starts[i+1]. */
export interface Sequences {
  readonly starts: Int32Array;
  /** Kind of each event, a row of the embedding. */
  readonly kinds: Int32Array;
  /** events × numbers, row-major. */
  readonly numbers: Float32Array;
}

/** Batches that are sorted together, so that those of a batch are about as long, and chance still decides who meets whom. */
const pool = 16;

/** Cuts sequences in the order given into batches, each of about the same length and longest first, and shuffles the batches of a pool. */
export function bucketed(
  order: Uint32Array,
  { starts }: Sequences,
  batchSize: number,
  random: Random,
): Uint32Array[] {
  const batches: Uint32Array[] = [];
  for (let from = 0; from < order.length; from += pool * batchSize) {
    const sorted = longestFirst(order.subarray(from, from + pool * batchSize), starts);
    const first = batches.length;
    for (let at = 0; at < sorted.length; at += batchSize) {
      batches.push(sorted.subarray(at, at + batchSize));
      const swap = first + random.integer(batches.length - first);
      [batches[swap], batches[batches.length - 1]] = [batches.at(-1)!, batches[swap]!];
    }
  }
  return batches;
}

/** The sequences `which`, longest first; of equal ones the order stays. */
export function longestFirst(which: Uint32Array, starts: Int32Array): Uint32Array {
  const length = (i: number): number => starts[i + 1]! - starts[i]!;
  return Uint32Array.from(Array.from(which).sort((a, b) => length(b) - length(a)));
}

/** Cuts a batch into parts of at most `events` events, at least one sequence each. */
export function partsOf(batch: Uint32Array, { starts }: Sequences, events: number): Uint32Array[] {
  const parts: Uint32Array[] = [];
  let from = 0;
  let sum = 0;
  for (const [i, sequence] of batch.entries()) {
    const length = starts[sequence + 1]! - starts[sequence]!;
    if (i > from && sum + length > events) {
      parts.push(batch.subarray(from, i));
      from = i;
      sum = 0;
    }
    sum += length;
  }
  parts.push(batch.subarray(from));
  return parts;
}

/** Sequences in batches, in their order. */
export function batchesOf(which: Uint32Array, size: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(which.length / size) }, (_, i) =>
    which.subarray(i * size, (i + 1) * size),
  );
}
