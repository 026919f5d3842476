import type { Tier } from "../compute/device.ts";
import { deviceFor } from "../compute/tfjs.ts";
import type { Resumption } from "../specs/training.ts";
import { CentreModel, rowsToCluster, unpackCentres, type FittedCentres } from "./centre-model.ts";
import type { Features } from "./estimator.ts";
import { clone } from "./clone.ts";
import { iterationTeller, type FitOptions } from "./fit-callback.ts";
import { fittedNames } from "./inputs.ts";
import { clusterRows, type Clustering } from "./k-means-fit.ts";
import { checkDevice, checkParam, withDefaults } from "./params.ts";

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

type Fitted = Clustering & FittedCentres;

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
 * column and row, and rows farther than 10¹⁷ from their mean. Source: Lloyd 1982; Arthur & Vassilvitskii 2007.
 */
export class KMeans extends CentreModel<Params, Fitted> {
  constructor(params: KMeansParams = {}) {
    super(name, withDefaults(name, defaults, params));
    checkParams(this.params);
  }

  /** The estimator that `save()` gave as bytes. */
  static load(bytes: Uint8Array): KMeans {
    const { params, fitted } = unpackCentres<Params, Fitted>(name, bytes);
    return new KMeans(params).learn(fitted);
  }

  /** Finds the clusters of X (n×d); `callback` is told of each step. Fewer rows than clusters are a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features, { callback }: FitOptions<this> = {}): Promise<this> {
    const { nClusters, nInit, init, device } = this.params;
    const matrix = rowsToCluster(name, X, nClusters);
    const runs = nInit === "auto" ? (init === "random" ? 10 : 1) : nInit;
    const plan = { ...this.params, title: name, runs };
    const work = matrix.rows * matrix.columns * nClusters;
    const known = { columns: matrix.columns, names: fittedNames(X) };
    const tell = iterationTeller(callback, (found: Clustering) => clone(this).learn({ ...found, ...known }));
    const found = await clusterRows(plan, await deviceFor(device ?? undefined, work), matrix, tell);
    this.learn({ ...found, ...known });
    await callback?.teardown?.(this);
    return this;
  }

  /** Steps of the run that was kept. */
  get nIter(): number {
    return this.state.steps;
  }

  /** GPU devices that were lost in fit, and how it went on. */
  get resumed(): readonly Resumption[] {
    return this.state.resumed ?? [];
  }
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
  checkDevice(name, device);
}
