import { describe, expect, test } from "vitest";
import { Table } from "../../../src/data/table.ts";
import {
  clone,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  type DecisionTreeClassifierParams,
} from "../../../src/library/index.ts";
import reference from "../../reference/trees.json" with { type: "json" };
import { digitized, treeProblem } from "../../reference/tree-problems.ts";

const near = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i], `entry ${i}`).toBeCloseTo(value, 6);
};

describe.each(reference.trees)(`with $name, the tree of ${reference.tool}`, (given) => {
  const { X, value } = treeProblem(240, 4, 60, 21);
  const fresh = treeProblem(12, 4, 0, 22).X;
  const params: DecisionTreeClassifierParams = given.params;

  test.each([
    ["two", [0.3], null],
    ["three", [0.1, 0.5], null],
    ["balanced", [0.1, 0.8], "balanced"],
  ] as const)("for classes: %s", async (key, cuts, classWeight) => {
    const model = new DecisionTreeClassifier({ ...params, classWeight });
    await model.fit(X, digitized(value, cuts));
    near(model.featureImportances, given[key].importances);
    near((await model.predictProba(fresh)).column(1), given[key].proba);
  });

  test("for numbers", async () => {
    const minImpurityDecrease = (params.minImpurityDecrease ?? 0) / 10;
    const model = await new DecisionTreeRegressor({ ...params, minImpurityDecrease }).fit(X, value);
    near(model.featureImportances, given.value.importances);
    near(await model.predict(fresh), given.value.predicted);
  });
});

test("two splits tell 96% of irises, as the published tree does", async () => {
  const { X, y, treeDepth2 } = reference.iris;
  const model = await new DecisionTreeClassifier({ maxDepth: 2 }).fit(X, y);
  expect(await model.score(X, y)).toBeCloseTo(treeDepth2, 10);
  expect(model.classes).toEqual(["setosa", "versicolor", "virginica"]);
});

test("a tree without limits learns its rows by heart, exclusive or too", async () => {
  const X = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const y = [false, true, true, false];
  expect(await (await new DecisionTreeClassifier().fit(X, y)).predict(X)).toEqual(y);
  const { X: rows, value } = treeProblem(200, 3, 0, 1);
  const regressor = await new DecisionTreeRegressor().fit(rows, value);
  expect([...(await regressor.predict(rows))]).toEqual(value);
});

test("numbers far from 0 lose nothing in leaves", async () => {
  const model = await new DecisionTreeRegressor().fit([[1], [2], [3]], [1e9 + 1, 1e9 + 2, 1e9 + 3]);
  expect([...(await model.predict([[1], [2], [3]]))]).toEqual([1e9 + 1, 1e9 + 2, 1e9 + 3]);
});

test("a saved tree gives the same predictions when loaded, and a clone is not fitted", async () => {
  const { X, value } = treeProblem(60, 3, 0, 2);
  const model = await new DecisionTreeRegressor({ maxDepth: 3 }).fit(X, value);
  const loaded = DecisionTreeRegressor.load(model.save());
  expect(await loaded.predict(X)).toEqual(await model.predict(X));
  expect(loaded.getParams()).toEqual(model.getParams());
  const classifier = await new DecisionTreeClassifier().fit(X, digitized(value, [0.2]));
  expect(await DecisionTreeClassifier.load(classifier.save()).predictProba(X)).toEqual(
    await classifier.predictProba(X),
  );
  expect(() => clone(classifier).classes).toThrow("DecisionTreeClassifier: call fit first");
});

test.each([
  ["one row", [[7]], [3]],
  [
    "constant columns",
    [
      [1, 2],
      [1, 2],
    ],
    [2, 4],
  ],
] as const)("of %s a tree is one leaf", async (_, X, y) => {
  const model = await new DecisionTreeRegressor().fit(X, y);
  expect([...(await model.predict(X))]).toEqual(Array(y.length).fill(3));
  expect([...model.featureImportances].every((share) => share === 0)).toBe(true);
});

test("what cannot be fitted is refused with column, value and row", async () => {
  const model = new DecisionTreeClassifier();
  const missing = Table.from({ age: [1, null, 3] });
  await expect(model.fit(missing, [0, 1, 0])).rejects.toThrow(
    'column "age": expected numbers, got null in row 1',
  );
  await expect(model.fit([[1], [NaN]], [0, 1])).rejects.toThrow(
    "column 0: expected numbers, got NaN in row 1",
  );
  await expect(model.fit([], [])).rejects.toThrow("X: expected at least one row, got 0");
  await expect(model.fit([[], []], [0, 1])).rejects.toThrow("expected at least one column in X, got 0");
  await expect(model.fit([[1], [2]], ["a", "a"])).rejects.toThrow('got only "a"');
  const many = Array.from({ length: 2 ** 16 + 1 }, (_, i) => i);
  await expect(
    model.fit(
      many.map((i) => [i]),
      many,
    ),
  ).rejects.toThrow("expected at most 65536 classes in y, got 65537");
  await expect(new DecisionTreeRegressor().fit([[1]], [NaN])).rejects.toThrow(
    "y: expected numbers, got NaN in row 0",
  );
  await expect(new DecisionTreeClassifier({ maxFeatures: 3 }).fit([[1], [2]], [0, 1])).rejects.toThrow(
    "expected maxFeatures to be at most the 1 columns of X, got 3",
  );
  await expect(
    new DecisionTreeClassifier({ classWeight: { "1": 0 } }).fit([[1], [2]], [0, 1]),
  ).rejects.toThrow("expected the weight of class 1 to be above 0, got 0");
});

test.each([
  [{ maxDepth: 0 }, "expected maxDepth to be a whole number of at least 1, or null, got 0"],
  [
    { minSamplesSplit: 1 },
    "expected minSamplesSplit to be a whole number of at least 2, or between 0 and 1, got 1",
  ],
  [
    { minSamplesLeaf: 0 },
    "expected minSamplesLeaf to be a whole number of at least 1, or between 0 and 1, got 0",
  ],
  [{ maxFeatures: "all" as "sqrt" }, `"sqrt", "log2" or null, got "all"`],
  [{ maxLeafNodes: 1 }, "expected maxLeafNodes to be a whole number of at least 2, or null, got 1"],
  [{ minImpurityDecrease: -1 }, "expected minImpurityDecrease to be a number of at least 0, got -1"],
])("%o is refused", (params, message) => {
  expect(() => new DecisionTreeClassifier(params)).toThrow(message);
  expect(() => new DecisionTreeRegressor(params)).toThrow(message);
});
