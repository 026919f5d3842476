import { kMeansOnWgsl } from "../../../src/compute/wgsl/k-means.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { kMeansCases, kMeansGap, type KMeansCase } from "../../reference/k-means-twin.ts";
import type { Gaps } from "./gaps.ts";
import { sampleOf } from "./sample.ts";

/** Bytes of a buffer, where rows are to stand in several of them. */
const fewBytes = 16_384;

/** Cases beside their twins, and the widest also with their rows in several buffers. */
export async function kMeans(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  const add = async (one: KMeansCase, mostBytes?: number): Promise<void> => {
    const kernel = await kMeansOnWgsl(one, one.k, mostBytes);
    gaps.push([`${one.name}, at most ${mostBytes ?? "all"} bytes together`, await kMeansGap(kernel, one)]);
    kernel.dispose();
  };
  const cases = sampleOf(kMeansCases, full);
  for (const one of cases) await add(one);
  for (const one of cases.filter(({ columns }) => columns >= 30)) await add(one, fewBytes);
  return gaps;
}

/** A second run, and runs with the rows in several buffers, which end within a block and at its end. */
export async function kMeansAgain(): Promise<Gaps> {
  const one = kMeansCases.at(-1)!;
  const gaps: [string, number][] = [["a second run", Number((await bits(one)) !== (await bits(one)))]];
  for (const [rows, columns, k] of [
    [700, 16, 4],
    [768, 9, 3],
    [513, 12, 2],
    [2000, 2, 5],
  ] as const) {
    const random = seededRandom(rows);
    const x = Float32Array.from({ length: rows * columns }, () => random.next());
    const split = { name: "", rows, columns, k, x, centres: x.slice(0, k * columns) };
    const same = (await bits(split)) === (await bits(split, fewBytes));
    gaps.push([`${rows} × ${columns} in several buffers`, same ? 0 : 1]);
  }
  return gaps;
}

/** All that two steps find, and an assignment. */
async function bits(one: KMeansCase, mostBytes?: number): Promise<string> {
  const kernel = await kMeansOnWgsl(one, one.k, mostBytes);
  kernel.setCentres(one.centres);
  const first = await kernel.step();
  const second = await kernel.step();
  const last = await kernel.assign();
  const { dispatches } = kernel;
  kernel.dispose();
  if (mostBytes ? dispatches <= 3 : dispatches > 3) throw new Error(`${dispatches} kernel calls`);
  return [first, second]
    .map(({ centres, inertia, counts }) => [...centres, inertia, ...counts].join())
    .concat(last.labels.join(), last.distances.join())
    .join();
}
