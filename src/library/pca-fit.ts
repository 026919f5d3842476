import type { Device } from "../compute/device.ts";
import type { RowProducts } from "../compute/row-products.ts";
import { openRowProducts } from "../compute/row-products-tiers.ts";
import { columnMoments } from "../compute/simd/column-moments.ts";
import { orthonormalise } from "../core/orthonormal.ts";
import { pacer } from "../core/pause.ts";
import { seededRandom } from "../core/random.ts";
import { addRows, productsWith } from "../core/row-sums.ts";
import { withSigns } from "../core/signs.ts";
import { symmetricEigen, type Eigen } from "../core/symmetric-eigen.ts";
import type { Matrix } from "../data/matrix.ts";
import { checkNumbers } from "./inputs.ts";
import { fromStart, trainResumably } from "./training-checkpoints.ts";
import { LiveFit } from "./training-live.ts";

/** How `PCA` finds its axes, all settings decided. */
export interface PcaPlan {
  /** Axes that are wanted. */
  readonly count: number;
  /** Share of variance beyond which no more of them are kept, or null. */
  readonly share: number | null;
  /** Axes that are followed, so that those wanted come out well; at least as many. */
  readonly followed: number;
  readonly solver: "covariance_eigh" | "randomized";
  /** Power iterations after the first pass over the rows. */
  readonly iterations: number;
  readonly seed: number;
}

/** How many times the least of some eigenvalues the first may be: so many that products of singles leave each of them its digits. */
const mostSpread = 64;

/** Principal axes of some rows. */
export interface Axes {
  /** k×d, row-major, orthonormal. */
  readonly components: Float64Array;
  /** Singular values of the rows less their mean, the largest first. */
  readonly singularValues: Float64Array;
  readonly mean: Float64Array;
  /** Sum of the variances of the columns, n − 1 as divisor. */
  readonly totalVariance: number;
  readonly stopped: boolean;
}

/** The axes along which the rows of X spread most, found on that device. Missing and infinite numbers are a TypeError that names column and row. */
export async function principalAxes(plan: PcaPlan, device: Device, X: Matrix): Promise<Axes> {
  const rest = pacer(20);
  const { mean, squares } = await columnMoments(X.data, X.columns, rest);
  if (!Number.isFinite(squares)) {
    checkNumbers(X, "PCA: X");
    throw new RangeError("PCA: expected numbers whose squares can be added up; divide X by something first");
  }
  const totalVariance = squares / (X.rows - 1);
  const scale = sizeOf(totalVariance, X.columns);
  const live = new LiveFit("PCA", passes(plan), "passes", "unexplained");
  const breathe = async (): Promise<void> => {
    await rest();
    live.throwIfAborted();
  };
  const rows = { rows: X.rows, columns: X.columns, x: X.data, mean, scale };
  const train = async (products: RowProducts): Promise<Axes> => {
    const loss: number[] = [];
    const note = (values: Float64Array): void => {
      loss.push(shareLeft(values, plan.count, squares / scale ** 2));
      live.progress({ loss, validationLoss: [] });
    };
    const found =
      plan.solver === "randomized"
        ? await within(await sampledBasis(plan, X.columns, products, live, note, breathe), products, breathe)
        : await covarianceAxes(plan, X.columns, products, breathe);
    const { values, vectors } = found;
    note(values);
    const count = plan.share === null ? plan.count : enoughFor((plan.share * squares) / scale ** 2, values);
    return {
      components: withSigns(vectors.slice(0, count * X.columns), X.columns),
      singularValues: values.subarray(0, count).map((value) => scale * Math.sqrt(Math.max(value, 0))),
      mean,
      totalVariance,
      stopped: live.stopped,
    };
  };
  const open = ({ tier }: Device): Promise<RowProducts> => openRowProducts(tier, rows, breathe);
  return trainResumably({ open, train }, device, fromStart, live);
}

