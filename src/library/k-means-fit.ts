import type { Device } from "../compute/device.ts";
import { openKMeans, type KMeansKernel, type KMeansRows } from "../compute/k-means.ts";
import { kMeansPlusPlus } from "../compute/simd/k-means-start.ts";
import { nthSmallest } from "../core/nth-smallest.ts";
import { permutation, seededRandom, type Random, type SeededRandom } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { rowsLessMean } from "./centre-model.ts";
import { columnMeans, squaresAround } from "./column-means.ts";
import type { FitStarts, Resumption } from "../specs/training.ts";
import type { TellIteration } from "./fit-callback.ts";
import { trainResumably, type Checkpoint } from "./training-checkpoints.ts";
import { LiveFit, type LossCurves } from "./training-live.ts";
import { breather } from "./training-loop.ts";

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
  /** GPU devices that were lost on the way. */
  readonly resumed?: readonly Resumption[];
}

/** Centres and the rows around them after so many steps of a run. */
interface Found {
  readonly centres: Float32Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly steps: number;
}

/** The losses of all runs so far, and which run the last of them is of. */
interface RunCurves extends LossCurves {
  readonly starts: FitStarts;
}

interface Run extends Found {
  readonly curves: RunCurves;
}

/** A run under way. */
interface UnderWay {
  readonly centres: Float32Array;
  readonly steps: number;
  /** Σ of the squared moves of the last step. */
  readonly shift: number;
  readonly curves: RunCurves;
}

/** Between two steps: the run under way, null before its first, and the best of those before it. */
interface Between extends Checkpoint {
  readonly run: number;
  readonly best: Run | null;
  readonly under: UnderWay | null;
  readonly curves: RunCurves;
  readonly random: SeededRandom;
}

interface Fit {
  readonly plan: KMeansPlan;
  readonly data: KMeansRows;
  readonly live: LiveFit;
  readonly tolerance: number;
  readonly mean: Float64Array;
  /** Hears of each step. */
  readonly tell: TellIteration<Clustering> | null;
}

/** Clusters the rows of X on a device; of several runs the one with the lowest inertia counts, the first of equal ones. */
export async function clusterRows(
  plan: KMeansPlan,
  device: Device,
  X: Matrix<Float64Array>,
  tell: TellIteration<Clustering> | null = null,
): Promise<Clustering> {
  const mean = columnMeans(X.data, X.columns);
  const variance = squaresAround(X.data, mean) / X.data.length;
  const data = rowsLessMean(plan.title, X, mean);
  const random = seededRandom(plan.seed);
  const live = new LiveFit(plan.title, plan.runs * plan.maxIter, "iterations", "inertia");
  const fit = { plan, data, live, tolerance: plan.tol * variance, mean, tell };
  const best = await trainResumably(
    {
      open: ({ tier }) => openKMeans(tier, data, plan.nClusters),
      train: (kernel: KMeansKernel, from: Between, keep) => runsFrom(fit, kernel, from, keep),
    },
    device,
    { run: 0, best: null, under: null, random, curves: curvesOf([], startsOf(plan, 0)) },
    live,
  );
  return clusteringOf(fit, best);
}

/** What a run found, in the units of the rows. */
function clusteringOf({ mean, live }: Fit, { centres, labels, inertia, steps }: Found): Clustering {
  const shifted = Float64Array.from(centres, (value, i) => value + mean[i % mean.length]!);
  const { stopped, resumed } = live;
  return { centres: shifted, mean, labels, inertia, steps, stopped, resumed: [...resumed] };
}

