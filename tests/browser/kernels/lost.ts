import { gpuDevice } from "../../../src/compute/tfjs.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { AlternatingLeastSquares } from "../../../src/library/alternating-least-squares.ts";
import { BayesianPersonalizedRanking } from "../../../src/library/bayesian-personalized-ranking.ts";
import { GRUClassifier } from "../../../src/library/gru-classifier.ts";
import { clusterRows } from "../../../src/library/k-means-fit.ts";
import { KMeans } from "../../../src/library/k-means.ts";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import { mlpDefaults } from "../../../src/library/mlp-params.ts";
import { classTargets, trainMlp } from "../../../src/library/training-mlp.ts";
import type { Resumption } from "../../../src/specs/training.ts";
import type { Gaps } from "./gaps.ts";
import { watchFits } from "./watch-fits.ts";

const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), Math.sin(i / 7)]);
const labels = rows.map(([a, b]) => a! + b! > 0);
const likes = {
  users: rows.flatMap((_, i) => [i % 20, i % 20]),
  items: rows.flatMap((_, i) => [(i * 7) % 13, (i * 5 + 1) % 13]),
};
const device = "webgpu";

/** What a fit learnt, and how it went. */
interface Fit {
  readonly loss: ArrayLike<number> & Iterable<number>;
  readonly learnt: ArrayLike<number> & Iterable<number>;
  readonly resumed: readonly Resumption[];
}

/** Fits of each kind of loop and trainer, and the epochs they take. */
const fits: Readonly<Record<string, () => Promise<Fit>>> = {
  async MLPClassifier() {
    const settings = { hiddenLayerSizes: [5], maxIter: 14, batchSize: 20, dropout: 0.2, tol: 0 };
    const model = await new MLPClassifier({ ...settings, earlyStopping: true, device }).fit(rows, labels);
    const learnt = model.coefs.flatMap(({ data }) => [...data]);
    return { loss: model.lossCurve, learnt, resumed: model.resumed };
  },
  async GRUClassifier() {
    const sequences = rows.map((row, i) => row.slice(i % 3).map((x) => (x > 0 ? "a" : "b")));
    const settings = { hiddenSize: 4, embeddingSize: 2, maxIter: 14, batchSize: 16 };
    const model = await new GRUClassifier({ ...settings, device }).fit(sequences, labels);
    const { data } = await model.predictProba(sequences);
    return { loss: model.lossCurve, learnt: data, resumed: model.resumed };
  },
  async BayesianPersonalizedRanking() {
    const settings = { factors: 4, iterations: 14, batchSize: 16 };
    const model = await new BayesianPersonalizedRanking({ ...settings, device }).fit(likes);
    return { loss: model.lossCurve, learnt: model.itemFactors.data, resumed: model.resumed };
  },
  async AlternatingLeastSquares() {
    const model = await new AlternatingLeastSquares({ factors: 4, iterations: 14, device }).fit(likes);
    return { loss: model.lossCurve, learnt: model.itemFactors.data, resumed: model.resumed };
  },
  async KMeans() {
    const settings = { nClusters: 4, init: "random", nInit: 3, tol: 0 } as const;
    const model = await new KMeans({ ...settings, device }).fit(rows);
    return { loss: [model.inertia, model.nIter], learnt: model.clusterCenters.data, resumed: model.resumed };
  },
};

/** Fits that lose their GPU half-way and go on with it made anew, beside the same fits undisturbed: bit for bit. */
export async function lost(): Promise<Gaps> {
  const gaps: [string, number][] = [];
  for (const [name, fit] of Object.entries(fits)) {
    const shown = watchFits();
    const submits = countSubmits();
    const whole = await fit();
    submits.loseAfter(Math.floor(submits.count * 0.6));
    const torn = await fit();
    submits.end();
    const [resumed] = torn.resumed;
    gaps.push(
      [`${name}: losses`, Number([...whole.loss].join() !== [...torn.loss].join())],
      [`${name}: what is learnt`, Number([...whole.learnt].join() !== [...torn.learnt].join())],
      [`${name}: undisturbed, it says it was lost`, whole.resumed.length],
      [`${name}: losses that are told, less one`, torn.resumed.length - 1],
      [`${name}: begins again`, Number(!resumed || resumed.from === 0)],
      [`${name}: epochs that were done again, over five`, Math.max(resumed!.lostIn - resumed!.from - 5, 0)],
      [`${name}: the view does not tell`, Number(shown.at(-1)?.resumed?.length !== 1)],
    );
  }
  return gaps;
}

/** Fits that lose a GPU which cannot be had again, and go on on the processor. */
export async function lostForGood(): Promise<Gaps> {
  const gpu = { tier: "webgpu", name: "a GPU", reason: "real-adapter" } as const;
  const X = new Matrix(Float64Array.from(rows.flat()), rows.length, 3);
  const params = { ...mlpDefaults, hiddenLayerSizes: [5], maxIter: 14, batchSize: 20 };
  const targets = classTargets(Int32Array.from(labels, Number), 2);
  const plan = {
    title: "KMeans",
    nClusters: 4,
    init: "random",
    runs: 3,
    maxIter: 50,
    tol: 0,
    seed: 1,
  } as const;
  const trainings: Readonly<Record<string, () => Promise<Omit<Fit, "resumed">>>> = {
    async MLPClassifier() {
      const { loss, parameters } = await trainMlp("MLPClassifier", params, gpu, X, targets);
      return { loss, learnt: parameters };
    },
    async KMeans() {
      const { centres, inertia, steps } = await clusterRows(plan, gpu, X);
      return { loss: [inertia, steps], learnt: centres };
    },
  };
  const gaps: [string, number][] = [];
  for (const [name, training] of Object.entries(trainings)) {
    const shown = watchFits();
    const submits = countSubmits();
    const whole = await training();
    submits.loseAfter(Math.floor(submits.count * 0.6), true);
    const torn = await training();
    submits.end();
    const last = shown.at(-1);
    gaps.push(
      [`${name}: losses`, farthest(whole.loss, torn.loss)],
      [`${name}: what is learnt`, farthest(whole.learnt, torn.learnt)],
      [`${name}: another device than the processor`, Number(last?.device.reason !== "device-lost")],
      [`${name}: the view does not tell`, Number(last?.resumed?.[0]?.device !== "CPU (SIMD)")],
    );
  }
  return gaps;
}

/** Counts submits, and can destroy the device after some more of them, and then offer no other until the end. */
function countSubmits() {
  const own = Object.getOwnPropertyDescriptor(GPUQueue.prototype, "submit")!;
  const offer = Object.getOwnPropertyDescriptor(GPU.prototype, "requestAdapter")!;
  const none = { configurable: true, value: async () => null };
  let [left, last] = [Infinity, false];
  const counter = {
    count: 0,
    loseAfter(submits: number, forGood = false) {
      [left, last] = [submits, forGood];
    },
    end() {
      Object.defineProperty(GPUQueue.prototype, "submit", own);
      Object.defineProperty(GPU.prototype, "requestAdapter", offer);
    },
  };
  const lose = async (): Promise<void> => {
    (await gpuDevice()).destroy();
    if (last) Object.defineProperty(GPU.prototype, "requestAdapter", none);
  };
  Object.defineProperty(GPUQueue.prototype, "submit", {
    configurable: true,
    value(this: GPUQueue, commands: readonly GPUCommandBuffer[]) {
      (own.value as GPUQueue["submit"]).call(this, commands);
      counter.count++;
      if (--left === 0) void lose();
    },
  });
  return counter;
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
