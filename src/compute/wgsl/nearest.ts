import type { Candidates, PointsOfQuery, PointSearch, ScoredPoints, SearchSize } from "../nearest.ts";
import { padRows, paddedWidth } from "../padded-rows.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize } from "./index-of.ts";
import { areFew, findFew } from "./nearest-few.ts";
import { block, collectTile, mostPlaces, offerTile, scoreTile } from "./nearest-kernels.ts";
import { openOnGpu } from "./open.ts";
import { rowParts, writeRows, type RowPart } from "./row-parts.ts";

/** Most queries and points of a tile, whose scores stand on the GPU at one time. */
const mostQueries = 1024;
const mostPoints = 32_768;

/** Products of a call: some tenths of a second on a small GPU. */
const productsAtOnce = 2 ** 36;

/** Bytes between the values of two tiles: what every device allows as the offset of a uniform. */
const tileBytes = 256;

/** No query or cut beyond this is trusted to the GPU, whose kernels know no infinite numbers. */
const mostLength = 2 ** 60;

/** Some of the points, and the kernels that work on them, bound. */
interface Tile {
  readonly points: number;
  /** Adds the best of them to what so many queries have found. */
  readonly find: (queries: number) => readonly Dispatch[];
  readonly score: Omit<Dispatch, "workgroups">;
  readonly collect: Omit<Dispatch, "workgroups">;
}

/** Puts points on the GPU, in as many buffers as they need: scores of a tile by one kernel, the best of them by another. More places than fit in a list are a RangeError. `mostBytes`: of a buffer. */
export function pointsOnWgsl(
  points: ScoredPoints,
  size: SearchSize,
  mostBytes?: number,
): Promise<PointSearch> {
  if (size.places > mostPlaces)
    throw new RangeError(`the GPU finds at most ${mostPlaces} points of a query, got ${size.places}`);
  return openOnGpu(async (gpu) => {
    const search = new WgslPoints(gpu, points, size);
    await search.begin();
    return search;
  }, mostBytes);
}

class WgslPoints implements PointSearch {
  readonly queriesAtOnce: number;
  readonly #rows: number;
  readonly #columns: number;
  /** Points of a tile. */
  readonly #stride: number;
  readonly #areFew: boolean;
  readonly #parts: readonly RowPart[];
  readonly #offsets: readonly GPUBuffer[];
  readonly #call: GPUBuffer;
  readonly #queries: GPUBuffer;
  readonly #scores: GPUBuffer;
  readonly #ids: GPUBuffer;
  readonly #best: GPUBuffer;
  readonly #sizes: GPUBuffer;
  readonly #lowest: GPUBuffer;
  readonly #cuts: GPUBuffer;
  readonly #pairs: GPUBuffer;
  readonly #count: GPUBuffer;
  #tiles: Tile[] = [];

