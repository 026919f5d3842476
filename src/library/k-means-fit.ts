import type { Device } from "../compute/device.ts";
import { openKMeans, type KMeansKernel, type KMeansRows } from "../compute/k-means.ts";
import { kMeansPlusPlus } from "../compute/simd/k-means-start.ts";
import { permutation, seededRandom, type Random } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { centredSingles, columnMeans, squaresAround } from "./column-means.ts";
import { LiveFit } from "./training-live.ts";

/** How the first centres are found. */
export interface KMeansStart {
  readonly nClusters: number;
  readonly init: "k-means++" | "random";
}

/** How `KMeans` fits, all settings decided. */
export interface KMeansPlan extends KMeansStart {
  readonly title: string;
  readonly runs: number;
  readonly maxIter: number;
  readonly tol: number;
  readonly seed: number;
}

/** Clusters of some rows. */
export interface Clustering {
  /** k × columns, row-major. */
  readonly centres: Float64Array;
  /** Mean of each column: rows are taken less it, so that singles keep their digits. */
  readonly mean: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly steps: number;
  readonly stopped: boolean;
}

interface Run {
  readonly centres: Float32Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly steps: number;
}

/** Clusters the rows of X on a device; of several runs the one with the lowest inertia counts, the first of equal ones. */
export async function clusterRows(
  plan: KMeansPlan,
  device: Device,
  X: Matrix<Float64Array>,
): Promise<Clustering> {
  const mean = columnMeans(X.data, X.columns);
  const variance = squaresAround(X.data, mean) / X.data.length;
  const x = centredSingles(X.data, mean);
  const data = { rows: X.rows, columns: X.columns, x };
  const random = seededRandom(plan.seed);
  const kernel = await openKMeans(device.tier, data, plan.nClusters);
  const live = new LiveFit(plan.title, plan.runs * plan.maxIter);
  const loss: number[] = [];
  let best: Run | null = null;
  live.begin(device);
  try {
    for (let run = 0; run < plan.runs && !live.stopped; run++) {
      const start = await startRows(plan, data, random);
      const done = await lloyd(plan, data, kernel, start, plan.tol * variance, live, loss);
      if (!best || done.inertia < best.inertia) best = done;
    }
  } catch (error) {
    live.end(live.aborted ? "stopped" : "failed", { loss, validationLoss: [] });
    throw error;
  } finally {
    kernel.dispose();
  }
  live.end(live.stopped ? "stopped" : "done", { loss, validationLoss: [] });
  const { centres, labels, inertia, steps } = best!;
  const shifted = Float64Array.from(centres, (value, i) => value + mean[i % X.columns]!);
  return { centres: shifted, mean, labels, inertia, steps, stopped: live.stopped };
}

/** One run from the rows at `start` until the centres rest, the steps are used up, or the person stops it. */
async function lloyd(
  { nClusters: k, maxIter }: KMeansPlan,
  data: KMeansRows,
  kernel: KMeansKernel,
  start: Uint32Array,
  tolerance: number,
  live: LiveFit,
  loss: number[],
): Promise<Run> {
  const { columns, x } = data;
  let centres = new Float32Array(k * columns);
  for (const [c, row] of start.entries())
    centres.set(x.subarray(row * columns, (row + 1) * columns), c * columns);
  kernel.setCentres(centres);
  let steps = 0;
  for (let shift = Infinity; steps < maxIter && shift > tolerance && !live.stopped; steps++) {
    const step = await kernel.step();
    live.throwIfAborted();
    const moved = Float32Array.from(step.centres);
    if (step.counts.includes(0)) {
      kernel.setCentres(centres);
      refill(moved, step.counts, data, await kernel.assign());
      kernel.setCentres(moved);
    }
    shift = 0;
    for (const [i, value] of moved.entries()) shift += (value - centres[i]!) ** 2;
    centres = moved;
    loss.push(step.inertia / data.rows);
    live.progress({ loss, validationLoss: [] });
    if (shift === 0) break;
  }
  const { labels, inertia } = await kernel.assign();
  return { centres, labels, inertia, steps };
}

/** Moves each centre without rows to the row farthest from its centre, which that one gives up, as scikit-learn does. */
function refill(
  centres: Float32Array,
  counts: Int32Array,
  { columns, x }: KMeansRows,
  { labels, distances }: { readonly labels: Int32Array; readonly distances: Float32Array },
): void {
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  const farthest = Array.from(distances.keys())
    .sort((a, b) => distances[b]! - distances[a]! || a - b)
    .slice(0, empty.length);
  const left = Int32Array.from(counts);
  for (const [i, c] of empty.entries()) {
    const row = farthest[i]!;
    const from = labels[row]!;
    for (let j = 0; j < columns; j++) {
      const value = x[row * columns + j]!;
      if (left[from]! > 1) {
        const at = from * columns + j;
        centres[at] = (centres[at]! * left[from]! - value) / (left[from]! - 1);
      }
      centres[c * columns + j] = value;
    }
    left[from]!--;
  }
}

/** The rows to begin with, by the way the plan says. */
export function startRows(
  { init, nClusters }: KMeansStart,
  data: KMeansRows,
  random: Random,
): Promise<Uint32Array> {
  if (init === "k-means++") return kMeansPlusPlus(data, nClusters, random);
  return Promise.resolve(permutation(data.rows, random).slice(0, nClusters));
}
