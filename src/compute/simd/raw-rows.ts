import { multipleOfFour } from "./padding.ts";
import type { Simd } from "./simd.ts";

/** Kernels of `openRawRows`. */
export const rawKernels = [
  "addMomentsOfDoubles",
  "addMomentsOfSingles",
  "centreDoubles",
  "centreSingles",
] as const;

/** Singles of rows that are worked on before the next: they stay in the cache. */
const singlesAtOnce = 65_536;
/** Fewest rows of a stretch, so that its products are worth adding up, and most, so that sums of singles keep their digits. */
const [fewestRows, mostRows] = [256, 2048];

/** Rows (n×d) as they were given, singles or doubles, which come into a module's memory a stretch at a time. */
export interface RawRows {
  /** Most rows of a stretch. */
  readonly stretch: number;
  /** Adds Σ(x − shift) and Σ(x − shift)² of each column over a stretch; blocks of d doubles padded to a multiple of four. */
  addMoments(from: number, count: number, shift: number, sums: number, squares: number): void;
  /** Writes (x − mean) · factor of a stretch to an address, rows so many singles apart. */
  centre(from: number, count: number, width: number, mean: number, factor: number, into: number): void;
}

/** Rows of so many columns, to be read by these kernels. */
export function openRawRows(
  simd: Simd<(typeof rawKernels)[number]>,
  x: Float32Array | Float64Array,
  columns: number,
): RawRows {
  const inCache = multipleOfFour(Math.floor(singlesAtOnce / multipleOfFour(columns)));
  const stretch = Math.min(Math.max(fewestRows, inCache), mostRows);
  const areSingles = x instanceof Float32Array;
  // Past the last row, the kernels read up to four numbers.
  const length = Math.min(stretch * columns, x.length) + 4;
  const raw = areSingles ? simd.f32(length) : simd.f64(length);
  const { kernels } = simd;
  const moments = areSingles ? kernels.addMomentsOfSingles : kernels.addMomentsOfDoubles;
  const centre = areSingles ? kernels.centreSingles : kernels.centreDoubles;
  const bring = (from: number, count: number) =>
    raw.view().set(x.subarray(from * columns, (from + count) * columns));
  return {
    stretch,
    addMoments(from, count, shift, sums, squares) {
      bring(from, count);
      moments(raw.at, count, columns, shift, sums, squares);
    },
    centre(from, count, width, mean, factor, into) {
      bring(from, count);
      centre(raw.at, count, columns, width, mean, factor, into);
    },
  };
}
