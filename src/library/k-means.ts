import type { Tier } from "../compute/device.ts";
import { openKMeans, type KMeansRows } from "../compute/k-means.ts";
import { withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import type { Features } from "./estimator.ts";
import { alignColumns, fittedNames, toMatrix } from "./inputs.ts";
import { clusterRows, type Clustering } from "./k-means-fit.ts";
import { checkParam, withDefaults } from "./params.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "KMeans";

/** Parameters of `KMeans`. */
export interface KMeansParams {
  /** How many clusters. Default 8. */
  readonly nClusters?: number;
  /** How the first centres are found. Default "k-means++". */
  readonly init?: "k-means++" | "random";
  /** How often it begins anew; the run with the lowest inertia is kept. Default "auto": once for "k-means++", 10 times for "random". */
  readonly nInit?: number | "auto";
  /** Most steps of a run. Default 300. */
  readonly maxIter?: number;
  /** A run ends when Σ of the squared moves of its centres is at most `tol` times the mean variance of the columns. Default 0.0001. */
  readonly tol?: number;
  /** Decides the first centres. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where there is enough to do, else wasm. */
  readonly device?: Tier | null;
}

type Params = Required<KMeansParams>;

interface Fitted extends Clustering {
  readonly columns: number;
  readonly names: readonly string[] | null;
}

const defaults: Params = {
  nClusters: 8,
  init: "k-means++",
  nInit: "auto",
  maxIter: 300,
  tol: 1e-4,
  seed: 0,
  device: null,
};

/**
 * K-means: centres c that minimise the inertia Σᵢ min_c |xᵢ − c|², by Lloyd's algorithm from greedy k-means++, in single precision on
 * rows less their mean. X: n×d with n ≥ nClusters, best standardised. Ties go to the lowest cluster; a cluster that loses all its rows
 * begins anew at the row that is farthest from its centre. Scikit-learn's KMeans, its parameters and defaults. Refuses missing values with
 * column and row. Source: Lloyd 1982; Arthur & Vassilvitskii 2007.
 */
export class KMeans {
  readonly #params: Params;
  #fitted: Fitted | null = null;

  constructor(params: KMeansParams = {}) {
    this.#params = withDefaults(name, defaults, params);
    checkParams(this.#params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): KMeans {
    const state = unpackModel(name, bytes) as { params: KMeansParams; fitted: Fitted };
    const model = new KMeans(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Params {
    return this.#params;
  }

  /** Finds the clusters of X (n×d). Fewer rows than clusters are a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features): Promise<this> {
    const matrix = toMatrix(X, `${name}: X`);
    const { nClusters, nInit, init } = this.#params;
    if (matrix.rows < nClusters)
      throw new RangeError(
        `${name}: expected at least nClusters = ${nClusters} rows in X, got ${matrix.rows}`,
      );
    if (matrix.columns === 0) throw new RangeError(`${name}: expected at least one column in X, got 0`);
    const runs = nInit === "auto" ? (init === "random" ? 10 : 1) : nInit;
    const plan = { ...this.#params, title: name, runs };
    const work = matrix.rows * matrix.columns * nClusters;
    const found = await withDevice(
      this.#params.device ?? undefined,
      (device) => clusterRows(plan, device, matrix),
      work,
    );
    this.#fitted = { ...found, columns: matrix.columns, names: fittedNames(X) };
    return this;
  }

  /** Fits, and gives the cluster of each row. */
  async fitPredict(X: Features): Promise<Int32Array> {
    return (await this.fit(X)).labels;
  }

  /** The nearest cluster of each row of X. */
  async predict(X: Features): Promise<Int32Array> {
    const rows = this.#rowsOf(X);
    const { nClusters } = this.#params;
    const work = rows.rows * rows.columns * nClusters;
    return withDevice(
      this.#params.device ?? undefined,
      async ({ tier }) => {
        const kernel = await openKMeans(tier, rows, nClusters);
        try {
          kernel.setCentres(centred(this.#state.centres, this.#state.mean));
          return (await kernel.assign()).labels;
        } finally {
          kernel.dispose();
        }
      },
      work,
    );
  }

  /** Distances of each row of X to each centre, n × nClusters. */
  async transform(X: Features): Promise<Matrix<Float64Array>> {
    const { centres, columns, names } = this.#state;
    const { data, rows } = toMatrix(alignColumns(X, columns, names, name), `${name}: X`);
    const k = this.#params.nClusters;
    const distances = new Float64Array(rows * k);
    for (let i = 0; i < rows; i++)
      for (let c = 0; c < k; c++) {
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += (data[i * columns + j]! - centres[c * columns + j]!) ** 2;
        distances[i * k + c] = Math.sqrt(sum);
      }
    return new Matrix(distances, rows, k);
  }

  /** Minus the inertia of X around the centres: the higher the better. */
  async score(X: Features): Promise<number> {
    const distances = await this.transform(X);
    let inertia = 0;
    for (let i = 0; i < distances.rows; i++) inertia += Math.min(...distances.row(i)) ** 2;
    return -inertia;
  }

  /** Centres, nClusters × d. */
  get clusterCenters(): Matrix<Float64Array> {
    return new Matrix(this.#state.centres, this.#params.nClusters, this.#state.columns);
  }

  /** The cluster of each row that fit saw. */
  get labels(): Int32Array {
    return this.#state.labels;
  }

  /** Σ of the squared distances of the rows to their centres. */
  get inertia(): number {
    return this.#state.inertia;
  }

  /** Steps of the run that was kept. */
  get nIter(): number {
    return this.#state.steps;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** The fitted estimator as bytes, for `KMeans.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }

  /** Rows of X as the kernels take them. */
  #rowsOf(X: Features): KMeansRows {
    const { columns, names, mean } = this.#state;
    const { data, rows } = toMatrix(alignColumns(X, columns, names, name), `${name}: X`);
    return { rows, columns, x: centred(data, mean) };
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}

/** Rows less the mean of each column, in single precision. */
function centred(rows: Float64Array, mean: Float64Array): Float32Array {
  return Float32Array.from(rows, (value, i) => value - mean[i % mean.length]!);
}

function checkParams({ nClusters, init, nInit, maxIter, tol, device }: Params): void {
  const whole = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
  checkParam(name, "nClusters", nClusters, "a whole number of at least 1", whole(nClusters));
  checkParam(name, "init", init, `"k-means++" or "random"`, init === "k-means++" || init === "random");
  checkParam(
    name,
    "nInit",
    nInit,
    `"auto" or a whole number of at least 1`,
    nInit === "auto" || whole(nInit),
  );
  checkParam(name, "maxIter", maxIter, "a whole number of at least 1", whole(maxIter));
  checkParam(name, "tol", tol, "a number of at least 0", tol >= 0);
  checkParam(name, "device", device, `"webgpu", "wasm" or null`, [null, "webgpu", "wasm"].includes(device));
}
