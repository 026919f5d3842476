import { afterEach, describe, expect, test } from "vitest";
import { kMeansOnSimd } from "../../../src/compute/simd/k-means.ts";
import { seededRandom } from "../../../src/core/random.ts";
import { normal } from "../../../src/core/sampling.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import {
  adjustedRandScore,
  clone,
  inertia,
  KMeans,
  MiniBatchKMeans,
  type MiniBatchKMeansParams,
} from "../../../src/library/index.ts";
import { BatchCentres } from "../../../src/library/mini-batch-centres.ts";
import { setSession } from "../../../src/library/session.ts";
import reference from "../../reference/clusters.json" with { type: "json" };
import kMeans from "../../reference/k-means.json" with { type: "json" };
import { kMeansCases } from "../../reference/k-means-twin.ts";
import { miniBatchGap } from "../../reference/mini-batch-twin.ts";
import { digitRows, irisRows } from "../../reference/pinned-sets.ts";
import { fakeCell } from "./fake-cell.ts";

/** Clouds around k places, in columns of unlike spread. */
function clouds(rows: number, columns: number, k: number, seed: number): Matrix<Float64Array> {
  const random = seededRandom(seed);
  const places = Array.from({ length: k * columns }, () => 8 * random.next());
  const data = Float64Array.from(
    { length: rows * columns },
    (_, at) => 100 + places[(Math.floor(at / columns) % k) * columns + (at % columns)]! + normal(random) / 4,
  );
  return new Matrix(data, rows, columns);
}

describe.each([
  { name: "iris", X: irisRows, ...kMeans.iris, median: reference.sets[0]!.miniBatchMedian },
  { name: "digits", X: digitRows, ...kMeans.digits, median: reference.sets[1]!.miniBatchMedian },
])("on $name", ({ X, k, target, inertia: full, adjusted_rand: rand, median }) => {
  test("with patience, the inertia is that of the best of ten runs of KMeans, within 2 %", async () => {
    const model = await new MiniBatchKMeans({ nClusters: k, nInit: 10, maxNoImprovement: 50 }).fit(X);
    expect(model.inertia / full).toBeGreaterThan(0.9999);
    expect(model.inertia / full).toBeLessThan(1.02);
    expect(adjustedRandScore(target, model.labels)).toBeGreaterThan(rand - 0.1);
    expect(model.inertia / inertia(X, model.labels, model.clusterCenters)).toBeCloseTo(1, 5);
    expect(await model.predict(X)).toEqual(model.labels);
  });

  test(`as it is, the median inertia of forty seeds is that of scikit-learn ${reference.version}'s, within 1 %`, async () => {
    const inertias: number[] = [];
    for (let seed = 0; seed < 40; seed++)
      inertias.push((await new MiniBatchKMeans({ nClusters: k, seed }).fit(X)).inertia);
    const [low, high] = inertias.sort((a, b) => a - b).slice(19, 21);
    expect(Math.abs((low! + high!) / 2 / median - 1)).toBeLessThan(0.01);
  });
});

test("many rows are clustered as KMeans does, in fewer passes over them", async () => {
  const X = clouds(50_000, 6, 12, 3);
  const params = { nClusters: 12, seed: 1 };
  const [some, all] = await Promise.all([
    new MiniBatchKMeans({ ...params, nInit: 3 }).fit(X),
    new KMeans({ ...params, nInit: 3 }).fit(X),
  ]);
  expect(some.inertia / all.inertia).toBeLessThan(1.02);
  expect(some.nIter).toBeLessThan(3);
  expect(some.nSteps).toBeGreaterThan(10);
});

test.each(kMeansCases)("batches of $name move centres as the plain twin does", async (one) => {
  expect(await miniBatchGap(kMeansOnSimd(one, one.k), one)).toBeLessThan(1e-5);
});