  constructor(
    private readonly gpu: Gpu,
    { rows, columns, x, offsets }: ScoredPoints,
    { queries, places }: SearchSize,
  ) {
    const width = paddedWidth(columns);
    const share = Math.min(productsAtOnce / (rows * columns), gpu.mostBytes / (4 * width), mostQueries);
    const atOnce = Math.max(block, Math.min(blocks(queries), Math.floor(share / block) * block));
    const room = Math.floor(gpu.mostBytes / (4 * atOnce * block)) * block;
    [this.#rows, this.#columns, this.queriesAtOnce] = [rows, columns, atOnce];
    this.#stride = Math.max(block, Math.min(mostPoints, blocks(rows), room));
    this.#areFew = areFew(columns, this.#stride, places);
    this.#parts = rowParts(gpu, rows, columns, block);
    writeRows(gpu, this.#parts, x, columns);
    this.#offsets = this.#parts.map((part) => gpu.buffer(offsets.slice(part.first, part.first + part.rows)));
    this.#call = gpu.uniforms(16);
    this.#queries = gpu.buffer(atOnce * width);
    this.#scores = gpu.buffer(atOnce * this.#stride);
    this.#ids = gpu.buffer(atOnce * places);
    this.#best = gpu.buffer(atOnce * places);
    this.#sizes = gpu.buffer(atOnce);
    this.#lowest = gpu.buffer(atOnce);
    this.#cuts = gpu.buffer(block);
    this.#pairs = gpu.buffer(block * this.#stride);
    this.#count = gpu.buffer(1);
  }

  /** Makes the kernels ready. */
  async begin(): Promise<void> {
    const { gpu } = this;
    const [scoring, finding, collecting] = await Promise.all([
      gpu.pipeline(scoreTile),
      gpu.pipeline(this.#areFew ? findFew(paddedWidth(this.#columns) / 4) : offerTile),
      gpu.pipeline(collectTile),
    ]);
    const places = this.#parts.flatMap((part, p) =>
      Array.from({ length: Math.ceil(part.rows / this.#stride) }, (_, t) => ({
        part,
        p,
        from: t * this.#stride,
      })),
    );
    const values = gpu.uniforms(places.length * tileBytes);
    this.#tiles = places.map(({ part, p, from }, t) => {
      const points = Math.min(this.#stride, part.rows - from);
      const told = Uint32Array.of(part.first + from, points, from, this.#stride);
      gpu.write(values, told, t * tileBytes);
      const tile = { buffer: values, offset: t * tileBytes, size: told.byteLength };
      const bind = (pipeline: GPUComputePipeline, ...buffers: GPUBuffer[]) => ({
        pipeline,
        bindings: gpu.bind(pipeline, tile, this.#call, ...buffers),
      });
      const rows = [this.#queries, part.buffer, this.#offsets[p]!];
      const found = [this.#ids, this.#best, this.#sizes, this.#lowest];
      const score = bind(scoring, ...rows, this.#scores);
      const find = bind(finding, ...(this.#areFew ? rows : [this.#scores]), ...found);
      return {
        points,
        score,
        find: this.#areFew
          ? (m) => [{ ...find, workgroups: Math.ceil(m / groupSize) }]
          : (m) => [
              { ...score, workgroups: this.#blocksOf(m) },
              { ...find, workgroups: m },
            ],
        collect: bind(collecting, this.#scores, this.#cuts, this.#pairs, this.#count),
      };
    });
  }

  async best(queries: Float32Array, own: number, k: number): Promise<Candidates> {
    const m = queries.length / this.#columns;
    const { gpu } = this;
    this.#ask(queries, own, k);
    gpu.submit(this.#tiles.flatMap(({ find }) => find(m)));
    const [ids, lowest, sizes] = await Promise.all([
      gpu.readIntegers(this.#ids, m * k),
      gpu.readSingles(this.#lowest, m),
      gpu.readIntegers(this.#sizes, m),
    ]);
    for (let i = 0; i < m; i++) if (!isUsable(this.#row(queries, i))) sizes[i] = 0;
    return { ids, lowest, sizes };
  }

  async eachFrom(queries: Float32Array, cuts: Float32Array, call: PointsOfQuery): Promise<void> {
    const isSure = (i: number): boolean => isUsable(this.#row(queries, i)) && isUsable([cuts[i]!]);
    const places = [...cuts.keys()];
    const sure = places.filter(isSure);
    for (let from = 0; from < sure.length; from += block)
      await this.#collect(sure.slice(from, from + block), this.#tiles, queries, cuts, call);
    if (sure.length === places.length) return;
    const all = Int32Array.from({ length: this.#rows }, (_, id) => id);
    for (const i of places) if (!isSure(i)) call(i, all);
  }

  dispose(): void {
    this.gpu.dispose();
  }

  /** Calls back with the points of some tiles that are not below the cuts of the queries at `places`. Where they are more than there is room for, by halves. */
  async #collect(
    places: readonly number[],
    tiles: readonly Tile[],
    queries: Float32Array,
    cuts: Float32Array,
    call: PointsOfQuery,
  ): Promise<void> {
    const { gpu } = this;
    const m = places.length;
    const some = new Float32Array(m * this.#columns);
    for (const [at, i] of places.entries()) some.set(this.#row(queries, i), at * this.#columns);
    this.#ask(some, -1, 1);
    gpu.write(
      this.#cuts,
      Float32Array.from(places, (i) => cuts[i]!),
    );
    gpu.write(this.#count, Uint32Array.of(0));
    gpu.submit(
      tiles.flatMap(({ points, score, collect }) => [
        { ...score, workgroups: this.#blocksOf(m) },
        { ...collect, workgroups: Math.ceil((m * points) / groupSize) },
      ]),
    );
    const [count] = await gpu.readIntegers(this.#count, 1);
    if (count! * 8 > this.#pairs.size) {
      if (tiles.length > 1)
        for (const half of halves(tiles)) await this.#collect(places, half, queries, cuts, call);
      else for (const half of halves(places)) await this.#collect(half, tiles, queries, cuts, call);
      return;
    }
    if (count === 0) return;
    const pairs = await gpu.readIntegers(this.#pairs, count! * 2);
    for (const [at, ids] of byQuery(pairs, m).entries()) if (ids.length) call(places[at]!, ids);
  }

  /** Says what is asked of the kernels. */
  #ask(queries: Float32Array, own: number, k: number): void {
    const m = queries.length / this.#columns;
    this.gpu.write(this.#call, Uint32Array.of(m, k, own, paddedWidth(this.#columns) / 4));
    this.gpu.write(this.#queries, padRows(queries, m, this.#columns));
  }

  /** Workgroups for the scores of so many queries. */
  #blocksOf(queries: number): number {
    return Math.ceil(queries / block) * (this.#stride / block);
  }

  #row(queries: Float32Array, i: number): Float32Array {
    return queries.subarray(i * this.#columns, (i + 1) * this.#columns);
  }
}

/** The next multiple of a block. */
function blocks(count: number): number {
  return Math.ceil(count / block) * block;
}

function isUsable(numbers: ArrayLike<number>): boolean {
  for (let j = 0; j < numbers.length; j++) if (!(Math.abs(numbers[j]!) < mostLength)) return false;
  return true;
}

function halves<T>(list: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

/** The points of each of m queries, from pairs of both in any order. */
function byQuery(pairs: Int32Array, m: number): Int32Array[] {
  const counts = new Int32Array(m);
  for (let i = 0; i < pairs.length; i += 2) counts[pairs[i]!]!++;
  const lists = Array.from(counts, (count) => new Int32Array(count));
  for (let i = 0; i < pairs.length; i += 2) {
    const query = pairs[i]!;
    lists[query]![--counts[query]!] = pairs[i + 1]!;
  }
  for (const list of lists) list.sort();
  return lists;
}
