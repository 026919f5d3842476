import { expect, test } from "vitest";
import { columnFrom } from "../../../src/data/column.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import { PredefinedSplit, StratifiedKFold, trainTestSplit } from "../../../src/library/index.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };

const rows = (n: number) => Array.from({ length: n }, (_, i) => [i]);

test("rows and labels stay together, each row on one side, and the seed names the split", () => {
  const X = Table.from({ id: Array.from({ length: 11 }, (_, i) => i) });
  const y = columnFrom(Array.from({ length: 11 }, (_, i) => `label ${i}`));
  const [XTrain, XTest, yTrain, yTest] = trainTestSplit(X, y, { seed: 4 });
  expect([XTrain.numRows, XTest.numRows]).toEqual([8, 3]);
  for (const [part, labels] of [
    [XTrain, yTrain],
    [XTest, yTest],
  ] as const)
    expect([...labels]).toEqual(Array.from(part.column("id"), (id) => `label ${id as number}`));
  const seen = [...XTrain.column("id"), ...XTest.column("id")] as number[];
  expect(seen.sort((a, b) => a - b)).toEqual([...X.column("id")]);
  expect(trainTestSplit(X, y, { seed: 4 })[1].toArray()).toEqual(XTest.toArray());
  expect(trainTestSplit(X, y, { seed: 5 })[1].toArray()).not.toEqual(XTest.toArray());
});

test("a split gives the kinds it was given", () => {
  const X = new Matrix(
    Float32Array.from({ length: 8 }, (_, i) => i),
    4,
    2,
  );
  const [XTrain, XTest, yTrain] = trainTestSplit(X, Int8Array.of(0, 1, 0, 1), { testSize: 1 });
  expect(XTest.data).toBeInstanceOf(Float32Array);
  expect(yTrain).toBeInstanceOf(Int8Array);
  expect(Array.from(XTrain.column(0), (value) => (value / 2) % 2)).toEqual(Array.from(yTrain));
});

test("a stratified split keeps the share of each class", () => {
  const y = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? "rare" : "common"));
  const [, , yTrain, yTest] = trainTestSplit(rows(100), y, { testSize: 0.3, stratify: y, seed: 1 });
  expect(yTest.filter((label) => label === "rare").length).toBe(3);
  expect(yTrain.filter((label) => label === "rare").length).toBe(7);
  expect(yTest.slice(0, 3)).not.toEqual(["common", "common", "common"].fill("rare"));
});

test("splits that cannot be are refused", () => {
  expect(() => trainTestSplit(rows(4), [0, 1, 0, 1], { testSize: 4 })).toThrow(
    "expected testSize to be a share in (0, 1)",
  );
  expect(() => trainTestSplit(rows(4), [0, 1, 0], {})).toThrow(
    "expected as many rows in y as in X, 4, got 3",
  );
  expect(() => trainTestSplit(rows(4), [0, 0, 0, 1], { stratify: [0, 0, 0, 1] })).toThrow("got one of 1");
  expect(() => new StratifiedKFold({ nSplits: 1 })).toThrow(
    "expected nSplits to be a whole number of at least 2",
  );
  expect(() => [...new StratifiedKFold({ nSplits: 3 }).split(rows(4), [0, 0, 1, 1])]).toThrow(
    "expected 3 rows of some class, got at most 2",
  );
  expect(() => new PredefinedSplit([-1, -1])).toThrow("expected at least one fold");
});

test(`stratified folds without a shuffle are those of ${reference.tool}`, () => {
  const { y, test: folds } = reference.stratifiedKFold;
  const splits = [...new StratifiedKFold({ nSplits: 3 }).split(rows(y.length), y)];
  expect(splits.map(([, held]) => Array.from(held))).toEqual(folds);
  for (const [train, held] of splits)
    expect([...train, ...held].sort((a, b) => a - b)).toEqual(rows(y.length).flat());
});

test("shuffled folds keep the shares, differ from those in order, and repeat with the seed", () => {
  const y = Array.from({ length: 40 }, (_, i) => i % 4 === 0);
  const heldBy = (seed: number) =>
    [...new StratifiedKFold({ shuffle: true, seed }).split(rows(40), y)].map(([, held]) => [...held]);
  for (const held of heldBy(1)) expect(held.filter((row) => y[row]).length).toBe(2);
  expect(heldBy(1)).toEqual(heldBy(1));
  expect(heldBy(1)).not.toEqual(heldBy(2));
});

test("predefined folds are tested in order, and rows marked −1 are always trained on", () => {
  const cv = new PredefinedSplit([1, -1, 0, 1]);
  expect(cv.getNSplits()).toBe(2);
  expect([...cv.split(rows(4))].map((split) => split.map((part) => Array.from(part)))).toEqual([
    [[0, 1, 3], [2]],
    [
      [1, 2],
      [0, 3],
    ],
  ]);
  expect(() => [...cv.split(rows(3))]).toThrow("expected as many rows in X as in testFold, 4, got 3");
});

test("labels that are all different, as of a regression, are refused at once", () => {
  const y = Float64Array.from({ length: 200_000 }, (_, i) => i / 7);
  expect(() => [...new StratifiedKFold().split(y, y)]).toThrow(
    "expected 5 rows of some class, got at most 1",
  );
}, 5_000);

test("options in the place of y are told where they belong", () => {
  const options = { testSize: 0.2 } as unknown as number[];
  expect(() => trainTestSplit([[1], [2]], options)).toThrow(
    "trainTestSplit: expected values of y, one a row of X, got an object; options come third",
  );
});
