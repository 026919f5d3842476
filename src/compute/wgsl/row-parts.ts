import { padRows, paddedWidth } from "../padded-rows.ts";
import type { Gpu } from "./gpu.ts";

/** Some of many rows, in a buffer of their own, with columns padded to fours. */
export interface RowPart {
  readonly buffer: GPUBuffer;
  /** The row it begins with. */
  readonly first: number;
  readonly rows: number;
}

/** Bytes that go to the GPU at one time: as many more stand in memory meanwhile. */
const bytesAtOnce = 2 ** 26;

/** Buffers for padded rows, as few as hold them; each but the last has a multiple of `together` rows. So many that do not fit in a buffer are a RangeError. */
export function rowParts(gpu: Gpu, rows: number, columns: number, together: number): RowPart[] {
  const width = paddedWidth(columns);
  const most = Math.max(1, Math.floor(gpu.mostBytes / (4 * width * together))) * together;
  const parts: RowPart[] = [];
  for (let first = 0; first < rows; first += most) {
    const count = Math.min(most, rows - first);
    parts.push({ buffer: gpu.buffer(count * width), first, rows: count });
  }
  return parts;
}

/** Fills the parts with rows, row-major. */
export function writeRows(gpu: Gpu, parts: readonly RowPart[], x: Float32Array, columns: number): void {
  for (const { buffer, first, rows } of parts)
    writeStretches(gpu, buffer, rows, paddedWidth(columns), (from, count) => {
      const some = x.subarray((first + from) * columns, (first + from + count) * columns);
      return padRows(some, count, columns);
    });
}

/** Fills a buffer with rows of `width` singles, a stretch at a time: `some` gives `count` of them from a row on. */
export function writeStretches(
  gpu: Gpu,
  buffer: GPUBuffer,
  rows: number,
  width: number,
  some: (from: number, count: number) => Float32Array<ArrayBuffer>,
): void {
  const atOnce = Math.max(1, Math.floor(bytesAtOnce / (4 * width)));
  for (let from = 0; from < rows; from += atOnce)
    gpu.write(buffer, some(from, Math.min(atOnce, rows - from)), 4 * width * from);
}
