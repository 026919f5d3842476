import { cpuDevice, type Device, type Tier } from "../compute/device.ts";
import { withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import type { Estimator, Features } from "./estimator.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { liveSearch } from "./live-search.ts";
import { mostOnGpu, NeighbourSearch, type NeighborMetric, type Neighbors } from "./neighbour-search.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "NearestNeighbors";

/** Parameters of `NearestNeighbors`. */
export interface NearestNeighborsParams {
  /** How many neighbours `kneighbors` gives. Default 5. */
  readonly nNeighbors?: number;
  /** How far apart two rows are: √Σ(a − b)², or 1 − a·b / (|a||b|). Default "euclidean". */
  readonly metric?: NeighborMetric;
  /** Taken by every estimator; nothing here is random. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where there is enough to do, else wasm, as for more than 504 neighbours. */
  readonly device?: Tier | null;
}

type Params = Required<NearestNeighborsParams>;

interface Fitted {
  readonly x: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[] | null;
}

const defaults: Params = { nNeighbors: 5, metric: "euclidean", seed: 0, device: null };

/**
 * Nearest neighbours by looking at all rows: the k rows y of X with the least |x − y|, or the least 1 − x·y / (|x||y|) in [0, 2] for
 * "cosine", which is 1 where a row is all 0. X: n×d. Exact: distances are doubles, ties go to the lowest index. Time grows with n·q·d, memory with
 * (n + q·k)·d, for q queries. Scikit-learn's NearestNeighbors(algorithm="brute"), its parameters and defaults. Refuses missing values with
 * column and row. Found on either device are the same rows at the same distances. Source: Fix & Hodges 1951.
 *
 * @example
 * const { indices, distances } = await (await new NearestNeighbors({ nNeighbors: 3 }).fit(X)).kneighbors();
 */
export class NearestNeighbors implements Estimator {
  readonly #params: Params;
  #fitted: Fitted | null = null;
  #search: NeighbourSearch | null = null;

  constructor(params: NearestNeighborsParams = {}) {
    this.#params = withDefaults(name, defaults, params);
    const { nNeighbors, metric, device } = this.#params;
    checkParam(name, "nNeighbors", nNeighbors, "a whole number of at least 1", isCount(nNeighbors));
    const metrics: readonly NeighborMetric[] = ["euclidean", "cosine"];
    checkParam(name, "metric", metric, `"euclidean" or "cosine"`, metrics.includes(metric));
    checkDevice(name, device);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): NearestNeighbors {
    const state = unpackModel(name, bytes) as { params: NearestNeighborsParams; fitted: Fitted };
    const model = new NearestNeighbors(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Params {
    return this.#params;
  }

  /** Keeps the rows of X (n×d) to be found. No rows or columns are a RangeError. */
  async fit(X: Features): Promise<this> {
    const { data, rows, columns } = toMatrix(X, `${name}: X`);
    if (rows === 0) throw new RangeError(`${name}: expected at least one row in X, got 0`);
    if (columns === 0) throw new RangeError(`${name}: expected at least one column in X, got 0`);
    this.#fitted = { x: data.slice(), rows, columns, names: fittedNames(X) };
    this.#search = null;
    return this;
  }

  /**
   * The nearest rows of fit for each row of X (q×d); without X for the rows of fit themselves, each without itself. More neighbours than
   * rows to choose from are a RangeError; stopping the cell, or the search in its live view, is an AbortError.
   */
  async kneighbors(X: Features | null = null, nNeighbors = this.#params.nNeighbors): Promise<Neighbors> {
    const { x, rows, columns, names } = this.#state;
    checkParam(name, "nNeighbors", nNeighbors, "a whole number of at least 1", isCount(nNeighbors));
    const others = X === null ? rows - 1 : rows;
    if (nNeighbors > others)
      throw new RangeError(
        `${name}: expected nNeighbors to be at most ${others}, the rows to choose from, got ${nNeighbors}`,
      );
    const queries = X === null ? null : toMatrix(alignColumns(X, columns, names, name), `${name}: X`);
    this.#search ??= new NeighbourSearch(new Matrix(x, rows, columns), this.#params.metric);
    return this.#find(this.#search, queries, nNeighbors);
  }

  /** Searches on a device. */
  #find(search: NeighbourSearch, queries: Matrix<Float64Array> | null, k: number): Promise<Neighbors> {
    const { device } = this.#params;
    const rows = queries?.rows ?? this.#state.rows;
    const work = (chosen: Device): Promise<Neighbors> =>
      liveSearch(name, rows, "rows", chosen, (breathe) => search.find(queries, k, chosen.tier, breathe));
    if (k <= mostOnGpu) return withDevice(device ?? undefined, work, search.work(rows));
    if (device !== "webgpu") return work(cpuDevice("gpu-limits"));
    throw new RangeError(`${name}: expected nNeighbors to be at most ${mostOnGpu} on the GPU, got ${k}`);
  }

  /** Rows that fit saw. */
  get nSamplesFit(): number {
    return this.#state.rows;
  }

  /** The fitted estimator as bytes, for `NearestNeighbors.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1;
}
