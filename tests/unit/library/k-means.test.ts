import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { Table } from "../../../src/data/table.ts";
import { adjustedRandScore } from "../../../src/library/adjusted-rand-score.ts";
import { KMeans } from "../../../src/library/k-means.ts";
import { setSession } from "../../../src/library/session.ts";
import reference from "../../reference/k-means.json" with { type: "json" };
import { digitRows, irisRows } from "../../reference/pinned-sets.ts";
import { fakeCell } from "./fake-cell.ts";

/** Sets that scikit-learn ships, with its figures on them (tests/reference/k-means.py). */
const sets = [
  { name: "iris", X: irisRows, ...reference.iris },
  { name: "digits", X: digitRows, ...reference.digits },
];

describe.each(sets)("on $name", ({ X, k, target, inertia, adjusted_rand: rand }) => {
  test(`the inertia is that of scikit-learn ${reference.version}'s best of ten, within 0.1 %`, async () => {
    const model = await new KMeans({ nClusters: k, nInit: 10 }).fit(X);
    expect(model.inertia / inertia).toBeLessThan(1.001);
    expect(adjustedRandScore(model.labels, target)).toBeGreaterThan(rand - 0.05);
    expect(await model.predict(X)).toEqual(model.labels);
    expect(-(await model.score(X)) / model.inertia).toBeCloseTo(1, 5);
  });
});

const random = seededRandom(4);
const rows = Array.from({ length: 300 }, (_, i) => [
  random.next() + (i % 3) * 5,
  random.next() - (i % 3) * 5,
  random.next(),
]);

test("the same seed gives the same bits, another seed may begin elsewhere", async () => {
  const [a, b] = await Promise.all([1, 1].map((seed) => new KMeans({ nClusters: 5, seed }).fit(rows)));
  expect(b!.clusterCenters).toEqual(a!.clusterCenters);
  expect(b!.inertia).toBe(a!.inertia);
});

test("save and load keep all that was learnt", async () => {
  const model = await new KMeans({ nClusters: 3 }).fit(rows);
  const loaded = KMeans.load(model.save());
  expect(loaded.clusterCenters).toEqual(model.clusterCenters);
  expect(await loaded.predict(rows)).toEqual(model.labels);
  expect((await loaded.transform(rows)).columns).toBe(3);
});

test("several starts are told one by one, and at last the one that is kept", async () => {
  const cell = fakeCell();
  const model = await new KMeans({ nClusters: 5, nInit: 3, maxIter: 40, seed: 3 }).fit(rows);
  setSession(null);
  const starts = cell.shown.map((spec) => spec.starts!);
  expect(starts[0]).toEqual({ start: 1, starts: 3, iteration: 0, kept: null });
  const kept = expect.closeTo(model.inertia / rows.length, 6) as number;
  expect(starts.at(-1)).toEqual({
    start: expect.any(Number) as number,
    starts: 3,
    iteration: model.nIter,
    kept,
  });
  // Not simply where the fit ended.
  expect(starts.at(-1).start).toBeLessThan(3);
});

test("Stop is heard while first centres are looked for: then they are any rows", async () => {
  const apart = Array.from({ length: 400 }, (_, i) => [100 * (i % 20), random.next()]);
  const params = { nClusters: 20, maxIter: 1 };
  const whole = await new KMeans(params).fit(apart);
  const cell = fakeCell(() => cell.stop("KMeans-1"));
  const model = await new KMeans(params).fit(apart);
  setSession(null);
  expect([model.stopped, model.nIter, cell.last().state]).toEqual([true, 0, "stopped"]);
  expect(model.inertia).toBeGreaterThan(100 * whole.inertia);
});

test("many short steps let timers have their turn meanwhile, and Stop be heard", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await new KMeans({ nClusters: 10, nInit: 40 }).fit(digitRows, {
    callback({ iteration }) {
      if (iteration === 0) turns = 0;
    },
  });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});

test("more clusters than distinct rows leave none lost and no figure broken", async () => {
  const model = await new KMeans({ nClusters: 4 }).fit([[1], [1], [1], [2], [2]]);
  expect(model.inertia).toBe(0);
  expect([...model.clusterCenters.data].every(Number.isFinite)).toBe(true);
});

test("a cluster that loses its rows begins anew where a row is farthest off", async () => {
  const far = [...Array.from({ length: 50 }, () => [0]), [10], [11], [100]];
  const model = await new KMeans({ nClusters: 3, init: "random", nInit: 1, seed: 3 }).fit(far);
  expect(new Set(model.labels).size).toBe(3);
});

test.each([
  [() => new KMeans({ nClusters: 0 }), "expected nClusters to be a whole number of at least 1, got 0"],
  [() => new KMeans({ clusters: 2 } as object), 'no parameter "clusters"'],
  [
    () => new KMeans({ n_clusters: 2 } as object),
    'no parameter "n_clusters" (did you mean "nClusters"?); it has',
  ],
  [
    () => new KMeans({ random_state: 2 } as object),
    'no parameter "random_state" (did you mean "seed"?); it has',
  ],
  [() => new KMeans({ k: 2 } as object), 'no parameter "k"; it has'],
])("a parameter that makes no sense is refused (%#)", (make, message) => {
  expect(make).toThrow(message);
});

test("missing values and too few rows are refused by name", async () => {
  const gaps = Table.from({ a: [1, 2, null], b: [1, 2, 3] });
  await expect(new KMeans({ nClusters: 2 }).fit(gaps)).rejects.toThrow(/column "a".* row 2/);
  await expect(new KMeans({ nClusters: 3 }).fit([[1], [2]])).rejects.toThrow(
    "expected at least nClusters = 3 rows",
  );
  await expect(new KMeans({ nClusters: 1 }).fit([])).rejects.toThrow("got 0");
});

test("numbers whose squared distances are beyond singles are refused, ones below are clustered", async () => {
  const fit = (scale: number) =>
    new KMeans({ nClusters: 3, tol: 0 }).fit(rows.map((row) => row.map((value) => value * scale)));
  const [usual, large] = [await fit(1), await fit(2 ** 53)];
  expect(large.labels).toEqual(usual.labels);
  expect(large.inertia / usual.inertia / 2 ** 106).toBeCloseTo(1, 6);
  const words = "KMeans: expected numbers whose squares can be added up; divide X by something first";
  for (const scale of [1e18, 1e19, 1e300, 1e307]) await expect(fit(scale)).rejects.toThrow(words);
  await expect(usual.predict([[1e300, 0, 0]])).rejects.toThrow(words);
});
