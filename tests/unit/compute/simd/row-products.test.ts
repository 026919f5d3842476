import { expect, test } from "vitest";
import { rowProducts } from "../../../../src/compute/simd/row-products.ts";
import { minstd } from "../../../reference/minstd.ts";
import { product, transposed } from "../../../reference/gemm.ts";

const shapes = [
  [1, 1, 1],
  [1, 7, 3],
  [2, 5, 5],
  [3, 4, 1],
  [4, 8, 8],
  [5, 3, 2],
  [7, 9, 4],
  [8, 2, 2],
  [15, 6, 5],
  [16, 16, 16],
  [17, 1, 1],
  [31, 12, 7],
  [33, 33, 9],
  [64, 20, 13],
  [65, 64, 10],
  [100, 3, 3],
  [127, 41, 6],
  [200, 11, 11],
  [300, 600, 12],
  [1000, 70, 21],
  [4099, 19, 5],
  [20_000, 5, 3],
] as const;

const rest = () => Promise.resolve();

test.each(shapes)("products of %i × %i rows with %i vectors are their twin's", async (rows, columns, s) => {
  const next = minstd(rows + columns);
  const x = Float64Array.from({ length: rows * columns }, () => 7 + 3 * next());
  const mean = new Float64Array(columns).fill(7);
  const vectors = Float64Array.from({ length: s * columns }, () => next());
  const a = x.map((value) => (value - 7) / 3);
  const [aTurned, vTurned] = [transposed(rows, columns, a), transposed(s, columns, vectors)];
  const y = plain(rows, s, columns, a, vTurned);
  const yTurned = Float64Array.from(
    { length: s * rows },
    (_, at) => y[(at % rows) * s + Math.floor(at / rows)]!,
  );

  const found = rowProducts({ rows, columns, x, mean, scale: 3 }, rest);
  expectNear(await found.project(vectors), y);
  expectNear(await found.normal(vectors), plain(s, columns, rows, yTurned, a));
  expectNear(await found.gram(vectors), plain(s, s, rows, yTurned, y));
  expectNear(await found.covariance(), plain(columns, columns, rows, aTurned, a));
});

function plain(m: number, n: number, k: number, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return product(m, n, k, a, b, new Float64Array(m * n));
}

function expectNear(found: Float64Array, wanted: Float64Array): void {
  expect(found.length).toBe(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = wanted.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0);
  expect(apart).toBeLessThan(2e-6 * largest);
}
