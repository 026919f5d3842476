import type { CentredRows, RowProducts } from "../../src/compute/row-products.ts";
import { product, transposed } from "./gemm.ts";
import { minstd } from "./minstd.ts";

/** Rows, and vectors to multiply them with. */
export interface ProductCase extends CentredRows {
  readonly name: string;
  readonly vectors: Float64Array;
}

const shapes: readonly (readonly [rows: number, columns: number, vectors: number])[] = [
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
];

/** Random rows of many shapes, also with constant columns and equal rows. */
export const productCases: readonly ProductCase[] = shapes.map(([rows, columns, s], i) => {
  const next = minstd(rows + columns);
  const x = Float64Array.from({ length: rows * columns }, () => 7 + 3 * next());
  if (i % 4 === 1) for (let row = 0; row < rows; row++) x[row * columns] = 8.5;
  if (i % 4 === 2) for (let row = 1; row < rows; row += 2) x.copyWithin(row * columns, 0, columns);
  const vectors = Float64Array.from({ length: s * columns }, () => next());
  const mean = new Float64Array(columns).fill(7);
  return { name: `${rows} × ${columns} with ${s}`, rows, columns, x, mean, scale: 3, vectors };
});

/** A·v of each vector in plain doubles, n×s. */
export function projectionTwin(one: ProductCase): Float64Array {
  const { columns: d, vectors } = one;
  const s = vectors.length / d;
  return plain(one.rows, s, d, scaled(one), transposed(s, d, vectors));
}

/** How far the products are from those in plain doubles, as a share of the largest number of each. */
export async function productGap(products: RowProducts, one: ProductCase): Promise<number> {
  const { rows: n, columns: d, vectors } = one;
  const s = vectors.length / d;
  const a = scaled(one);
  const y = projectionTwin(one);
  const yTurned = Float64Array.from({ length: s * n }, (_, at) => y[(at % n) * s + Math.floor(at / n)]!);
  return Math.max(
    furthest(await products.normal(vectors), plain(s, d, n, yTurned, a)),
    furthest(await products.gram(vectors), plain(s, s, n, yTurned, y)),
    furthest(await products.covariance(), plain(d, d, n, transposed(n, d, a), a)),
  );
}

/** The largest difference as a share of the largest number wanted. */
export function furthest(found: Float64Array, wanted: Float64Array): number {
  if (found.length !== wanted.length) return Infinity;
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = wanted.reduce((most, value, i) => Math.max(most, Math.abs(found[i]! - value)), 0);
  return Number.isFinite(apart) ? apart / (largest || 1) : Infinity;
}

function scaled({ x, mean, columns, scale }: ProductCase): Float64Array {
  return Float64Array.from(x, (value, at) => (value - mean[at % columns]!) / scale);
}

function plain(m: number, n: number, k: number, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return product(m, n, k, a, b, new Float64Array(m * n));
}
