import { afterEach, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { CallbackFailure, iterationTeller } from "../../../src/library/fit-callback.ts";
import {
  AlternatingLeastSquares,
  BayesianPersonalizedRanking,
  GRUClassifier,
  KMeans,
  MiniBatchKMeans,
  MLPClassifier,
  MLPRegressor,
  type FitCallback,
  type FitIteration,
} from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { fakeCell } from "./fake-cell.ts";

/** What every estimator below can do. */
interface Saved {
  save(): Uint8Array;
}

const random = seededRandom(8);
const draw = (bound: number) => Array.from({ length: 3000 }, () => random.integer(bound));
const userItems = { users: draw(200), items: draw(60) };
const X = Array.from({ length: 300 }, (_, i) => [random.next() + (i % 3), random.next() - (i % 3)]);
const y = X.map((_, i) => i % 3);
const sequences = Array.from({ length: 60 }, (_, i) => [i % 2 ? "view" : "cart", "order"]);

const bpr = { factors: 8, iterations: 7 };
const mlp = { hiddenLayerSizes: [5], maxIter: 6 };
const models: Readonly<Record<string, (callback: FitCallback<Saved> | null) => Promise<Saved>>> = {
  BayesianPersonalizedRanking: (callback) =>
    new BayesianPersonalizedRanking(bpr).fit(userItems, { callback }),
  AlternatingLeastSquares: (callback) => new AlternatingLeastSquares(bpr).fit(userItems, { callback }),
  "KMeans, of three runs": (callback) => new KMeans({ nClusters: 3, nInit: 3 }).fit(X, { callback }),
  KMeans: (callback) => new KMeans({ nClusters: 5 }).fit(X, { callback }),
  MiniBatchKMeans: (callback) =>
    new MiniBatchKMeans({ nClusters: 3, batchSize: 50, maxIter: 2 }).fit(X, { callback }),
  MLPClassifier: (callback) => new MLPClassifier(mlp).fit(X, y, { callback }),
  MLPRegressor: (callback) => new MLPRegressor({ ...mlp, solver: "sgd" }).fit(X, y, { callback }),
  GRUClassifier: (callback) =>
    new GRUClassifier({ hiddenSize: 4, embeddingSize: 3, maxIter: 3 }).fit(
      sequences,
      sequences.map((_, i) => i % 2),
      { callback },
    ),
};
const entries = Object.entries(models);

afterEach(() => setSession(null));

test.each(entries)("a callback is told of each iteration once, in order: %s", async (_, fit) => {
  const cell = fakeCell();
  const told: FitIteration<Saved>[] = [];
  await fit((iteration) => told.push(iteration));
  const { loss, validationLoss } = cell.last();
  expect(told.length).toBeGreaterThan(1);
  expect(told.map(({ iteration }) => iteration)).toEqual([...loss.keys()]);
  expect(told.map((each) => each.loss)).toEqual([...loss]);
  expect(told.flatMap((each) => each.validationLoss ?? [])).toEqual([...validationLoss]);
  expect(told.every(({ elapsed }) => elapsed >= 0)).toBe(true);
});

const single = entries.filter(([name]) => name !== "KMeans, of three runs");

test.each(single)(
  "the last state is what fit gives, and reading states changes neither fit nor states: %s",
  async (_, fit) => {
    const states: Saved[] = [];
    const bytes: Uint8Array[] = [];
    const model = await fit(async ({ fittedEstimator }) => {
      const state = await fittedEstimator();
      expect(await fittedEstimator()).toBe(state);
      states.push(state);
      bytes.push(state.save());
    });
    expect(model.save()).toEqual((await fit(null)).save());
    expect(states.map((state) => state.save())).toEqual(bytes);
    expect(states.at(-1).save()).toEqual(model.save());
    expect(states.at(-1)).not.toBe(model);
    expect(states[0]!.save()).not.toEqual(model.save());
  },
);

test.each(entries)("what a callback throws ends the fit, and fit throws it: %s", async (_, fit) => {
  const cell = fakeCell();
  const error = new Error("no more");
  let calls = 0;
  const failing = fit(() => {
    calls++;
    throw error;
  });
  await expect(failing).rejects.toBe(error);
  expect(calls).toBe(1);
  expect(cell.last().state).toBe("failed");
  expect(cell.stops.size).toBe(0);
});

test("a state is a fitted estimator, by the names of one", async () => {
  const centres: number[][] = [];
  const model = await new KMeans({ nClusters: 3 }).fit(X, {
    callback: async ({ fittedEstimator }) => {
      const { clusterCenters, labels, nIter } = await fittedEstimator();
      expect([clusterCenters.rows, labels.length]).toEqual([3, 300]);
      centres[nIter] = [...clusterCenters.data];
    },
  });
  expect(centres[model.nIter]).toEqual([...model.clusterCenters.data]);
  let ranked: unknown;
  const ranking = await new BayesianPersonalizedRanking(bpr).fit(userItems, {
    callback: async ({ fittedEstimator }) => (ranked = (await fittedEstimator()).recommend(1, 5)),
  });
  expect(ranked).toEqual(ranking.recommend(1, 5));
});

test("Stop in a callback ends training with what is learnt so far", async () => {
  const cell = fakeCell();
  let calls = 0;
  const model = await new BayesianPersonalizedRanking({ factors: 8, iterations: 1_000_000 }).fit(userItems, {
    callback({ iteration }) {
      calls++;
      if (iteration === 3) [...cell.stops.values()].forEach((stop) => stop());
    },
  });
  expect(model.stopped).toBe(true);
  expect(model.nIter).toBe(calls);
});

test("stopping the cell ends a callback that waits", async () => {
  const cell = fakeCell();
  const fitting = new KMeans({ nClusters: 3 }).fit(X, {
    callback: () => new Promise(() => setTimeout(() => cell.controller.abort())),
  });
  await expect(fitting).rejects.toMatchObject({ name: "AbortError" });
  expect(cell.last().state).toBe("aborted");
});

test("a state that is asked for too late is an Error, and one that nobody waits for is read before training goes on", async () => {
  const kept: FitIteration<MLPRegressor>[] = [];
  const reads: Promise<MLPRegressor>[] = [];
  const model = await new MLPRegressor(mlp).fit(X, y, {
    callback(iteration) {
      kept.push(iteration);
      reads.push(iteration.fittedEstimator());
    },
  });
  expect((await reads[0]!).nIter).toBe(1);
  expect((await reads.at(-1)).save()).toEqual(model.save());
  await expect(kept[0]!.fittedEstimator()).rejects.toThrow(/before the callback ends/);
});

test("a callback's teardown is called once, with the fitted estimator", async () => {
  const ended: unknown[] = [];
  const callback = Object.assign(() => undefined, { teardown: (model: unknown) => ended.push(model) });
  const model = await new KMeans({ nClusters: 3 }).fit(X, { callback });
  expect(ended).toEqual([model]);
});

test("nothing is read for a callback that does not ask, and an iteration that runs again is not told again", async () => {
  const told: number[] = [];
  const tell = iterationTeller(({ iteration }) => told.push(iteration), String)!;
  const never = () => Promise.reject(new Error("nobody asked"));
  const losses = [3, 2, 1];
  for (const done of [1, 2, 3, 2, 3]) await tell({ loss: losses.slice(0, done), validationLoss: [] }, never);
  expect(told).toEqual([0, 1, 2]);
  expect(iterationTeller(null, String)).toBeNull();
});

test("a state that cannot be read fails as the device does, and the iteration is told once it is done again", async () => {
  const states: string[] = [];
  const tell = iterationTeller(async ({ fittedEstimator }) => states.push(await fittedEstimator()), String)!;
  const lost = new Error("the device is lost");
  const curves = { loss: [1], validationLoss: [] };
  await expect(tell(curves, () => Promise.reject(lost))).rejects.toBe(lost);
  await tell(curves, () => Promise.resolve(5));
  expect(states).toEqual(["5"]);
  const failing = iterationTeller(() => Promise.reject(lost), String)!;
  await expect(failing(curves, () => Promise.resolve(5))).rejects.toBeInstanceOf(CallbackFailure);
});