/** The runs from a point on; gives the best of all. */
async function runsFrom(
  fit: Fit,
  kernel: KMeansKernel,
  from: Between,
  keep: ((now: Between) => void) | null,
): Promise<Run> {
  let { best, under, curves } = from;
  const { plan, data, live } = fit;
  const random = from.random.copy();
  for (let run = from.run; run < plan.runs && !(best && live.stopped); run++) {
    const start = under ?? {
      centres: await firstCentres(fit, random),
      steps: 0,
      shift: Infinity,
      curves: curvesOf(curves.loss, startsOf(plan, run)),
    };
    const now = { run, best, random: random.copy() };
    const keepStep = keep && ((under: UnderWay) => keep({ ...now, under, curves: under.curves }));
    const done = await lloyd(fit, kernel, start, keepStep);
    [under, curves] = [null, done.curves];
    if (!best || done.inertia < best.inertia) best = done;
  }
  const { starts } = best!.curves;
  live.progress(curvesOf(curves.loss, { ...starts, kept: best!.inertia / data.rows }));
  return best!;
}

/** The beginning of a run, counted from 0. */
function startsOf({ runs }: KMeansPlan, run: number): FitStarts {
  return { start: run + 1, starts: runs, iteration: 0, kept: null };
}

function curvesOf(loss: readonly number[], starts: FitStarts): RunCurves {
  return { loss, validationLoss: [], starts };
}

/** One run until the centres rest, the steps are used up, or the person stops it. `keep`, if any, is told of each step. */
async function lloyd(
  fit: Fit,
  kernel: KMeansKernel,
  start: UnderWay,
  keep: ((now: UnderWay) => void) | null,
): Promise<Run> {
  const { plan, data, live, tolerance } = fit;
  const loss = [...start.curves.loss];
  let { centres, steps, shift } = start;
  kernel.setCentres(centres);
  while (steps < plan.maxIter && shift > tolerance && !live.stopped) {
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
    // A step that moves nothing does not count, as in scikit-learn.
    if (shift > 0) steps++;
    const curves = curvesOf(loss, { ...start.curves.starts, iteration: steps });
    live.progress(curves);
    const now = { centres, steps };
    await fit.tell?.(curves, async () => clusteringOf(fit, { ...now, ...(await kernel.assign()) }));
    if (shift === 0) break;
    keep?.({ centres, steps, shift, curves: { ...curves, loss: [...loss] } });
  }
  const { labels, inertia } = await kernel.assign();
  const curves = curvesOf(loss, { ...start.curves.starts, iteration: steps });
  return { centres, labels, inertia, steps, curves };
}

/** The rows that a run begins with, as centres. */
async function firstCentres({ plan, data, live }: Fit, random: Random): Promise<Float32Array> {
  const { columns, x } = data;
  const centres = new Float32Array(plan.nClusters * columns);
  for (const [c, row] of (await startRows(plan, data, random, breather(live))).entries())
    centres.set(x.subarray(row * columns, (row + 1) * columns), c * columns);
  return centres;
}

/** Moves each centre without rows to the row farthest from its centre, which that one gives up, as scikit-learn does. */
function refill(
  centres: Float32Array,
  counts: Int32Array,
  { columns, x }: KMeansRows,
  { labels, distances }: { readonly labels: Int32Array; readonly distances: Float32Array },
): void {
  const empty = [...counts.keys()].filter((c) => counts[c] === 0);
  const farthest = farthestRows(distances, empty.length);
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

/** So many rows with the largest distances, the largest first; of equal ones the lowest row. */
function farthestRows(distances: Float32Array, count: number): number[] {
  const least = nthSmallest(distances.slice(), distances.length - count);
  const far: number[] = [];
  for (let row = 0; row < distances.length; row++) if (distances[row]! >= least) far.push(row);
  return far.sort((a, b) => distances[b]! - distances[a]! || a - b).slice(0, count);
}

/** The rows to begin with, by the way the plan says; any rows once `breathe` gives false. */
export function startRows(
  { init, nClusters }: KMeansStart,
  data: KMeansRows,
  random: Random,
  breathe: () => Promise<boolean>,
): Promise<Uint32Array> {
  if (init === "k-means++") return kMeansPlusPlus(data, nClusters, random, breathe);
  return Promise.resolve(permutation(data.rows, random).slice(0, nClusters));
}
