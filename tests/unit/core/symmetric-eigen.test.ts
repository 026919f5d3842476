import { expect, test } from "vitest";
import { orthonormalise } from "../../../src/core/orthonormal.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { symmetricEigen } from "../../../src/core/symmetric-eigen.ts";

const random = seededRandom(5);

/** A symmetric matrix; every third one has zero rows, every third one is of rank 1. */
function symmetric(n: number): Float64Array {
  const v = Array.from({ length: n }, (_, i) => (n % 3 === 1 && i % 2 ? 0 : random.next() - 0.5));
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++)
      a[i * n + j] = a[j * n + i] = v[i]! * v[j]! * (n % 3 === 2 ? 1 : random.next());
  return a;
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 16, 20, 31, 32, 33, 50, 64, 99, 120])(
  "an %i × %i matrix turns its eigenvectors into multiples of themselves",
  async (n) => {
    const a = symmetric(n);
    const { values, vectors } = await symmetricEigen(a, n, async () => undefined);
    for (let i = 0; i < n; i++) {
      if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!);
      const v = vectors.subarray(i * n, (i + 1) * n);
      for (let row = 0; row < n; row++) {
        const image = v.reduce((sum, value, j) => sum + a[row * n + j]! * value, 0);
        expect(Math.abs(image - values[i]! * v[row]!)).toBeLessThan(1e-13);
      }
    }
    expect(farFromOrthonormal(vectors, n, n)).toBeLessThan(1e-13);
  },
);

test("fewer eigenvectors are the first of all, to the bit", async () => {
  const a = symmetric(33);
  const all = await symmetricEigen(a, 33, async () => undefined);
  for (const count of [0, 1, 4, 6]) {
    const { values, vectors } = await symmetricEigen(a, 33, async () => undefined, count);
    expect(values).toEqual(all.values);
    expect(vectors).toEqual(all.vectors.slice(0, count * 33));
  }
});

test("the first eigenvectors of a matrix of very many steps are those of it", async () => {
  const n = 420;
  const a = symmetric(n);
  const { values, vectors } = await symmetricEigen(a, n, async () => undefined, 3);
  for (let i = 0; i < 3; i++) {
    const v = vectors.subarray(i * n, (i + 1) * n);
    for (let row = 0; row < n; row++) {
      const image = v.reduce((sum, value, j) => sum + a[row * n + j]! * value, 0);
      expect(Math.abs(image - values[i]! * v[row]!)).toBeLessThan(1e-12);
    }
  }
  expect(farFromOrthonormal(vectors, 3, n)).toBeLessThan(1e-13);
});

test("rows become orthonormal, also where they depend on each other or are zero", () => {
  const rows = Float64Array.of(1, 1, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1e-9, 0, 1);
  orthonormalise(rows, 4, 4);
  expect(farFromOrthonormal(rows, 4, 4)).toBeLessThan(1e-13);
  expect([...rows.subarray(0, 4)]).toEqual(
    [Math.SQRT1_2, Math.SQRT1_2, 0, 0].map((value) => expect.closeTo(value, 14) as number),
  );
});

test("rows that nearly depend on each other become orthonormal too", () => {
  const rows = Float64Array.of(0.3, 0.7, 0.1, 0.3, 0.7 + 1e-8, 0.1, 0.3, 0.7, 0.1 + 3e-9);
  orthonormalise(rows, 3, 3);
  expect(farFromOrthonormal(rows, 3, 3)).toBeLessThan(1e-13);
});

function farFromOrthonormal(rows: Float64Array, k: number, width: number): number {
  let most = 0;
  for (let i = 0; i < k; i++)
    for (let p = 0; p <= i; p++) {
      let product = 0;
      for (let j = 0; j < width; j++) product += rows[i * width + j]! * rows[p * width + j]!;
      most = Math.max(most, Math.abs(product - Number(i === p)));
    }
  return most;
}
