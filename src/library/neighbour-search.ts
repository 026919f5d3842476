import type { Tier } from "../compute/device.ts";
import type { PointSearch, ScoredPoints, SearchSize } from "../compute/nearest.ts";
import { mostPlaces, openPoints, searchWork } from "../compute/nearest-tiers.ts";
import { Matrix } from "../data/matrix.ts";
import { centredSingles, columnMeans } from "./column-means.ts";
import { NearestList } from "./nearest-list.ts";

/** How far apart two rows are: √Σ(a − b)², or 1 − a·b / (|a||b|) in [0, 2], which is 1 where a row is all 0. */
export type NeighborMetric = "euclidean" | "cosine";

/** The nearest rows of each of q queries, the nearest first, ties to the lowest index. */
export interface Neighbors {
  /** q×k. */
  readonly distances: Matrix<Float64Array>;
  /** A row of k indices for each query. */
  readonly indices: Int32Array[];
}

/** Places that are looked at beside the k nearest by singles: they save most queries a second look. */
const spare = 8;

/** Most neighbours of a row that the GPU finds. */
export const mostOnGpu = mostPlaces - spare;

/** The most by which rounding to a single changes a number, as a share of it. */
const rounding = 2 ** -24;

/**
 * Finds nearest rows. Kernels of single precision pick candidates, whose distances are reckoned in doubles; where the rounding of
 * singles could have hidden a nearer row, all rows that it may be are looked at. So what is found is exact.
 */
export class NeighbourSearch {
  readonly #rows: number;
  readonly #columns: number;
  /** Rows as distances are reckoned: of length 1 for cosines. */
  readonly #x: Float64Array;
  readonly #metric: NeighborMetric;
  readonly #mean: Float64Array;
  /** Length of the longest row less the mean: the unit of singles. */
  readonly #unit: number;
  #onCpu: PointSearch | null = null;

  constructor({ data, rows, columns }: Matrix<Float64Array>, metric: NeighborMetric) {
    this.#rows = rows;
    this.#columns = columns;
    this.#metric = metric;
    this.#x = metric === "cosine" ? ofLengthOne(data, columns) : data;
    this.#mean = metric === "cosine" ? new Float64Array(columns) : columnMeans(data, columns);
    this.#unit = metric === "cosine" ? 1 : this.#longest();
  }

