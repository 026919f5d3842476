import type { Tier } from "../compute/device.ts";
import { deviceFor, withDevice } from "../compute/tfjs.ts";
import { CentreModel, rowsToCluster, unpackCentres, type FittedCentres } from "./centre-model.ts";
import type { Features } from "./estimator.ts";
import { clone } from "./clone.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { alignColumns, fittedNames } from "./inputs.ts";
import { clusterBatches, clusterMore, type BatchClustering } from "./mini-batch-k-means-fit.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";

const name = "MiniBatchKMeans";

/** Parameters of `MiniBatchKMeans`. */
export interface MiniBatchKMeansParams {
  /** How many clusters. Default 8. */
  readonly nClusters?: number;
  /** How the first centres are found. Default "k-means++". */
  readonly init?: "k-means++" | "random";
  /** Most steps, as passes over as many rows as there are. Default 100. */
  readonly maxIter?: number;
  /** Rows of a step. Default 1024. */
  readonly batchSize?: number;
  /** Ends when Σ of the squared moves of a step is at most `tol` times the mean variance of the columns; 0 never does. Default 0. */
  readonly tol?: number;
  /** Ends after so many steps in a row without a lower (smoothed) inertia; null never does. Default 10. */
  readonly maxNoImprovement?: number | null;
  /** Rows that first centres are drawn from. Default null: 3 · batchSize. */
  readonly initSize?: number | null;
  /** How many first centres are tried; the best begin. Default "auto": one for "k-means++", 3 for "random". */
  readonly nInit?: number | "auto";
  /** A centre that met less than this share of the rows of the busiest one begins anew; 0 never does. Default 0.01. */
  readonly reassignmentRatio?: number;
  /** Decides first centres and batches. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a step has enough to do, else wasm. */
  readonly device?: Tier | null;
}

type Params = Required<MiniBatchKMeansParams>;

type Fitted = BatchClustering & FittedCentres & { readonly nIter: number };

const defaults: Params = {
  nClusters: 8,
  init: "k-means++",
  maxIter: 100,
  batchSize: 1024,
  tol: 0,
  maxNoImprovement: 10,
  initSize: null,
  nInit: "auto",
  reassignmentRatio: 0.01,
  seed: 0,
  device: null,
};

/**
 * K-means by batches: each step assigns `batchSize` rows, drawn with replacement, to their nearest centres c, which move by
 * c ← c + (m/w)(mean of the m rows − c), w being all the rows c ever met. Nearly the inertia of `KMeans`, at a fraction of its work on many rows.
 * X: n×d with n ≥ nClusters, best standardised. In single precision on rows less their mean. Ties go to the lowest cluster.
 * `partialFit` takes rows as they come. Scikit-learn's MiniBatchKMeans, its parameters and defaults. Refuses missing values with column and
 * row, and rows farther than 10¹⁷ from their mean. “Finish now” in the live view keeps the centres as they are then. Source: Sculley 2010.
 */
export class MiniBatchKMeans extends CentreModel<Params, Fitted> {
  constructor(params: MiniBatchKMeansParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkParams(this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): MiniBatchKMeans {
    const { params, fitted } = unpackCentres<Params, Fitted>(name, bytes);
    return new MiniBatchKMeans(params).learn(fitted);
  }

  /** Finds the clusters of X (n×d); `callback` is told of each step. Fewer rows than clusters are a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, { callback }: FitOptions<this> = {}): Promise<this> {
    const matrix = rowsToCluster(name, X, this.params.nClusters);
    const batchSize = Math.min(this.params.batchSize, matrix.rows);
    const steps = Math.max(1, Math.floor((this.params.maxIter * matrix.rows) / batchSize));
    const plan = { ...this.#plan(matrix.rows), batchSize, steps };
    const { device, nClusters } = this.params;
    const chosen = await deviceFor(device ?? undefined, batchSize * matrix.columns * nClusters);
    const known = { columns: matrix.columns, names: fittedNames(X) };
    const fitted = (found: BatchClustering): Fitted => {
      return { ...found, ...known, nIter: Math.ceil((found.steps * batchSize) / matrix.rows) };
    };
    const tell = iterationTeller(callback, (found: BatchClustering) => clone(this).learn(fitted(found)));
    this.learn(fitted(await clusterBatches(plan, chosen, matrix, tell)));
    await callback?.teardown?.(this);
    return this;
  }

  /** Lets the rows of X (n×d), all in one step, move the centres. The first call needs at least nClusters rows and finds the first centres; the columns of later ones are its own. */
  async partialFit(X: Features): Promise<this> {
    const before = this.learnt;
    const aligned = before ? alignColumns(X, before.columns, before.names, `${name}.partialFit`) : X;
    const matrix = rowsToCluster(name, aligned, before ? 1 : this.params.nClusters);
    const { device, nClusters } = this.params;
    const found = await withDevice(
      device ?? undefined,
      (chosen) => clusterMore(this.#plan(matrix.rows), chosen, matrix, before),
      matrix.data.length * nClusters,
    );
    const names = before ? before.names : fittedNames(X);
    return this.learn({ ...found, nIter: (before?.nIter ?? 0) + 1, columns: matrix.columns, names });
  }

  /** Passes over as many rows as there are, begun; or calls of `partialFit`. */
  get nIter(): number {
    return this.state.nIter;
  }

  /** Batches that moved the centres. */
  get nSteps(): number {
    return this.state.steps;
  }

  #plan(rows: number) {
    const { nInit, init, initSize, batchSize, nClusters } = this.params;
    const wanted = initSize ?? 3 * Math.min(batchSize, rows);
    return {
      ...this.params,
      runs: nInit === "auto" ? (init === "random" ? 3 : 1) : nInit,
      initSize: Math.min(rows, wanted < nClusters ? 3 * nClusters : wanted),
    };
  }
}

function checkParams(params: Params): void {
  checkDevice(name, params.device);
  const check = <Key extends keyof Params>(key: Key, expected: string, holds: boolean) =>
    checkParam(name, key, params[key], expected, holds);
  const { init, nInit, initSize, maxNoImprovement, tol, reassignmentRatio } = params;
  const whole = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
  const count = "a whole number of at least 1";
  for (const key of ["nClusters", "maxIter", "batchSize"] as const) check(key, count, whole(params[key]));
  check("init", `"k-means++" or "random"`, init === "k-means++" || init === "random");
  check("tol", "a number of at least 0", tol >= 0);
  check("maxNoImprovement", `null or ${count}`, maxNoImprovement === null || whole(maxNoImprovement));
  check("initSize", `null or ${count}`, initSize === null || whole(initSize));
  check("nInit", `"auto" or ${count}`, nInit === "auto" || whole(nInit));
  check("reassignmentRatio", "a share in [0, 1]", reassignmentRatio >= 0 && reassignmentRatio <= 1);
}
