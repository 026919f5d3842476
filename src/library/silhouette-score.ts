import { eachClusterDistances } from "../compute/simd/cluster-distances.ts";
import { permutation, seededRandom } from "../core/random.ts";
import { centredSingles, columnMeans } from "./column-means.ts";
import type { Features, Labels } from "./estimator.ts";
import { checkSameRows, takeRows, toLabels, toMatrix } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";

const name = "silhouetteScore";

/** Options of `silhouetteScore`. */
export interface SilhouetteOptions {
  /** How many rows to draw, for the time grows with the square of their number. Default null: all. */
  readonly sampleSize?: number | null;
  /** Decides which. Default 0. */
  readonly seed?: number;
}

/**
 * Mean silhouette, in [−1, 1], the higher the better: (b − a) / max(a, b) a row, where a is its mean distance |x − y| to the other rows of its
 * cluster and b that to the rows of the nearest other cluster; 0 where it is alone in its cluster. X: n×d; labels: n, of 2 to n − 1 clusters, else
 * a RangeError. Distances are singles, sums doubles. As scikit-learn's silhouette_score. Source: Rousseeuw 1987.
 */
export function silhouetteScore(X: Features, labels: Labels, options: SilhouetteOptions = {}): number {
  const { sampleSize, seed } = withDefaults(name, { sampleSize: null, seed: 0 }, options);
  const { codes } = toLabels(labels, `${name}: labels`);
  const matrix = toMatrix(X, `${name}: X`);
  checkSameRows("X", matrix.rows, "labels", codes.length);
  const n = sampleSize ?? codes.length;
  checkParam(
    name,
    "sampleSize",
    sampleSize,
    `null or a whole number from 1 to the ${codes.length} rows of X`,
    Number.isInteger(n) && n >= 1 && n <= codes.length,
  );
  const order =
    sampleSize === null
      ? codes.map((_, row) => row)
      : permutation(codes.length, seededRandom(seed)).slice(0, n);
  const { rows, starts } = byCluster(order, codes);
  const sizes = starts.slice(1).map((end, c) => end - starts[c]!);
  if (sizes.length < 2 || sizes.length >= n)
    throw new RangeError(
      `${name}: expected 2 to n − 1 = ${n - 1} clusters${sampleSize === null ? "" : " among the rows drawn"}, got ${sizes.length}`,
    );
  const { data, columns } = takeRows(matrix, rows);
  let sum = 0;
  let own = 0;
  eachClusterDistances({ rows: n, columns, x: singles(data, columns), starts }, (row, distances) => {
    while (row >= starts[own + 1]!) own++;
    sum += silhouette(distances, sizes, own);
  });
  return sum / n;
}

function silhouette(distances: Float64Array, sizes: Int32Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const a = distances[own]! / (sizes[own]! - 1);
  let b = Infinity;
  for (let c = 0; c < sizes.length; c++) if (c !== own) b = Math.min(b, distances[c]! / sizes[c]!);
  return a === 0 && b === 0 ? 0 : (b - a) / Math.max(a, b);
}

/** The rows of an order, cluster by cluster, and where each cluster that has any begins. */
function byCluster(order: ArrayLike<number>, codes: Int32Array): { rows: number[]; starts: Int32Array } {
  const clusters = new Map<number, number[]>();
  for (let i = 0; i < order.length; i++) {
    const code = codes[order[i]!]!;
    const rows = clusters.get(code) ?? [];
    clusters.set(code, rows);
    rows.push(order[i]!);
  }
  const groups = [...clusters.values()];
  const starts = new Int32Array(groups.length + 1);
  for (const [c, group] of groups.entries()) starts[c + 1] = starts[c]! + group.length;
  return { rows: groups.flat(), starts };
}

/** Rows less their mean and divided by the largest number left, as singles: a silhouette does not depend on either. */
function singles(x: Float64Array, columns: number): Float32Array {
  const mean = columnMeans(x, columns);
  let largest = 0;
  for (let from = 0; from < x.length; from += columns)
    for (let j = 0; j < columns; j++) largest = Math.max(largest, Math.abs(x[from + j]! - mean[j]!));
  return centredSingles(x, mean, largest || 1);
}
