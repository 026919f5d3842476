import { paddedWidth } from "../padded-rows.ts";
import type { CentredRows, RowProducts } from "../row-products.ts";
import { multipleOfFour, panel } from "./padding.ts";
import { openRawRows, rawKernels } from "./raw-rows.ts";
import { openSimd, type Block } from "./simd.ts";

/** Products that give projections too. */
export interface SimdRowProducts extends RowProducts {
  /** A·v of each vector, n×s. */
  project(vectors: Float64Array): Promise<Float64Array<ArrayBuffer>>;
}

/** A matrix in memory, rows and columns so many numbers apart. */
interface Operand {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** Columns of a symmetric product that are made together, with the rows down to its diagonal. */
const columnsAtOnce = 8;

/** Opens the SIMD kernels for rows, which are centred and scaled a stretch at a time. `breathe` is awaited between stretches. */
export function simdRowProducts(centred: CentredRows, breathe: () => Promise<void>): SimdRowProducts {
  const { rows, columns, x, scale } = centred;
  const simd = openSimd("gemm", ...rawKernels);
  const width = paddedWidth(columns);
  const raw = openRawRows(simd, x, columns);
  const mean = simd.f64(centred.mean);
  const room = simd.f32(panel).at;
  let one: Block<Float32Array> | null = null;
  let all: Block<Float32Array> | null = null;
  /** Rows of `all` that are centred. */
  let kept = 0;

  /** C ← L·R, m×n over k terms; rows of C are n padded to a multiple of four, or `apart`. */
  function multiply(
    m: number,
    n: number,
    k: number,
    left: Operand,
    right: Operand,
    c: number,
    apart = multipleOfFour(n),
  ): void {
    const [l, r] = [left, right].map(({ at, row, column }) => [at, row, column]) as [number[], number[]];
    simd.kernels.gemm(m, n, k, ...l, ...r, c, apart, 0, 0, room);
  }

  /** Calls back for each stretch of A, with the place of its first row, its number and how many there are. */
  async function eachStretch(call: (part: Operand, from: number, count: number) => void): Promise<void> {
    for (let from = 0; from < rows; from += raw.stretch) {
      const count = Math.min(raw.stretch, rows - from);
      call({ at: centredAt(from, count), row: width, column: 1 }, from, count);
      await breathe();
    }
  }

  function centredAt(from: number, count: number): number {
    if (!all) one ??= simd.f32(Math.min(raw.stretch, rows) * width);
    const at = all ? all.at + from * width * 4 : one!.at;
    if (all && from < kept) return at;
    raw.centre(from, count, width, mean.at, 1 / scale, at);
    if (all) kept = from + count;
    return at;
  }

  /** What gives A·v for a stretch of A. */
  function projector(vectors: Float64Array) {
    const s = vectors.length / columns;
    const right = { at: simd.f32(vectors).at, row: 1, column: columns };
    const y = simd.f32(raw.stretch * multipleOfFour(s));
    const projected: Operand = { at: y.at, row: multipleOfFour(s), column: 1 };
    return {
      s,
      y,
      project: (part: Operand, count: number): Operand => {
        multiply(count, s, columns, part, right, y.at);
        return projected;
      },
    };
  }

  return {
    async project(vectors) {
      const { s, y, project } = projector(vectors);
      const found = new Float64Array(rows * s);
      await eachStretch((part, from, count) => {
        project(part, count);
        copyRows(y.view(), multipleOfFour(s), found, from, count, s);
      });
      return found;
    },
    async normal(vectors) {
      // Asked for again and again: the rows stay as they are centred.
      all ??= simd.f32(rows * width);
      const { s, project } = projector(vectors);
      const apart = multipleOfFour(s);
      const sum = new Float64Array(columns * apart);
      const z = simd.f32(columns * apart);
      await eachStretch((part, _, count) => {
        multiply(columns, s, count, turned(part), project(part, count), z.at);
        addTo(sum, z.view());
      });
      const turnedBack = new Float64Array(s * columns);
      for (let i = 0; i < s; i++)
        for (let j = 0; j < columns; j++) turnedBack[i * columns + j] = sum[j * apart + i]!;
      return turnedBack;
    },
    async gram(vectors) {
      const { s, project } = projector(vectors);
      return gramOf(s, (part, count) => project(part, count));
    },
    covariance: () => gramOf(columns, (part) => part),
    dispose: () => undefined,
  };

  /** YᵀY of what is made of each stretch, s×s: what lies on and above its diagonal, and the same below. */
  async function gramOf(s: number, of: (part: Operand, count: number) => Operand): Promise<Float64Array> {
    const sum = new Float64Array(s * s);
    const apart = multipleOfFour(s);
    const g = simd.f32(s * apart);
    await eachStretch((part, _, count) => {
      const y = of(part, count);
      for (let from = 0; from < s; from += columnsAtOnce) {
        const to = Math.min(s, from + columnsAtOnce);
        const right = { ...y, at: y.at + from * 4 };
        multiply(to, to - from, count, turned(y), right, g.at + from * 4, apart);
      }
      addUpper(g.view(), apart, sum, s);
    });
    for (let i = 0; i < s; i++) for (let j = 0; j < i; j++) sum[i * s + j] = sum[j * s + i]!;
    return sum;
  }
}

function turned({ at, row, column }: Operand): Operand {
  return { at, row: column, column: row };
}

function copyRows(
  y: Float32Array,
  stride: number,
  into: Float64Array,
  from: number,
  count: number,
  s: number,
): void {
  for (let i = 0; i < count; i++) into.set(y.subarray(i * stride, i * stride + s), (from + i) * s);
}

function addTo(sum: Float64Array, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
}

/** sum (s × s) ← sum + what lies on and above the diagonal of a block (s rows of `stride`). */
function addUpper(values: Float32Array, stride: number, sum: Float64Array, s: number): void {
  for (let i = 0; i < s; i++) for (let j = i; j < s; j++) sum[i * s + j]! += values[i * stride + j]!;
}