/** Multiply-adds of a pass over rows (n×d). */
export function passWork({ solver, followed }: PcaPlan, rows: number, columns: number): number {
  return rows * columns * (solver === "randomized" ? 2 * followed : columns);
}

/** The standard deviation of an average column, or 1 where nothing varies: the unit that products are reckoned in. */
export function sizeOf(totalVariance: number, columns: number): number {
  return Math.sqrt(totalVariance / columns) || 1;
}

/** How many figures a fit shows. */
function passes({ solver, iterations }: PcaPlan): number {
  return solver === "randomized" ? iterations + 2 : 1;
}

/** An orthonormal basis that the first axes lie in nearly, by power iterations from random vectors. Source: Halko, Martinsson & Tropp 2011. */
async function sampledBasis(
  { followed, iterations, seed }: PcaPlan,
  columns: number,
  products: RowProducts,
  live: LiveFit,
  note: (values: Float64Array) => void,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const random = seededRandom(seed);
  let basis: Float64Array = new Float64Array(followed * columns).map(() => random.next() - 0.5);
  orthonormalise(basis, followed, columns);
  for (let i = 0; i <= iterations && !live.stopped; i++) {
    const image = await products.normal(basis);
    const between = pairProducts(basis, image, followed, columns);
    const { values, vectors } = await symmetricEigen(between, followed, breathe);
    // Turned to the axes as they are now, the largest come first and keep their digits.
    basis = combined(vectors, image, followed, columns);
    orthonormalise(basis, followed, columns);
    note(values);
  }
  return basis;
}

/** The first eigenvectors of the covariance and, as many, its eigenvalues. */
async function covarianceAxes(
  { followed }: PcaPlan,
  columns: number,
  products: RowProducts,
  breathe: () => Promise<void>,
): Promise<Eigen> {
  const axes = await symmetricEigen(await products.covariance(), columns, breathe, followed);
  const values = axes.values.subarray(0, followed);
  if (values.at(-1)! * mostSpread >= values[0]!) return { values, vectors: axes.vectors };
  return within(axes.vectors, products, breathe);
}

/** The axes within the span of an orthonormal basis (s×d), and the squares of their singular values. */
async function within(
  basis: Float64Array,
  products: RowProducts,
  breathe: () => Promise<void>,
): Promise<Eigen> {
  const between = await products.gram(basis);
  const s = Math.sqrt(between.length);
  const { values, vectors } = await symmetricEigen(between, s, breathe);
  return { values, vectors: combined(vectors, basis, s, basis.length / s) };
}

/** The first k rows of C·B. C: s×s; B: s×d. */
function combined(c: Float64Array, b: Float64Array, k: number, d: number): Float64Array {
  const s = b.length / d;
  const product = new Float64Array(k * d);
  for (let i = 0; i < k; i++)
    addRows(product.subarray(i * d, (i + 1) * d), c.subarray(i * s, (i + 1) * s), b);
  return product;
}

/** A·Bᵀ of rows (s×d), made symmetric. */
function pairProducts(a: Float64Array, b: Float64Array, s: number, d: number): Float64Array {
  const products = new Float64Array(s * s);
  for (let i = 0; i < s; i++)
    productsWith(a.subarray(i * d, (i + 1) * d), b, d, 0, 0, products.subarray(i * s, (i + 1) * s));
  return products.map((product, at) => (product + products[(at % s) * s + Math.floor(at / s)]!) / 2);
}

/** How many of the values it takes for a sum above that. */
function enoughFor(squares: number, values: Float64Array): number {
  let count = 1;
  for (let sum = values[0]!; sum <= squares && count < values.length; count++) sum += values[count]!;
  return count;
}

/** Share of the variance that the first `count` axes leave. */
function shareLeft(values: Float64Array, count: number, squares: number): number {
  const kept = values.subarray(0, count).reduce((sum, value) => sum + value, 0);
  return squares > 0 ? Math.max(0, 1 - kept / squares) : 0;
}
