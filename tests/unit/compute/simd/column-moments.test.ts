import { expect, test } from "vitest";
import { columnMoments } from "../../../../src/compute/simd/column-moments.ts";
import { productCases } from "../../../reference/row-products-twin.ts";

const rest = () => Promise.resolve();

test.each(productCases)("means and squares around them are the plain ones: $name", async ({ x, columns }) => {
  for (const given of [Float64Array.from(x), Float32Array.from(x)]) {
    const { mean, squares } = await columnMoments(given, columns, rest);
    const wanted = plainMoments(given, columns);
    expect(Math.max(...wanted.mean.map((value, j) => Math.abs(mean[j]! - value)))).toBeLessThan(1e-11);
    expect(Math.abs(squares - wanted.squares)).toBeLessThanOrEqual(1e-11 * wanted.squares);
  }
});

test("columns that do not vary have squares of exactly 0, and what is no number gives none", async () => {
  expect(await columnMoments(Float64Array.of(0.1, 1e9, 0.1, 1e9, 0.1, 1e9), 2, rest)).toEqual({
    mean: Float64Array.of(0.1, 1e9),
    squares: 0,
  });
  for (const bad of [NaN, Infinity]) {
    const { squares } = await columnMoments(Float32Array.of(1, 2, bad, 4, 5, 6, 7, 8, 9), 3, rest);
    expect(squares).toBeNaN();
  }
});

test("sums too large to be squared have their squares all the same", async () => {
  const x = new Float64Array(1000).fill(1e152);
  x[0] = 0;
  const { squares } = await columnMoments(x, 1, rest);
  expect(squares / 0.999e304).toBeCloseTo(1, 9);
});

function plainMoments(x: ArrayLike<number>, columns: number): { mean: number[]; squares: number } {
  const rows = x.length / columns;
  const mean = Array.from({ length: columns }, () => 0);
  for (let at = 0; at < x.length; at++) mean[at % columns]! += x[at]! / rows;
  let squares = 0;
  for (let at = 0; at < x.length; at++) squares += (x[at]! - mean[at % columns]!) ** 2;
  return { mean, squares };
}
