import { copyRow } from "../compute/copy-row.ts";
import type { Device, Tier } from "../compute/device.ts";
import { openKMeans, type KMeansKernel, type KMeansRows } from "../compute/k-means.ts";
import { permutation, seededRandom, type Random } from "../core/random.ts";
import type { Matrix } from "../data/matrix.ts";
import { rowsLessMean } from "./centre-model.ts";
import { centredSingles, columnMeans, squaresAround } from "./column-means.ts";
import type { TellIteration } from "./fit-callback.ts";
import { startRows, type Clustering, type KMeansStart } from "./k-means-fit.ts";
import { BatchCentres, type BatchWeights } from "./mini-batch-centres.ts";
import { pacer } from "./pause.ts";
import { trainFromStart } from "./training-checkpoints.ts";
import { LiveFit } from "./training-live.ts";
import { breather, cellBreather } from "./training-loop.ts";

const name = "MiniBatchKMeans";

/** How `MiniBatchKMeans` fits, all settings decided. */
export interface MiniBatchPlan extends KMeansStart {
  /** Rows of a batch. */
  readonly batchSize: number;
  /** Rows that first centres are drawn from, and judged by. */
  readonly initSize: number;
  readonly runs: number;
  readonly steps: number;
  readonly tol: number;
  readonly maxNoImprovement: number | null;
  readonly reassignmentRatio: number;
  readonly seed: number;
}

/** Clusters, and what later batches go on from. */
export interface BatchClustering extends Clustering, BatchWeights {}

/** Clusters the rows of X batch by batch on a device. Batches are drawn on the CPU, the same ones for every device. */
export async function clusterBatches(
  plan: MiniBatchPlan,
  device: Device,
  X: Matrix<Float64Array>,
  tell: TellIteration<BatchClustering> | null,
): Promise<BatchClustering> {
  const mean = columnMeans(X.data, X.columns);
  const variance = squaresAround(X.data, mean) / X.data.length;
  const data = rowsLessMean(name, X, mean);
  const live = new LiveFit(name, plan.steps, "iterations", "inertia");
  const fit = async ({ tier }: Device): Promise<BatchClustering> => {
    const random = seededRandom(plan.seed);
    const start = await bestStart(plan, tier, data, random, breather(live));
    const centres = new BatchCentres(start, X.columns, plan.reassignmentRatio, random);
    const batch = {
      rows: plan.batchSize,
      columns: X.columns,
      x: new Float32Array(plan.batchSize * X.columns),
    };
    const learnt = async (steps: number): Promise<BatchClustering> => ({
      ...(await settled(tier, data, centres, mean)),
      steps,
      stopped: live.stopped,
    });
    const told = async (loss: readonly number[]): Promise<void> =>
      tell?.({ loss, validationLoss: [] }, () => learnt(loss.length));
    const steps = await withKMeans(tier, batch, plan.nClusters, (kernel) =>
      descend(plan, kernel, batch, data, centres, plan.tol * variance, random, live, told),
    );
    return learnt(steps);
  };
  return trainFromStart(fit, device, live);
}

/** Lets one batch, all rows of X, move the centres; without any before it, it also decides where they begin. */
export async function clusterMore(
  plan: Pick<MiniBatchPlan, "nClusters" | "init" | "initSize" | "runs" | "reassignmentRatio" | "seed">,
  { tier }: Device,
  X: Matrix<Float64Array>,
  before: BatchClustering | null,
): Promise<BatchClustering> {
  const mean = before?.mean ?? columnMeans(X.data, X.columns);
  const data = rowsLessMean(name, X, mean);
  const steps = before?.steps ?? 0;
  // A stream for each batch, so that what was saved and loaded goes on as if it had not been.
  const random = seededRandom(plan.seed + steps);
  const start = before
    ? centredSingles(before.centres, mean)
    : await bestStart(plan, tier, data, random, cellBreather());
  const centres = new BatchCentres(start, X.columns, plan.reassignmentRatio, random, before);
  await withKMeans(tier, data, plan.nClusters, (kernel) => centres.step(kernel, data));
  return { ...(await settled(tier, data, centres, mean)), steps: steps + 1, stopped: false };
}

