import { pointsOnWgsl } from "../../../src/compute/wgsl/nearest.ts";
import { NearestNeighbors, type NearestNeighborsParams } from "../../../src/library/nearest-neighbors.ts";
import { neighboursCases, type NeighboursCase } from "../../reference/neighbours-twin.ts";
import { pointsFaults, type PointsShape } from "../../reference/points-twin.ts";
import type { Gaps } from "./gaps.ts";

/** Queries so far off that singles of them are infinite, or their products are. */
const farOff: NeighboursCase = {
  name: "queries far off",
  rows: 100,
  columns: 2,
  k: 3,
  x: Array.from({ length: 100 }, (_, i) => [(i * 37) % 101, 1]),
  queries: [1e6, -1e14, 1e20, 1e35, 1e60].map((place) => [place, 1]),
};

/** As many places as an invocation keeps for its query, and so many that a workgroup does. */
const sizes = [60, 65].map((places) => ({ queries: 11, places }));

/** Bytes of a buffer, where points are to stand in several of them: room for the places of a block of queries. */
const fewBytes = 4 * 64 * 65;

/** A few cases: with ties, with equal rows, and with columns of sizes far apart. */
const some = [5, 10, 19].map((i) => neighboursCases[i]!);

/** Points that stand in several buffers of so many bytes, on both sides of a block and a tile; the first are more from the cuts on than are read at one time. */
const straddling: readonly PointsShape[] = [
  { rows: 480, columns: 33, k: 12 },
  { rows: 130, columns: 64, k: 9 },
  { rows: 193, columns: 60, k: 60 },
  { rows: 700, columns: 20, k: 33 },
  { rows: 1025, columns: 4, k: 5 },
];

/** The points of some cases, and of one in several buffers, beside sorting. */
export function points(): Promise<Gaps> {
  return pointsGaps(some.slice(0, 2), straddling.slice(0, 1));
}

/** The same of all cases. */
export function pointsAll(): Promise<Gaps> {
  return pointsGaps(neighboursCases, straddling);
}

/** Whether NearestNeighbors gives the same numbers on the GPU as on the processor, bit for bit, in some cases. */
export function neighbours(): Promise<Gaps> {
  return neighboursGaps([...some, farOff]);
}

/** The same in all cases. */
export function neighboursAll(): Promise<Gaps> {
  return neighboursGaps(neighboursCases);
}

async function pointsGaps(whole: readonly PointsShape[], split: readonly PointsShape[]): Promise<Gaps> {
  const gaps: [string, number][] = [];
  const add = async ({ rows, columns, k }: PointsShape, bytes?: number): Promise<void> => {
    for (const size of sizes) {
      const faults = await pointsFaults({ rows, columns, k }, (all) => pointsOnWgsl(all, size, bytes));
      const name = `${rows} × ${columns}, k = ${k} of ${size.places}, at most ${bytes ?? "all"} bytes together`;
      gaps.push([name, faults]);
    }
  };
  for (const one of whole) await add(one);
  for (const one of split) await add(one, fewBytes);
  return gaps;
}

async function neighboursGaps(cases: readonly NeighboursCase[]): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const one of cases)
    for (const metric of ["euclidean", "cosine"] as const) {
      const gpu = await found(one, { metric, device: "webgpu" });
      const cpu = await found(one, { metric, device: "wasm" });
      gaps.push([`${one.name}, ${metric}`, gpu === cpu ? 0 : 1]);
    }
  return gaps;
}

async function found(
  { x, queries, k, rows }: NeighboursCase,
  params: NearestNeighborsParams,
): Promise<string> {
  const model = await new NearestNeighbors(params).fit(x);
  const results = [await model.kneighbors(queries, k)];
  if (k < rows) results.push(await model.kneighbors(null, k));
  return results.map(({ distances, indices }) => `${distances.data.join()} ${indices.join()}`).join();
}
