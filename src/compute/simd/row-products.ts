import { paddedWidth } from "../padded-rows.ts";
import { fillCentred, type CentredRows, type RowProducts } from "../row-products.ts";
import { multipleOfFour, panel } from "./padding.ts";
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

/** Singles of A that are worked on before the next: they stay in the cache. */
const singlesAtOnce = 65_536;

/** Puts rows, centred and scaled, on the SIMD kernels. `breathe` is awaited between stretches of rows. */
export function simdRowProducts(centred: CentredRows, breathe: () => Promise<void>): SimdRowProducts {
  const { rows, columns } = centred;
  const simd = openSimd("gemm");
  const width = paddedWidth(columns);
  const stretch = Math.max(64, multipleOfFour(Math.floor(singlesAtOnce / width)));
  const a = simd.f32(rows * width);
  const room = simd.f32(panel).at;
  fillCentred(centred, 0, a.view(), width);

  /** C ← L·R, m×n over k terms; rows of C are n padded to a multiple of four. */
  function multiply(m: number, n: number, k: number, left: Operand, right: Operand, c: number): void {
    const [l, r] = [left, right].map(({ at, row, column }) => [at, row, column]) as [number[], number[]];
    simd.kernels.gemm(m, n, k, ...l, ...r, c, multipleOfFour(n), 0, 0, room);
  }

  /** Calls back for each stretch of A, with the place of its first row and how many there are. */
  async function eachStretch(call: (part: Operand, from: number, count: number) => void): Promise<void> {
    for (let from = 0; from < rows; from += stretch) {
      call({ at: a.at + from * width * 4, row: width, column: 1 }, from, Math.min(stretch, rows - from));
      await breathe();
    }
  }

  /** What gives A·v for a stretch of A. */
  function projector(vectors: Float64Array) {
    const s = vectors.length / columns;
    const right = { at: simd.f32(vectors).at, row: 1, column: columns };
    const y = simd.f32(stretch * multipleOfFour(s));
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
      const { s, project } = projector(vectors);
      const sum = new Float64Array(s * columns);
      const z = simd.f32(columns * multipleOfFour(s));
      await eachStretch((part, _, count) => {
        multiply(columns, s, count, turned(part), project(part, count), z.at);
        addTurned(z, multipleOfFour(s), sum, s, columns);
      });
      return sum;
    },
    async gram(vectors) {
      const { s, project } = projector(vectors);
      return gramOf(s, (part, count) => project(part, count));
    },
    covariance: () => gramOf(columns, (part) => part),
    dispose: () => undefined,
  };

  async function gramOf(s: number, of: (part: Operand, count: number) => Operand): Promise<Float64Array> {
    const sum = new Float64Array(s * s);
    const g = simd.f32(s * multipleOfFour(s));
    await eachStretch((part, _, count) => {
      const y = of(part, count);
      multiply(s, s, count, turned(y), y, g.at);
      addTurned(g, multipleOfFour(s), sum, s, s);
    });
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

/** sum (s × n) ← sum + the transpose of a block (n rows of `stride`). */
function addTurned(
  block: Block<Float32Array>,
  stride: number,
  sum: Float64Array,
  s: number,
  n: number,
): void {
  const values = block.view();
  for (let i = 0; i < n; i++) for (let j = 0; j < s; j++) sum[j * n + i]! += values[i * stride + j]!;
}