/** Steps until what batches cost no longer falls, the steps are used up, or the person stops it; gives how many were done. */
async function descend(
  { batchSize, steps, maxNoImprovement }: MiniBatchPlan,
  kernel: KMeansKernel,
  batch: KMeansRows,
  data: KMeansRows,
  centres: BatchCentres,
  tolerance: number,
  random: Random,
  live: LiveFit,
  told: (loss: readonly number[]) => Promise<void>,
): Promise<number> {
  const { rows } = data;
  const loss: number[] = [];
  const drawn = new Uint32Array(batchSize);
  const rest = pacer();
  const smoothing = Math.min(1, (2 * batchSize) / (rows + 1));
  let [average, least, idle] = [NaN, Infinity, 0];
  for (let done = 1; done <= steps; done++) {
    for (let i = 0; i < batchSize; i++) drawn[i] = random.integer(rows);
    copyRows(data, drawn, batch.x);
    kernel.setRows(batch.x);
    const { inertia, moved } = await centres.step(kernel, batch);
    loss.push(inertia / batchSize);
    live.progress({ loss, validationLoss: [] });
    await told(loss);
    await rest();
    if (live.stopped) return done;
    // The first batch tells how good the first centres were.
    if (done === 1) continue;
    average = done === 2 ? loss[1]! : average + smoothing * (loss[done - 1]! - average);
    if (tolerance > 0 && moved <= tolerance) return done;
    idle = average < least ? 0 : idle + 1;
    least = Math.min(least, average);
    if (maxNoImprovement !== null && idle >= maxNoImprovement) return done;
  }
  return steps;
}

/** The first centres (k × columns) that cost least on rows drawn to judge them, of several drawn from others; at least one, once `breathe` gives false. */
async function bestStart(
  plan: Pick<MiniBatchPlan, "nClusters" | "init" | "initSize" | "runs">,
  tier: Tier,
  data: KMeansRows,
  random: Random,
  breathe: () => Promise<boolean>,
): Promise<Float32Array> {
  const drawn = drawRows(data, plan.initSize, random, true);
  let [best, least] = [new Float32Array(), Infinity];
  await withKMeans(tier, drawn, plan.nClusters, async (judge) => {
    for (let run = 0; run < plan.runs && (run === 0 || (await breathe())); run++) {
      const some = drawRows(data, plan.initSize, random, false);
      const start = rowsAt(some, await startRows(plan, some, random, breathe));
      judge.setCentres(start);
      const { inertia } = await judge.assign();
      if (inertia < least) [best, least] = [start, inertia];
    }
  });
  return best;
}

/** Labels and inertia of all rows around the centres. */
async function settled(
  tier: Tier,
  data: KMeansRows,
  centres: BatchCentres,
  mean: Float64Array,
): Promise<Omit<BatchClustering, "steps" | "stopped">> {
  const { labels, inertia } = await withKMeans(tier, data, centres.weights.length, (kernel) => {
    kernel.setCentres(Float32Array.from(centres.places));
    return kernel.assign();
  });
  const shifted = centres.places.map((value, i) => value + mean[i % mean.length]!);
  const { weights, sinceReassigned } = centres;
  return { centres: shifted, mean, labels, inertia, weights: weights.slice(), sinceReassigned };
}

/** Works with rows on a device, which are gone from it afterwards. */
async function withKMeans<T>(
  tier: Tier,
  data: KMeansRows,
  k: number,
  work: (kernel: KMeansKernel) => Promise<T>,
): Promise<T> {
  const kernel = await openKMeans(tier, data, k);
  try {
    return await work(kernel);
  } finally {
    kernel.dispose();
  }
}

/** So many rows, drawn with replacement or without. */
function drawRows(data: KMeansRows, count: number, random: Random, replace: boolean): KMeansRows {
  const rows = replace
    ? Uint32Array.from({ length: count }, () => random.integer(data.rows))
    : permutation(data.rows, random).slice(0, count);
  return { rows: count, columns: data.columns, x: rowsAt(data, rows) };
}

function rowsAt(data: KMeansRows, rows: Uint32Array): Float32Array<ArrayBuffer> {
  const found = new Float32Array(rows.length * data.columns);
  copyRows(data, rows, found);
  return found;
}

/** Copies rows to the front of `into`. */
function copyRows({ columns, x }: KMeansRows, rows: Uint32Array, into: Float32Array): void {
  let at = 0;
  for (const row of rows) {
    copyRow(x, row * columns, columns, into, at);
    at += columns;
  }
}
