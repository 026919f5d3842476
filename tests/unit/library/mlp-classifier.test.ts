import { describe, expect, test } from "vitest";
import { Table } from "../../../src/data/table.ts";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import type { MLPParams } from "../../../src/library/mlp-params.ts";
import { clouds, moons } from "../../reference/mlp-problems.ts";

const quick = { hiddenLayerSizes: [16, 8], learningRateInit: 0.01 };

test("it learns exclusive or, on all four rows", async () => {
  const X = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const y = [false, true, true, false];
  const model = new MLPClassifier({ ...quick, maxIter: 300, nIterNoChange: 300 });
  expect(await (await model.fit(X, y)).predict(X)).toEqual(y);
  expect(model.classes).toEqual([false, true]);
  expect(model.validationLoss).toHaveLength(0);
});

test.each([
  { activation: "relu" },
  { activation: "tanh" },
  { activation: "logistic", learningRateInit: 0.1, nIterNoChange: 100, tol: 0 },
] as const)("$activation units part two moons that no line parts", async (params) => {
  const { X, y } = moons(600);
  const fresh = moons(200, 9);
  const model = await new MLPClassifier({ ...quick, learningRateInit: 0.03, ...params }).fit(X, y);
  expect(await model.score(fresh.X, fresh.y)).toBeGreaterThan(0.97);
});

test("three classes get probabilities in the order of classes, rows summing to 1", async () => {
  const { X, y } = clouds(300);
  const model = await new MLPClassifier(quick).fit(X, y);
  expect(model.classes).toEqual(["east", "north", "west"]);
  expect(await model.score(X, y)).toBeGreaterThan(0.97);
  const given = await model.predictProba([
    [2, 0],
    [0, 3],
    [-2, 0],
  ]);
  for (let i = 0; i < 3; i++) {
    expect(given.at(i, i)).toBeGreaterThan(0.9);
    expect(given.row(i).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
});

test("the same seed gives the same bits, another seed other ones", async () => {
  const { X, y } = moons(300);
  const bits = async (seed: number): Promise<Float64Array> =>
    (await new MLPClassifier({ ...quick, seed, maxIter: 5 }).fit(X, y)).coefs[0]!.data;
  expect(await bits(4)).toEqual(await bits(4));
  expect(await bits(4)).not.toEqual(await bits(5));
});

test("two fits at once do not disturb each other", async () => {
  const { X, y } = moons(300);
  const fit = (): Promise<MLPClassifier> => new MLPClassifier({ ...quick, maxIter: 5 }).fit(X, y);
  const [a, b] = await Promise.all([fit(), fit()]);
  expect(a.lossCurve).toEqual(b.lossCurve);
});

test("rows held out end training, and the weights of their lowest loss are kept", async () => {
  const { X, y } = moons(400);
  const params = { ...quick, learningRateInit: 0.05, nIterNoChange: 3 };
  const model = await new MLPClassifier(params).fit(X, y);
  expect(model.nIter).toBeLessThan(200);
  expect(model.validationLoss).toHaveLength(model.nIter);
  const best = model.validationLoss.indexOf(Math.min(...model.validationLoss)) + 1;
  const again = await new MLPClassifier({ ...params, maxIter: best }).fit(X, y);
  expect(model.coefs).toEqual(again.coefs);
});

test("early stopping that was asked for is refused where there are no rows to hold out", async () => {
  const rows = [[1], [2], [3], [4]];
  const fit = new MLPClassifier({ ...quick, earlyStopping: true }).fit(rows, [0, 1, 0, 1]);
  await expect(fit).rejects.toThrow("earlyStopping needs rows to hold out, and 0.1 of each class is none");
});

test("without rows held out training ends when its own loss no longer falls", async () => {
  const { X, y } = clouds(120);
  const params = { ...quick, earlyStopping: false, tol: 0.01, nIterNoChange: 4, maxIter: 1000 };
  const model = await new MLPClassifier(params).fit(X, y);
  expect(model.nIter).toBeLessThan(1000);
  expect(model.lossCurve).toHaveLength(model.nIter);
  expect(model.validationLoss).toHaveLength(0);
});

test("a saved model gives the same probabilities when loaded", async () => {
  const { X, y } = clouds(90);
  const model = await new MLPClassifier({ ...quick, maxIter: 3 }).fit(X, y);
  const loaded = MLPClassifier.load(model.save());
  expect(await loaded.predictProba(X)).toEqual(await model.predictProba(X));
  expect(loaded.getParams()).toEqual(model.getParams());
  expect(loaded.lossCurve).toEqual(model.lossCurve);
  expect(loaded.classes).toEqual(model.classes);
});

test("weights and intercepts have a layer's own shape", async () => {
  const { X, y } = clouds(60);
  const model = await new MLPClassifier({ hiddenLayerSizes: [5, 4], maxIter: 1 }).fit(X, y);
  expect(model.coefs.map(({ rows, columns }) => [rows, columns])).toEqual([
    [2, 5],
    [5, 4],
    [4, 3],
  ]);
  expect(model.intercepts.map((each) => each.length)).toEqual([5, 4, 3]);
});

test("a table's columns are found by name", async () => {
  const { X, y } = moons(60);
  const table = Table.from({ a: X.map((row) => row[0]), b: X.map((row) => row[1]) });
  const model = await new MLPClassifier({ ...quick, maxIter: 2 }).fit(table, y);
  expect(await model.predictProba(table.select("b", "a"))).toEqual(await model.predictProba(table));
});

describe("it refuses", () => {
  test.each<[MLPParams, string]>([
    [{ hiddenLayerSizes: [0] }, "expected hiddenLayerSizes to be an array of whole numbers of at least 1"],
    [
      { activation: "sine" as "relu" },
      `expected activation to be "relu", "tanh", "logistic" or "identity", got "sine"`,
    ],
    [{ learningRateInit: 0 }, "expected learningRateInit to be a number above 0, got 0"],
    [{ beta1: 1 }, "expected beta1 to be at least 0 and below 1, got 1"],
    [{ device: "cpu" as "wasm" }, `expected device to be "webgpu", "wasm" or null, got "cpu"`],
  ])("%o", (params, message) => {
    expect(() => new MLPClassifier(params)).toThrow(message);
  });

  test("a single class", async () => {
    await expect(new MLPClassifier().fit([[1], [2]], ["a", "a"])).rejects.toThrow(
      `at least two classes in y, got only "a"`,
    );
  });

  test("to predict before it is fitted", async () => {
    await expect(new MLPClassifier().predict([[1]])).rejects.toThrow("call fit first");
  });

  test("to go on when the loss is no longer a number", async () => {
    const X = [[1e30], [-1e30], [1e38], [-1e38]];
    const fit = new MLPClassifier({ batchSize: 2, learningRateInit: 1e9 }).fit(X, [0, 1, 1, 0]);
    await expect(fit).rejects.toThrow(
      /the loss became .* in epoch \d+; try a smaller learningRateInit, now 1000000000/,
    );
  });
});