test("centres that met few rows begin anew at rows of the batch, as light as the lightest of the others", async () => {
  const x = Float32Array.from({ length: 100 }, (_, i) => (i < 50 ? i / 100 : 20 + i / 100));
  const batch = { rows: 100, columns: 1, x };
  const centres = new BatchCentres(Float32Array.of(0, 20, 500), 1, 0.5, seededRandom(0));
  await centres.step(kMeansOnSimd(batch, 3), batch);
  expect([...centres.weights]).toEqual([50, 50, 50]);
  expect([...x]).toContain(centres.places[2]);
  const still = new BatchCentres(Float32Array.of(0, 20, 500), 1, 0, seededRandom(0));
  await still.step(kMeansOnSimd(batch, 3), batch);
  expect([...still.weights]).toEqual([50, 50, 0]);
  expect(still.places[2]).toBe(500);
});

test("rows can come batch by batch, also after save and load", async () => {
  const X = clouds(3000, 3, 5, 7);
  const batches = [0, 1, 2, 3, 4].map((i) => new Matrix(X.data.slice(1800 * i, 1800 * (i + 1)), 600, 3));
  const params = { nClusters: 5, seed: 2 };
  const through = new MiniBatchKMeans(params);
  let model = new MiniBatchKMeans(params);
  for (const batch of batches) {
    await through.partialFit(batch);
    await model.partialFit(batch);
    model = MiniBatchKMeans.load(model.save());
  }
  expect(model.clusterCenters).toEqual(through.clusterCenters);
  expect([model.nSteps, model.labels.length]).toEqual([5, 600]);
  const full = await new KMeans({ nClusters: 5, nInit: 5 }).fit(X);
  expect(-(await model.score(X)) / full.inertia).toBeLessThan(1.02);
});

test("the same seed gives the same bits, another seed other ones", async () => {
  const fit = (seed: number) => new MiniBatchKMeans({ nClusters: 10, seed }).fit(digitRows);
  const [a, b, c] = await Promise.all([fit(1), fit(1), fit(2)]);
  expect(b.clusterCenters).toEqual(a.clusterCenters);
  expect(b.inertia).toBe(a.inertia);
  expect(c.clusterCenters).not.toEqual(a.clusterCenters);
});

test("it ends when nothing improves, when centres rest, or when the steps are used up", async () => {
  const X = clouds(2000, 2, 4, 1);
  const steps = async (params: MiniBatchKMeansParams) =>
    (await new MiniBatchKMeans({ nClusters: 4, batchSize: 100, ...params }).fit(X)).nSteps;
  expect(await steps({ maxIter: 2, maxNoImprovement: null })).toBe(40);
  expect(await steps({ maxIter: 50 })).toBeLessThan(1000);
  expect(await steps({ maxIter: 50, maxNoImprovement: null, tol: 0.01 })).toBeLessThan(1000);
});

test("more clusters than distinct rows leave no figure broken", async () => {
  const model = await new MiniBatchKMeans({ nClusters: 4 }).fit([[1], [1], [1], [2], [2]]);
  expect(model.inertia).toBeCloseTo(0, 10);
  expect([...model.clusterCenters.data].every(Number.isFinite)).toBe(true);
  const one = await new MiniBatchKMeans({ nClusters: 1 }).fit([[3, 4]]);
  expect([[...one.clusterCenters.data], [...one.labels]]).toEqual([[3, 4], [0]]);
});

test("save and load keep all that was learnt", async () => {
  const table = Table.from({ a: [1, 2, 8, 9], b: [2, 1, 9, 8] });
  const model = await new MiniBatchKMeans({ nClusters: 2, init: "random" }).fit(table);
  const loaded = MiniBatchKMeans.load(model.save());
  expect(loaded.getParams()).toEqual(model.getParams());
  expect(await loaded.predict(table.select("b", "a"))).toEqual(model.labels);
  expect((await loaded.transform(table)).columns).toBe(2);
  expect([loaded.nIter, loaded.nSteps]).toEqual([model.nIter, model.nSteps]);
  expect(clone(model).getParams()).toEqual(model.getParams());
});

