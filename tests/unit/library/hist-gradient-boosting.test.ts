import { describe, expect, test } from "vitest";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import {
  clone,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  type HistGradientBoostingClassifierParams,
} from "../../../src/library/index.ts";
import reference from "../../reference/trees.json" with { type: "json" };
import { digitized, treeProblem, withMissing } from "../../reference/tree-problems.ts";

const near = (found: ArrayLike<number>, expected: readonly number[], within: number): void => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i]! - value), `entry ${i}: ${found[i]} for ${value}`).toBeLessThan(within);
};

describe.each(reference.boosting)(`with $name, the predictions of ${reference.tool}`, (given) => {
  const { X: rows, value } = treeProblem(given.rows, 4, given.levels, given.seed);
  const X = given.missing ? (withMissing(rows, given.seed) as number[][]) : rows;
  const params: HistGradientBoostingClassifierParams = { earlyStopping: false, ...given.params };
  // In small leaves splits of few classes gain alike, and rounding alone puts them in order.
  const within = given.name === "the defaults" ? 5e-3 : 1e-6;

  test("for two classes", async () => {
    const y = value.map((v) => v > 0.3);
    const model = await new HistGradientBoostingClassifier(params).fit(X, y);
    near((await model.predictProba(X.slice(0, 6))).column(1), given.two, within);
  });

  test("for three classes", async () => {
    const y = digitized(value, [0.1, 0.5]);
    const model = await new HistGradientBoostingClassifier(params).fit(X, y);
    const probabilities = await model.predictProba(X.slice(0, 6));
    near(probabilities.column(1), given.three, within);
    for (let i = 0; i < 6; i++)
      expect(probabilities.row(i).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  test("for numbers", async () => {
    const model = await new HistGradientBoostingRegressor(params).fit(X, value);
    near(await model.predict(X.slice(0, 6)), given.value, 1e-6);
  });
});

describe(`early stopping by the training rows ends where ${reference.tool} ends`, () => {
  const { X, value } = treeProblem(300, 4, 0, 9);
  const params = { earlyStopping: true, validationFraction: null, nIterNoChange: 3, maxIter: 200 };

  test("for classes", async () => {
    const { nIter, trainScore } = reference.early.classifier;
    const model = new HistGradientBoostingClassifier({ ...params, tol: 0.01 });
    await model.fit(
      X,
      value.map((v) => v > 0.3),
    );
    expect(model.nIter).toBe(nIter);
    near(model.trainScore, trainScore, 1e-6);
    expect(model.validationScore).toHaveLength(0);
  });

  test("for numbers", async () => {
    const { nIter, trainScore } = reference.early.regressor;
    const model = await new HistGradientBoostingRegressor({ ...params, tol: 0.0002 }).fit(X, value);
    expect(model.nIter).toBe(nIter);
    near(model.trainScore, trainScore, 1e-6);
  });
});

const { X, value } = treeProblem(300, 4, 0, 3);
const y = value.map((v) => (v > 0.3 ? "left" : "stayed"));
const quick = { maxIter: 10 };

test("rows held out end training once their loss no longer falls", async () => {
  const model = new HistGradientBoostingClassifier({ earlyStopping: true, nIterNoChange: 3 });
  await model.fit(X, y);
  expect(model.nIter).toBeLessThan(100);
  expect(model.validationScore).toHaveLength(model.nIter + 1);
  const [before, ...recent] = model.validationScore.slice(-4);
  expect(Math.max(...recent)).toBeLessThanOrEqual(before! + 1e-7);
  expect(model.stopped).toBe(false);
});

test("with more than 10,000 rows rows are held out unasked", async () => {
  const X = new Matrix(
    Float64Array.from({ length: 10_001 }, (_, i) => i % 97),
    10_001,
    1,
  );
  const model = await new HistGradientBoostingRegressor({ maxIter: 2 }).fit(X, X.data);
  expect(model.validationScore).toHaveLength(3);
});

test("iris is learnt from every other flower as well as by scikit-learn", async () => {
  const { X, y, boostedOtherHalf } = reference.iris;
  const half = <T>(list: readonly T[], which: number): T[] => list.filter((_, i) => i % 2 === which);
  const model = await new HistGradientBoostingClassifier({ earlyStopping: false }).fit(
    half(X, 0),
    half(y, 0),
  );
  expect(model.classes).toEqual(["setosa", "versicolor", "virginica"]);
  expect(await model.score(half(X, 1), half(y, 1))).toBeCloseTo(boostedOtherHalf, 10);
});

test("the same seed gives the same bits, also where columns are drawn; another seed other ones", async () => {
  const bits = async (seed: number): Promise<Float64Array> => {
    const model = new HistGradientBoostingClassifier({
      ...quick,
      maxFeatures: 0.5,
      earlyStopping: true,
      seed,
    });
    return (await (await model.fit(X, y)).predictProba(X)).data;
  };
  expect(await bits(4)).toEqual(await bits(4));
  expect(await bits(4)).not.toEqual(await bits(5));
});

test("a saved model gives the same predictions when loaded, and a clone is not fitted", async () => {
  const classifier = await new HistGradientBoostingClassifier(quick).fit(X, y);
  const loaded = HistGradientBoostingClassifier.load(classifier.save());
  expect(await loaded.predictProba(X)).toEqual(await classifier.predictProba(X));
  expect(loaded.getParams()).toEqual(classifier.getParams());
  expect(loaded.trainScore).toEqual(classifier.trainScore);
  expect(await loaded.predict(X.slice(0, 3))).toEqual(await classifier.predict(X.slice(0, 3)));
  const regressor = await new HistGradientBoostingRegressor(quick).fit(X, value);
  const again = HistGradientBoostingRegressor.load(regressor.save());
  expect(await again.predict(X)).toEqual(await regressor.predict(X));
  expect(await again.score(X, value)).toBeGreaterThan(0.5);
  await expect(clone(classifier).predict(X)).rejects.toThrow("call fit first");
});

test("a missing value of a column that had none goes with most rows", async () => {
  const params = { minSamplesLeaf: 1, maxIter: 1, learningRate: 1 };
  const model = await new HistGradientBoostingRegressor(params).fit([[0], [0], [0], [1]], [5, 5, 5, 9]);
  expect([...(await model.predict([[NaN], [0], [1]]))].map(Math.round)).toEqual([5, 5, 9]);
});

test("columns of a table are found by name, and null in one is a missing value", async () => {
  const table = Table.from({ a: [0, 1, 2, null], b: [5, 1, 4, 2] });
  const model = new HistGradientBoostingRegressor({ minSamplesLeaf: 1, maxIter: 3 });
  await model.fit(table, [0, 0, 1, 1]);
  expect(await model.predict(table.select("b", "a"))).toEqual(await model.predict(table));
});

test.each([
  ["one row", [[1]], [2], 2],
  [
    "constant columns",
    Array.from({ length: 50 }, () => [1, 2]),
    Array.from({ length: 50 }, (_, i) => i % 2),
    0.5,
  ],
  ["no columns", [[], []], [1, 3], 2],
  ["missing values alone", Array.from({ length: 50 }, () => [null]), Array.from({ length: 50 }, () => 4), 4],
] as const)("of %s a regressor learns the mean", async (_, X, y, mean) => {
  const model = await new HistGradientBoostingRegressor(quick).fit(X as unknown as number[][], y);
  expect((await model.predict(X as unknown as number[][]))[0]).toBeCloseTo(mean, 12);
});

test("what cannot be fitted is refused with column, value and row", async () => {
  const model = new HistGradientBoostingClassifier();
  await expect(model.fit([], [])).rejects.toThrow("X: expected at least one row, got 0");
  await expect(model.fit([[1], [Infinity]], [0, 1])).rejects.toThrow(
    "column 0: expected numbers, got Infinity in row 1",
  );
  await expect(model.fit(Table.from({ plan: ["a", "b"] }), [0, 1])).rejects.toThrow(
    'column "plan": expected numbers, got "a" in row 0',
  );
  await expect(model.fit([[1], [2]], ["a", "a"])).rejects.toThrow('got only "a"');
  await expect(new HistGradientBoostingRegressor().fit([[1], [2]], [1, null])).rejects.toThrow(
    "y: expected numbers, got null in row 1",
  );
  await expect(new HistGradientBoostingRegressor().fit([[1], [2]], [1])).rejects.toThrow(
    "expected as many rows in y as in X, 2, got 1",
  );
  await expect(
    new HistGradientBoostingClassifier({ earlyStopping: true }).fit([[1], [2]], [0, 1]),
  ).rejects.toThrow("earlyStopping needs rows to hold out, and 0.1 of each class is none");
});

test.each([
  [{ learningRate: 0 }, "expected learningRate to be a number above 0, got 0"],
  [{ maxIter: 0 }, "expected maxIter to be a whole number of at least 1, got 0"],
  [{ maxLeafNodes: 1 }, "expected maxLeafNodes to be a whole number of at least 2, or null, got 1"],
  [{ maxDepth: 0 }, "expected maxDepth to be a whole number of at least 1, or null, got 0"],
  [{ maxBins: 256 }, "expected maxBins to be a whole number from 2 to 255, got 256"],
  [{ maxFeatures: 2 }, "expected maxFeatures to be above 0 and at most 1, got 2"],
])("%o is refused", (params, message) => {
  expect(() => new HistGradientBoostingClassifier(params)).toThrow(message);
  expect(() => new HistGradientBoostingRegressor(params)).toThrow(message);
});

test("a parameter that does not exist is refused by name", () => {
  const params: object = { nope: 1 };
  expect(() => new HistGradientBoostingClassifier(params)).toThrow(
    'no parameter "nope"; it has learningRate, maxIter',
  );
});
