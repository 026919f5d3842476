import { gpuDevice } from "../../../src/compute/tfjs.ts";
import {
  BayesianPersonalizedRanking,
  KMeans,
  MLPClassifier,
  type FitCallback,
} from "../../../src/library/index.ts";
import type { Gaps } from "./gaps.ts";
import { watchFits } from "./watch-fits.ts";

const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const labels = rows.map(([a, b]) => a! + b! > 0);
const likes = {
  users: rows.flatMap((_, i) => [i % 10, i % 10]),
  items: rows.flatMap((_, i) => [(i * 7) % 13, (i * 5 + 1) % 13]),
};
const device = "webgpu";

/** What every estimator below can do. */
interface Fitted {
  readonly nIter: number;
  readonly resumed: readonly unknown[];
  save(): Uint8Array;
}

const fits: Readonly<Record<string, (callback: FitCallback<Fitted> | null) => Promise<Fitted>>> = {
  BayesianPersonalizedRanking: (callback) =>
    new BayesianPersonalizedRanking({ factors: 4, iterations: 7, device }).fit(likes, { callback }),
  MLPClassifier: (callback) =>
    new MLPClassifier({ hiddenLayerSizes: [5], maxIter: 7, device }).fit(rows, labels, { callback }),
  KMeans: (callback) =>
    new KMeans({ nClusters: 4, init: "random", nInit: 1, device }).fit(rows, { callback }),
};

/** Callbacks of fits on the GPU: what they read, what they throw, and a device that is lost in the midst of one. The quick run takes one estimator. */
export async function callbacks(full: boolean): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const [name, fit] of Object.entries(fits).slice(0, full ? undefined : 1)) {
    watchFits();
    const alone = await fit(null);
    let last: Fitted | null = null;
    const read = await fit(async ({ fittedEstimator }) => (last = await fittedEstimator()));
    const told: number[] = [];
    let destroyed = false;
    const torn = await fit(async ({ iteration, fittedEstimator }) => {
      if (iteration === 1 && !destroyed) (await gpuDevice()).destroy();
      destroyed ||= iteration === 1;
      await fittedEstimator();
      told.push(iteration);
    });
    const error = new Error("no more");
    const thrown: unknown = await fit(() => Promise.reject(error)).catch((reason: unknown) => reason);
    gaps.push(
      [`${name}: a callback that reads changes what is learnt`, differ(alone, read)],
      [`${name}: the last state is another than what fit gives`, differ(last!, read)],
      [`${name}: an error of the callback is not what fit throws`, Number(thrown !== error)],
      [`${name}: losses of the device that are told, less one`, torn.resumed.length - 1],
      [`${name}: it ends otherwise where the device was lost`, torn.nIter - alone.nIter],
      [`${name}: iterations are left out or told twice`, Number(told.join() !== [...told.keys()].join())],
    );
  }
  return gaps;
}

function differ(a: Fitted, b: Fitted): number {
  return Number(a.save().join() !== b.save().join());
}
