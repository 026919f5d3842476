import type { PointSearch, ScoredPoints } from "../nearest.ts";
import { panel } from "./padding.ts";
import { openSimd, type Block } from "./simd.ts";

/** Queries and points of a tile, whose scores stay in the cache. */
const mostQueries = 128;
const pointsAtOnce = 256;

/** Products of a call: some tens of milliseconds. */
const productsAtOnce = 2 ** 28;

/** Puts points on the SIMD kernels: products of single precision, tile by tile, and a heap of k a query. */
export function pointsOnSimd({ rows, columns, x, offsets }: ScoredPoints): PointSearch {
  const simd = openSimd("gemm", "offerScores", "placesFrom");
  const queriesAtOnce = Math.max(16, Math.min(mostQueries, Math.floor(productsAtOnce / (rows * columns))));
  const tile = columns * pointsAtOnce;
  const tiles = Math.ceil(rows / pointsAtOnce);
  const points = simd.f32(tiles * tile);
  const added = simd.f32(tiles * pointsAtOnce);
  const queries = simd.f32(queriesAtOnce * columns);
  const scores = simd.f32(queriesAtOnce * pointsAtOnce);
  const sizes = simd.i32(queriesAtOnce);
  const found = simd.i32(pointsAtOnce);
  const room = simd.f32(panel).at;
  const heaps = new Map<number, { readonly ids: Block<Int32Array>; readonly best: Block<Float32Array> }>();
  fillTiles(points.view(), x, rows, columns);
  added.view().set(offsets);

  function heapsOf(k: number) {
    const held = heaps.get(k) ?? { ids: simd.i32(queriesAtOnce * k), best: simd.f32(queriesAtOnce * k) };
    heaps.set(k, held);
    return held;
  }

  /** Scores queries by the points of each tile, and calls back with the first point and how many there are. */
  function eachTile(given: Float32Array, call: (first: number, n: number) => void): void {
    queries.view().set(given);
    for (let t = 0; t < tiles; t++) {
      const first = t * pointsAtOnce;
      const n = Math.min(pointsAtOnce, rows - first);
      const [left, right] = [queries.at, points.at + t * tile * 4];
      const [m, start] = [given.length / columns, added.at + first * 4];
      const { gemm } = simd.kernels;
      gemm(m, n, columns, left, columns, 1, right, pointsAtOnce, 1, scores.at, pointsAtOnce, start, 0, room);
      call(first, n);
    }
  }

  return {
    queriesAtOnce,
    async best(given, own, k) {
      const m = given.length / columns;
      const { ids, best } = heapsOf(k);
      sizes.view().fill(0);
      eachTile(given, (first, n) =>
        simd.kernels.offerScores(scores.at, m, n, pointsAtOnce, first, own, k, ids.at, best.at, sizes.at),
      );
      const worst = best.view();
      return {
        ids: ids.view().slice(0, m * k),
        lowest: Float32Array.from({ length: m }, (_, i) => worst[i * k]!),
        sizes: sizes.view().slice(0, m),
      };
    },
    async eachFrom(given, cuts, call) {
      eachTile(given, (first, n) => {
        for (const [i, cut] of cuts.entries()) {
          const row = scores.at + i * pointsAtOnce * 4;
          const count = simd.kernels.placesFrom(row, n, cut, first, found.at);
          if (count) call(i, found.view().subarray(0, count));
        }
      });
    },
    dispose: () => undefined,
  };
}

/** Lays points in tiles of d × pointsAtOnce, points side by side. */
function fillTiles(tiles: Float32Array, x: Float32Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i++) {
    const into = Math.floor(i / pointsAtOnce) * columns * pointsAtOnce + (i % pointsAtOnce);
    for (let j = 0; j < columns; j++) tiles[into + j * pointsAtOnce] = x[i * columns + j]!;
  }
}