test("what cannot be is refused by name", async () => {
  const gaps = Table.from({ a: [1, 2, null], b: [1, 2, 3] });
  await expect(new MiniBatchKMeans({ nClusters: 2 }).fit(gaps)).rejects.toThrow(/column "a".* row 2/);
  await expect(new MiniBatchKMeans({ nClusters: 3 }).fit([[1], [2]])).rejects.toThrow(
    "MiniBatchKMeans: expected at least nClusters = 3 rows in X, got 2",
  );
  await expect(new MiniBatchKMeans({ nClusters: 3 }).partialFit([[1]])).rejects.toThrow("got 1");
  await expect(new MiniBatchKMeans().predict([[1]])).rejects.toThrow("MiniBatchKMeans: call fit first");
  const begun = await new MiniBatchKMeans({ nClusters: 1 }).partialFit([[1]]);
  await expect(begun.partialFit([[1, 2]])).rejects.toThrow("expected 1 columns, as in fit, got 2");
  await expect(begun.partialFit([])).rejects.toThrow("got 0");
  expect(() => new MiniBatchKMeans({ batchSize: 0 })).toThrow("batchSize to be a whole number of at least 1");
  expect(() => new MiniBatchKMeans({ reassignmentRatio: 2 })).toThrow("a share in [0, 1], got 2");
});

describe("in a cell", () => {
  afterEach(() => setSession(null));
  const long = { nClusters: 10, maxIter: 1_000_000, maxNoImprovement: null };

  test("a fit shows what a row of each batch costs", async () => {
    const cell = fakeCell();
    await new MiniBatchKMeans({ nClusters: 10, maxIter: 20, maxNoImprovement: null }).fit(digitRows);
    expect(cell.shown[0]).toMatchObject({ state: "running", title: "MiniBatchKMeans", epoch: 0, epochs: 35 });
    expect(cell.last()).toMatchObject({ counts: "iterations", measure: "inertia" });
    const { state, loss } = cell.last();
    expect([state, loss.length]).toEqual(["done", 35]);
    expect(loss[34]).toBeLessThan(loss[0]!);
  });

  test("Stop in the live view keeps the centres as they are then", async () => {
    const cell = fakeCell();
    setTimeout(() => cell.stop("MiniBatchKMeans-1"), 150);
    const model = await new MiniBatchKMeans(long).fit(digitRows);
    expect(model.stopped).toBe(true);
    expect(model.inertia / kMeans.digits.inertia).toBeLessThan(1.1);
    expect(cell.last().state).toBe("stopped");
  });

  test("stopping the cell rejects with an AbortError", async () => {
    const cell = fakeCell();
    setTimeout(() => cell.controller.abort(), 100);
    await expect(new MiniBatchKMeans(long).fit(digitRows)).rejects.toMatchObject({ name: "AbortError" });
    expect(cell.last().state).toBe("aborted");
  });

  test("stopping the cell is heard while first centres are looked for, also by partialFit", async () => {
    fakeCell().controller.abort();
    await expect(new MiniBatchKMeans(long).partialFit(digitRows)).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

test("numbers whose squared distances are beyond singles are refused", async () => {
  const words = "MiniBatchKMeans: expected numbers whose squares can be added up";
  const model = new MiniBatchKMeans({ nClusters: 2 });
  for (const scale of [1e18, 1e300]) {
    const rows = [[10 * scale], [-10 * scale], [2 * scale], [0]];
    await expect(model.fit(rows)).rejects.toThrow(words);
    await expect(model.partialFit(rows)).rejects.toThrow(words);
  }
  const begun = await model.partialFit([[1], [2]]);
  await expect(begun.partialFit([[1e300]])).rejects.toThrow(words);
});
