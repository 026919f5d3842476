import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { MLPRegressor, makePipeline, Pipeline, TableVectorizer } from "../../../src/library/index.ts";

const random = seededRandom(4);
const X = Array.from({ length: 500 }, () => [random.next() * 2 - 1, random.next() * 2 - 1]);
const y = X.map(([a, b]) => Math.sin(3 * a!) * b! + 0.5);
const quick = { hiddenLayerSizes: [24, 12], learningRateInit: 0.01 };

test.each([
  { solver: "adam" },
  { solver: "sgd", learningRateInit: 0.05 },
  { solver: "sgd", learningRateInit: 0.1, learningRate: "adaptive", tol: 1e-3, nIterNoChange: 5 },
] as const)("a surface is learnt by %o", async (params) => {
  const model = await new MLPRegressor({ ...quick, activation: "tanh", batchSize: 20, ...params }).fit(X, y);
  expect(await model.score(X, y)).toBeGreaterThan(0.9);
});

test("rates that fall with the rows met train less in the same epochs", async () => {
  const params = {
    ...quick,
    solver: "sgd",
    learningRateInit: 0.01,
    maxIter: 10,
    earlyStopping: false,
  } as const;
  const constant = await new MLPRegressor(params).fit(X, y);
  const falling = await new MLPRegressor({ ...params, learningRate: "invscaling" }).fit(X, y);
  expect(falling.lossCurve[0]).toBe(constant.lossCurve[0]);
  expect(falling.lossCurve[9]).toBeGreaterThan(constant.lossCurve[9]!);
});

test("the first loss is half the mean squared error", async () => {
  const model = await new MLPRegressor({ hiddenLayerSizes: [], maxIter: 1, batchSize: 4 }).fit(
    [[0], [0], [0], [0]],
    [1, 2, 3, 4],
  );
  const [start] = model.intercepts[0]!;
  const mean = [1, 2, 3, 4].reduce((sum, value) => sum + (value - start!) ** 2 / 8, 0);
  expect(model.lossCurve[0]).toBeCloseTo(mean, 2);
});

test("dropout keeps a network from learning rows by heart, and repeats bit for bit", async () => {
  const params = {
    hiddenLayerSizes: [200],
    learningRateInit: 0.01,
    maxIter: 300,
    earlyStopping: false,
    tol: 0,
  };
  const noisy = X.slice(0, 40).map(() => random.next());
  const fit = (dropout: number): Promise<MLPRegressor> =>
    new MLPRegressor({ ...params, dropout }).fit(X.slice(0, 40), noisy);
  const [free, dropped, again] = await Promise.all([fit(0), fit(0.5), fit(0.5)]);
  expect(dropped.coefs).toEqual(again.coefs);
  expect(dropped.lossCurve.at(-1)).toBeGreaterThan(1.3 * free.lossCurve.at(-1));
});

test("a saved pipeline with a regressor predicts the same when loaded", async () => {
  const rows = X.slice(0, 50).map(([a, b]) => ({ a: a!, b: b! }));
  const pipeline = makePipeline(new TableVectorizer(), new MLPRegressor({ ...quick, maxIter: 5 }));
  await pipeline.fit(rows, y.slice(0, 50));
  expect(await Pipeline.load(pipeline.save()).predict(rows)).toEqual(await pipeline.predict(rows));
});

test("values that are no numbers are refused with their row", async () => {
  await expect(new MLPRegressor().fit([[1], [2]], [1, NaN])).rejects.toThrow(
    "MLPRegressor.fit: y: expected numbers, got NaN in row 1",
  );
});
