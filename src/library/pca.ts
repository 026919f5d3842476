import { simdRowProducts } from "../compute/simd/row-products.ts";
import { deviceFor } from "../compute/tfjs.ts";
import { Matrix } from "../data/matrix.ts";
import type { Features, Transformer } from "./estimator.ts";
import { alignColumns, checkNumbers, fittedNames, toMatrix, toRows } from "./inputs.ts";
import { withDefaults } from "./params.ts";
import { pacer } from "./pause.ts";
import { passWork, principalAxes, sizeOf, type Axes } from "./pca-fit.ts";
import { checkPcaParams, pcaDefaults, pcaPlan, type PCAParams } from "./pca-params.ts";
import { packModel, unpackModel } from "./saved.ts";

const name = "PCA";

type Params = Required<PCAParams>;

interface Fitted extends Axes {
  readonly rows: number;
  readonly names: readonly string[] | null;
}

/**
 * Principal component analysis: the k orthonormal axes vⱼ along which rows less their mean spread most, X − 1μᵀ ≈ UΣVᵀ; the variance along
 * vⱼ is σⱼ² / (n − 1). X: n×d with n ≥ 2, best standardised; V: k×d, the largest entry of each axis positive. Products are in single precision,
 * their sums over many rows and the small eigenproblems in double; both tiers give the same singular values to 1e-4 of each. `transform` is
 * the processor's, since it reads each number but once. Scikit-learn's PCA, its parameters and defaults; there is no
 * "full" or "arpack". Refuses missing values with column and row. “Finish now” in the live view keeps the axes as they are then.
 * Source: Halko, Martinsson & Tropp 2011.
 *
 * @example
 * const pca = new PCA({ nComponents: 2 });
 * const map = await pca.fitTransform(X);
 * const clusters = await new KMeans({ nClusters: 3 }).fit(X);
 * embedding(map, {
 *   color: clusters.labels,
 *   centres: await pca.transform(clusters.clusterCenters),
 * });
 */
export class PCA implements Transformer {
  readonly #params: Params;
  #fitted: Fitted | null = null;

  constructor(params: PCAParams = {}) {
    this.#params = withDefaults(name, pcaDefaults, params);
    checkPcaParams(this.#params);
  }

  /** The transformer that `save()` gave as bytes. */
  static load(bytes: Uint8Array): PCA {
    const state = unpackModel(name, bytes) as { params: PCAParams; fitted: Fitted };
    const model = new PCA(state.params);
    model.#fitted = state.fitted;
    return model;
  }

  getParams(): Params {
    return this.#params;
  }

  /** Finds the axes of X (n×d). Fewer than two rows, or more axes than min(n, d), are a RangeError; stopping the cell is an AbortError. */
  async fit(X: Features): Promise<this> {
    const matrix = toRows(X, `${name}: X`);
    const { rows, columns } = matrix;
    if (rows < 2) throw new RangeError(`${name}: expected at least two rows in X, got ${rows}`);
    if (columns === 0) throw new RangeError(`${name}: expected at least one column in X, got 0`);
    const plan = pcaPlan(this.#params, rows, columns);
    const work = passWork(plan, rows, columns);
    const { device } = this.#params;
    const axes = await principalAxes(plan, await deviceFor(device ?? undefined, work), matrix);
    this.#fitted = { ...axes, rows, names: fittedNames(X) };
    return this;
  }

  /** Places of the rows of X along the axes, n×k: (X − 1μᵀ)Vᵀ, where whitened each divided by its standard deviation. */
  async transform(X: Features): Promise<Matrix<Float64Array>> {
    const { mean, names, components, totalVariance } = this.#state;
    const matrix = toRows(alignColumns(X, mean.length, names, name), `${name}: X`);
    if (X instanceof Matrix) checkNumbers(matrix, `${name}: X`);
    const { data, rows, columns } = matrix;
    const k = this.nComponents;
    if (rows === 0) return new Matrix(new Float64Array(), 0, k);
    const size = sizeOf(totalVariance, columns);
    const products = simdRowProducts({ rows, columns, x: data, mean, scale: size }, pacer());
    const places = await products.project(components);
    const scale = this.#scale;
    for (let i = 0; i < rows; i++) for (let j = 0; j < k; j++) places[i * k + j]! *= size / scale[j]!;
    return new Matrix(places, rows, k);
  }

  /** `fit` and then `transform` of the same X. */
  async fitTransform(X: Features): Promise<Matrix<Float64Array>> {
    return (await this.fit(X)).transform(X);
  }

  /** Rows (n×d) at places along the axes (n×k): what `transform` gives, turned back; exact where all axes were kept. */
  async inverseTransform(X: Features): Promise<Matrix<Float64Array>> {
    const { mean, components } = this.#state;
    const k = this.nComponents;
    const { data, rows } = toMatrix(alignColumns(X, k, null, name), `${name}: X`);
    const d = mean.length;
    const scale = this.#scale;
    const found = new Float64Array(rows * d);
    for (let i = 0; i < rows; i++) {
      found.set(mean, i * d);
      for (let c = 0; c < k; c++) {
        const along = data[i * k + c]! * scale[c]!;
        for (let j = 0; j < d; j++) found[i * d + j]! += along * components[c * d + j]!;
      }
    }
    return new Matrix(found, rows, d);
  }

  /** Axes, k×d: the one with most variance first. */
  get components(): Matrix<Float64Array> {
    return new Matrix(this.#state.components, this.nComponents, this.#state.mean.length);
  }

  /** Variance along each axis, n − 1 as divisor. */
  get explainedVariance(): Float64Array {
    const { singularValues, rows } = this.#state;
    return singularValues.map((value) => value ** 2 / (rows - 1));
  }

  /** Share of all variance that lies along each axis, in [0, 1]; 0 where there is none. */
  get explainedVarianceRatio(): Float64Array {
    const { totalVariance } = this.#state;
    return this.explainedVariance.map((variance) => (totalVariance > 0 ? variance / totalVariance : 0));
  }

  /** Singular values of the rows less their mean. */
  get singularValues(): Float64Array {
    return this.#state.singularValues;
  }

  /** Mean of each column. */
  get mean(): Float64Array {
    return this.#state.mean;
  }

  /** How many axes are kept. */
  get nComponents(): number {
    return this.#state.singularValues.length;
  }

  /** Whether a person ended the fit early. */
  get stopped(): boolean {
    return this.#state.stopped;
  }

  /** Names of the k features: pca0, pca1, …. */
  getFeatureNamesOut(): string[] {
    return Array.from({ length: this.nComponents }, (_, j) => `pca${j}`);
  }

  /** The fitted transformer as bytes, for `PCA.load`. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(name, { params: this.#params, fitted: this.#state });
  }
  /** What a place along each axis is in units of X. */
  get #scale(): Float64Array {
    const variance = this.explainedVariance;
    if (!this.#params.whiten) return variance.fill(1);
    return variance.map((value) => Math.max(Math.sqrt(value), Number.EPSILON));
  }

  get #state(): Fitted {
    if (!this.#fitted) throw new Error(`${name}: call fit first`);
    return this.#fitted;
  }
}
