import type { Tier } from "../compute/device.ts";
import { openKMeans, type KMeansRows } from "../compute/k-means.ts";
import { withDevice } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import { centredSingles } from "./column-means.ts";
import type { Estimator, Features } from "./estimator.ts";
import { alignColumns, toMatrix } from "./inputs.ts";
import { packModel, unpackModel } from "./saved.ts";

/** Centres of clusters, and what they were found with. */
export interface FittedCentres {
  /** k × columns, row-major. */
  readonly centres: Float64Array;
  /** What is taken from each column, so that singles keep their digits. */
  readonly mean: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly stopped: boolean;
  readonly columns: number;
  readonly names: readonly string[] | null;
}

/** Parameters that every model of centres has. */
export interface CentreParams {
  readonly nClusters: number;
  readonly device?: Tier | null;
}

/** Clusters that are the rows nearest to one centre each; ties go to the lowest. */
export abstract class CentreModel<
  Params extends CentreParams & Readonly<Record<string, unknown>>,
  Fitted extends FittedCentres,
> implements Estimator {
  #fitted: Fitted | null = null;

  constructor(
    protected readonly name: string,
    protected readonly params: Params,
  ) {}

  getParams(): Params {
    return this.params;
  }

  /** Finds the clusters of X (n×d). */
  abstract fit(X: Features): Promise<this>;

  /** Fits, and gives the cluster of each row. */
  async fitPredict(X: Features): Promise<Int32Array> {
    return (await this.fit(X)).labels;
  }

  /** The nearest cluster of each row of X. */
  async predict(X: Features): Promise<Int32Array> {
    const rows = this.#rowsOf(X);
    const { nClusters, device } = this.params;
    const work = rows.rows * rows.columns * nClusters;
    return withDevice(
      device ?? undefined,
      async ({ tier }) => {
        const kernel = await openKMeans(tier, rows, nClusters);
        try {
          kernel.setCentres(centredSingles(this.state.centres, this.state.mean));
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
    const { centres, columns, names } = this.state;
    const { data, rows } = toMatrix(alignColumns(X, columns, names, this.name), `${this.name}: X`);
    const k = this.params.nClusters;
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
    const { data, columns } = await this.transform(X);
    let inertia = 0;
    for (let from = 0; from < data.length; from += columns) {
      let nearest = Infinity;
      for (let c = from; c < from + columns; c++) nearest = Math.min(nearest, data[c]!);
      inertia += nearest ** 2;
    }
    return -inertia;
  }

  /** Centres, nClusters × d. */
  get clusterCenters(): Matrix<Float64Array> {
    return new Matrix(this.state.centres, this.params.nClusters, this.state.columns);
  }

  /** The cluster of each row that fit saw. */
  get labels(): Int32Array {
    return this.state.labels;
  }

  /** Σ of the squared distances of the rows to their centres. */
  get inertia(): number {
    return this.state.inertia;
  }

  /** Whether a person ended training early. */
  get stopped(): boolean {
    return this.state.stopped;
  }

  /** The fitted estimator as bytes, for `load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(this.name, { params: this.params, fitted: this.state });
  }

  protected learn(fitted: Fitted): this {
    this.#fitted = fitted;
    return this;
  }

  protected get state(): Fitted {
    if (!this.#fitted) throw new Error(`${this.name}: call fit first`);
    return this.#fitted;
  }

  /** What was learnt, or null before the first fit. */
  protected get learnt(): Fitted | null {
    return this.#fitted;
  }

  /** Rows of X as the kernels take them. */
  #rowsOf(X: Features): KMeansRows {
    const { columns, names, mean } = this.state;
    const matrix = toMatrix(alignColumns(X, columns, names, this.name), `${this.name}: X`);
    return rowsLessMean(this.name, matrix, mean);
  }
}

/** Most that the squares of a row may sum up to: singles, which end at 2¹²⁸, then hold a sum of 4096 squared distances. */
const mostSquares = 2 ** 114;

/** Rows less the mean of each column, as the kernels take them; numbers too large for squared distances in singles are a RangeError. */
export function rowsLessMean(
  name: string,
  { data, rows, columns }: Matrix<Float64Array>,
  mean: Float64Array,
): KMeansRows {
  const x = centredSingles(data, mean);
  for (let from = 0; from < x.length; from += columns) {
    let squares = 0;
    for (let at = from; at < from + columns; at++) squares += x[at]! ** 2;
    if (!(squares <= mostSquares))
      throw new RangeError(
        `${name}: expected numbers whose squares can be added up; divide X by something first`,
      );
  }
  return { rows, columns, x };
}

/** X as rows to cluster. Fewer rows than clusters, or no columns, are a RangeError. */
export function rowsToCluster(name: string, X: Features, nClusters: number): Matrix<Float64Array> {
  const matrix = toMatrix(X, `${name}: X`);
  if (matrix.rows < nClusters)
    throw new RangeError(`${name}: expected at least nClusters = ${nClusters} rows in X, got ${matrix.rows}`);
  if (matrix.columns === 0) throw new RangeError(`${name}: expected at least one column in X, got 0`);
  return matrix;
}

/** Parameters and state that `save` of that kind gave. */
export function unpackCentres<Params, Fitted>(
  name: string,
  bytes: Uint8Array,
): { readonly params: Params; readonly fitted: Fitted } {
  return unpackModel(name, bytes) as { readonly params: Params; readonly fitted: Fitted };
}