  /** Multiply-adds that the GPU could save of a search by so many queries. */
  work(queries: number): number {
    return searchWork(queries, { rows: this.#rows, columns: this.#columns });
  }

  /** The k nearest rows of each query (q×d) by a device; null stands for the rows themselves, each without itself. `breathe` is awaited between pieces of work, with the number of queries done. */
  async find(
    given: Matrix<Float64Array> | null,
    k: number,
    tier: Tier,
    breathe: (done: number) => Promise<void>,
  ): Promise<Neighbors> {
    const queries = given && this.#metric === "cosine" ? ofLengthOne(given.data, this.#columns) : given?.data;
    const x = queries ?? this.#x;
    const q = x.length / this.#columns;
    const distances = new Matrix(new Float64Array(q * k), q, k);
    const indices: Int32Array[] = [];
    const points = await this.#open(tier, { queries: q, places: k + spare });
    try {
      for (let from = 0; from < q; from += points.queriesAtOnce) {
        const some = x.subarray(from * this.#columns, (from + points.queriesAtOnce) * this.#columns);
        const lists = await this.#nearest(points, some, queries ? -1 : from, k);
        for (const [i, list] of lists.entries()) {
          distances.row(from + i).set(this.#metric === "cosine" ? list.losses : list.losses.map(Math.sqrt));
          indices.push(list.ids);
        }
        await breathe(indices.length);
      }
    } finally {
      points.dispose();
    }
    return { distances, indices };
  }

  /** Rows as singles on a device; the processor keeps them, for later searches. */
  async #open(tier: Tier, size: SearchSize): Promise<PointSearch> {
    // Rows too far apart for a unit are no numbers as singles, which the GPU does not know.
    if (tier === "webgpu" && Number.isFinite(this.#unit)) return openPoints(tier, this.#singles(), size);
    this.#onCpu ??= await openPoints("wasm", this.#singles(), size);
    return this.#onCpu;
  }

  #singles(): ScoredPoints {
    const [rows, columns] = [this.#rows, this.#columns];
    const x = centredSingles(this.#x, this.#mean, this.#unit);
    const offsets = new Float32Array(rows);
    if (this.#metric === "euclidean")
      for (let i = 0; i < rows; i++) offsets[i] = -squares(x.subarray(i * columns, (i + 1) * columns)) / 2;
    return { rows, columns, x, offsets };
  }

  /** The nearest of a few queries; `own` is the row that the first of them is, or −1. */
  async #nearest(points: PointSearch, queries: Float64Array, own: number, k: number): Promise<NearestList[]> {
    const others = own < 0 ? this.#rows : this.#rows - 1;
    const places = Math.min(k + spare, others);
    const singles = centredSingles(queries, this.#mean, this.#unit);
    const { ids, lowest, sizes } = await points.best(singles, own, places);
    const lists = Array.from(sizes, (size, i) => {
      const list = new NearestList(k);
      const query = this.#row(queries, i);
      for (const id of ids.subarray(i * places, i * places + size)) list.offer(this.#loss(query, id), id);
      return list;
    });
    const doubtful = [...lists.keys()].filter((i) => {
      const nearest = this.#leastLeftOut(this.#row(singles, i), lowest[i]!);
      return sizes[i]! < others && !(sizes[i] === places && lists[i]!.greatest < nearest);
    });
    if (doubtful.length) await this.#lookAgain(points, doubtful, queries, singles, own, lists);
    return lists;
  }

  /** Lists anew what is nearest to the doubtful ones of some queries, from all rows whose score lets them be as near. */
  async #lookAgain(
    points: PointSearch,
    doubtful: readonly number[],
    queries: Float64Array,
    singles: Float32Array,
    own: number,
    lists: NearestList[],
  ): Promise<void> {
    const some = new Float32Array(doubtful.length * this.#columns);
    for (const [at, i] of doubtful.entries()) some.set(this.#row(singles, i), at * this.#columns);
    const cuts = Float32Array.from(doubtful, (i) =>
      this.#leastScore(this.#row(singles, i), lists[i]!.greatest),
    );
    for (const i of doubtful) lists[i] = new NearestList(lists[i]!.ids.length);
    await points.eachFrom(some, cuts, (at, ids) => {
      const i = doubtful[at]!;
      const query = this.#row(queries, i);
      for (const id of ids) if (own < 0 || id !== own + i) lists[i]!.offer(this.#loss(query, id), id);
    });
  }

  /** No row whose score is at most `score` has a lesser loss than this, up to rounding. NaN where that is not known. */
  #leastLeftOut(query: Float32Array, score: number): number {
    const length = Math.sqrt(squares(query));
    if (this.#metric === "cosine") return 1 - score - this.#doubt(length);
    const distance = Math.sqrt(length * length - 2 * (score + this.#doubt(length))) - shift(length);
    return distance > 0 ? (this.#unit * distance) ** 2 : NaN;
  }

  /** No row whose score is less than this has a loss of at most `loss`. */
  #leastScore(query: Float32Array, loss: number): number {
    const length = Math.sqrt(squares(query));
    if (this.#metric === "cosine") return 1 - loss - this.#doubt(length);
    const distance = Math.sqrt(loss) / this.#unit + shift(length);
    const score = (length * length - distance * distance) / 2;
    return score - this.#doubt(length) - 2 * rounding * Math.abs(score);
  }

  /** The most by which a score is off: d products and their sums are rounded, rows have length 1 at most; and doubles are, far off. Source: Higham 2002, 3.1. */
  #doubt(length: number): number {
    return rounding * (this.#columns + 6) * (length + 0.5) + 2 ** -50 * length * length;
  }

  /** What orders rows as their distances do: the squared distance, or the cosine distance. */
  #loss(query: Float64Array, row: number): number {
    const from = row * query.length;
    if (this.#metric === "euclidean") return squaredDistance(query, this.#x, from);
    return Math.min(Math.max(1 - product(query, this.#x, from), 0), 2);
  }

  #row<Rows extends Float32Array | Float64Array>(x: Rows, i: number): Rows {
    return x.subarray(i * this.#columns, (i + 1) * this.#columns) as Rows;
  }

  #longest(): number {
    let longest = 0;
    for (let from = 0; from < this.#x.length; from += this.#columns) {
      let sum = 0;
      for (let j = 0; j < this.#columns; j++) sum += (this.#x[from + j]! - this.#mean[j]!) ** 2;
      longest = Math.max(longest, sum);
    }
    return Math.sqrt(longest) || 1;
  }
}

/** The most by which rounding a query of that length, and a row, to singles moves them apart. */
function shift(length: number): number {
  return 2 * rounding * (length + 1);
}

function squaredDistance(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j]! - b[from + j]!) ** 2;
  return sum;
}

function product(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[from + j]!;
  return sum;
}

function squares(x: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j]! * x[j]!;
  return sum;
}

/** Rows divided by their lengths; one that is all 0 stays so. */
function ofLengthOne(x: Float64Array, columns: number): Float64Array {
  const unit = new Float64Array(x.length);
  for (let from = 0; from < x.length; from += columns) {
    let sum = 0;
    for (let j = from; j < from + columns; j++) sum += x[j]! * x[j]!;
    const length = Math.sqrt(sum) || 1;
    for (let j = from; j < from + columns; j++) unit[j] = x[j]! / length;
  }
  return unit;
}
