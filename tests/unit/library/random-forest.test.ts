import { expect, test } from "vitest";
import {
  clone,
  makePipeline,
  RandomForestClassifier,
  RandomForestRegressor,
  TableVectorizer,
} from "../../../src/library/index.ts";
import { Table } from "../../../src/data/table.ts";
import reference from "../../reference/trees.json" with { type: "json" };
import { digitized, treeProblem } from "../../reference/tree-problems.ts";

const { X, value } = treeProblem(600, 6, 0, 31);
const y = digitized(value, [0.3]);

test(`out of bag, forests are as good as those of ${reference.tool}, and look at the same columns`, async () => {
  const { oobAccuracy, oobR2, importances } = reference.forests;
  const classifier = await new RandomForestClassifier({ nEstimators: 200, oobScore: true }).fit(X, y);
  expect(Math.abs(classifier.oobScore - oobAccuracy)).toBeLessThan(0.015);
  for (const [j, share] of importances.entries())
    expect(Math.abs(classifier.featureImportances[j]! - share)).toBeLessThan(0.02);
  const regressor = await new RandomForestRegressor({ nEstimators: 100, oobScore: true }).fit(X, value);
  expect(Math.abs(regressor.oobScore - oobR2)).toBeLessThan(0.01);
});

test("of irises 95% are told out of bag, give or take two flowers", async () => {
  const { X, y, forestOob } = reference.iris;
  const model = await new RandomForestClassifier({ oobScore: true }).fit(X, y);
  expect(Math.abs(model.oobScore - forestOob)).toBeLessThanOrEqual(2 / 150 + 1e-12);
  expect(await model.score(X, y)).toBe(1);
});

test("three classes get probabilities in the order of classes, rows summing to 1", async () => {
  const model = await new RandomForestClassifier({ nEstimators: 20 }).fit(
    X,
    digitized(value, [0.1, 0.5]).map((k) => ["low", "middle", "top"][k]!),
  );
  expect(model.classes).toEqual(["low", "middle", "top"]);
  const probabilities = await model.predictProba(X);
  for (let i = 0; i < 20; i++) expect(probabilities.row(i).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  expect((await model.predict(X)).filter((label) => label === "top").length).toBeGreaterThan(50);
});

test("the same seed gives the same bits, another seed other ones, and more trees begin with the same", async () => {
  const bits = async (seed: number, nEstimators = 5): Promise<Float64Array> => {
    const model = await new RandomForestRegressor({ nEstimators, seed, maxFeatures: 2 }).fit(X, value);
    return model.predict(X);
  };
  expect(await bits(4)).toEqual(await bits(4));
  expect(await bits(4)).not.toEqual(await bits(5));
  const [one, two, three] = [await bits(4, 1), await bits(4, 2), await bits(4, 3)];
  const second = two.map((sum, i) => 2 * sum - one[i]!);
  expect(three.some((sum, i) => Math.abs(3 * sum - one[i]! - second[i]!) > 10)).toBe(false);
});

test("limits of trees, rows and columns are kept", async () => {
  const stumps = await new RandomForestClassifier({ nEstimators: 9, maxDepth: 1, bootstrap: false }).fit(
    X,
    y,
  );
  const distinct = new Set((await stumps.predictProba(X)).column(1));
  expect(distinct.size).toBeLessThanOrEqual(2 ** 9);
  const few = await new RandomForestRegressor({ nEstimators: 1, maxSamples: 3 }).fit(X, value);
  expect(new Set(await few.predict(X)).size).toBeLessThanOrEqual(3);
  const share = await new RandomForestRegressor({ nEstimators: 1, minSamplesLeaf: 0.4 }).fit(X, value);
  expect(new Set(await share.predict(X)).size).toBeLessThanOrEqual(2);
});

test("balanced classes raise the probability of the rare one", async () => {
  const rare = digitized(value, [0.9]);
  const mean = async (classWeight: "balanced" | null): Promise<number> => {
    const model = new RandomForestClassifier({ nEstimators: 20, maxDepth: 3, classWeight });
    const p = (await (await model.fit(X, rare)).predictProba(X)).column(1);
    return p.reduce((sum, one) => sum + one, 0) / p.length;
  };
  expect(await mean("balanced")).toBeGreaterThan(2 * (await mean(null)));
});

test("a saved forest gives the same predictions when loaded, in a pipeline too", async () => {
  const model = await new RandomForestClassifier({ nEstimators: 5, oobScore: true }).fit(X, y);
  const loaded = RandomForestClassifier.load(model.save());
  expect(await loaded.predictProba(X)).toEqual(await model.predictProba(X));
  expect(loaded.featureImportances).toEqual(model.featureImportances);
  expect(loaded.oobScore).toBe(model.oobScore);
  const regressor = await new RandomForestRegressor({ nEstimators: 5 }).fit(X, value);
  expect(await RandomForestRegressor.load(regressor.save()).predict(X)).toEqual(await regressor.predict(X));
  const table = Table.from({ plan: ["a", "b", "a", "b"], fee: [1, 2, 3, 4] });
  const pipeline = makePipeline(new TableVectorizer(), new RandomForestClassifier({ nEstimators: 5 }));
  await pipeline.fit(table, [0, 1, 0, 1]);
  expect(await clone(pipeline).fit(table, [0, 1, 0, 1])).toBeDefined();
});

test.each([
  [{ nEstimators: 0 }, "expected nEstimators to be a whole number of at least 1, got 0"],
  [{ maxSamples: 0 }, "expected maxSamples to be a whole number of at least 1, between 0 and 1, or null"],
  [{ maxSamples: 5, bootstrap: false }, "without bootstrap null, got 5"],
  [{ oobScore: true, bootstrap: false }, "expected oobScore to be false without bootstrap, got true"],
])("%o is refused", (params, message) => {
  expect(() => new RandomForestClassifier(params)).toThrow(message);
  expect(() => new RandomForestRegressor(params)).toThrow(message);
});

test("more rows than there are cannot be drawn, and a score that was not asked for is an error", async () => {
  await expect(new RandomForestRegressor({ maxSamples: 3 }).fit([[1], [2]], [1, 2])).rejects.toThrow(
    "expected maxSamples to be at most the 2 rows of X, got 3",
  );
  const model = await new RandomForestClassifier({ nEstimators: 2 }).fit(X, y);
  expect(() => model.oobScore).toThrow("set oobScore to true before fit");
});
