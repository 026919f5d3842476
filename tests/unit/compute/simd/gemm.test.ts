import { expect, test } from "vitest";
import { panel as panelSize } from "../../../../src/compute/simd/padding.ts";
import { openSimd } from "../../../../src/compute/simd/simd.ts";
import { seededRandom } from "../../../../src/core/random.ts";
import { product, transposed } from "../../../reference/gemm.ts";

const random = seededRandom(11);
const size = (): number => 1 + random.integer(37);
const shapes = [
  [1, 1, 1],
  [1, 9, 4],
  [4, 8, 4],
  [5, 4, 3],
  [3, 12, 1],
  [200, 33, 64],
  [7, 9, 600],
  ...Array.from({ length: 20 }, () => [size(), size(), size()] as const),
] as const;

test.each(shapes)("a %i × %i product over %i terms is its twin's, transposed or not", (m, n, k) => {
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.next() * 2 - 1);
  const [a, b] = [numbers(m * k), numbers(k * n)];
  const row = Math.ceil(n / 4) * 4;
  const simd = openSimd("gemm");
  const panel = simd.f32(panelSize).at;
  const [aAt, bAt] = [simd.f32(a).at, simd.f32(b).at];
  const [aTurned, bTurned] = [simd.f32(transposed(m, k, a)).at, simd.f32(transposed(k, n, b)).at];
  const start = simd.f32(m * row);
  start.view().set(numbers(m * row));
  const withS = product(m, n, k, a, b, unpadded(start.view()));
  const withRow = product(m, n, k, a, b, unpadded(repeated(start.view())));
  const alone = product(m, n, k, a, b, new Float32Array(m * n));

  expectNear(run([aAt, k, 1], [bAt, n, 1], start.at, row), withS);
  expectNear(run([aAt, k, 1], [bAt, n, 1], start.at, 0), withRow);
  expectNear(run([aTurned, 1, m], [bAt, n, 1], 0, 0), alone);
  expectNear(run([aAt, k, 1], [bTurned, 1, k], 0, 0), alone);

  function run(aIs: readonly number[], bIs: readonly number[], s: number, sRow: number): Float32Array {
    const c = simd.f32(m * row);
    c.view().fill(NaN);
    simd.kernels.gemm(m, n, k, ...aIs, ...bIs, c.at, row, s, sRow, panel);
    return unpadded(c.view());
  }

  function unpadded(padded: Float32Array): Float32Array {
    return Float32Array.from({ length: m * n }, (_, at) => padded[Math.floor(at / n) * row + (at % n)]!);
  }

  function repeated(padded: Float32Array): Float32Array {
    return Float32Array.from(padded, (_, at) => padded[at % row]!);
  }
});

function expectNear(found: Float32Array, wanted: Float64Array): void {
  const apart = wanted.map((value, i) => Math.abs(found[i]! - value));
  expect(Math.max(...apart)).toBeLessThan(2e-5);
}
