import { describe, expect, test } from "vitest";
import { columnFrom, type Column } from "../../../src/data/column.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import { adjustedRandScore, inertia, silhouetteScore } from "../../../src/library/index.ts";
import reference from "../../reference/clusters.json" with { type: "json" };
import sets from "../../reference/k-means.json" with { type: "json" };
import { minstd } from "../../reference/minstd.ts";
import { digitRows, irisRows } from "../../reference/pinned-sets.ts";
import { silhouetteTwin } from "../../reference/silhouette-twin.ts";

test.each(reference.sets)(`$name: figures are those of ${reference.tool} ${reference.version}`, (one) => {
  const X = one.name === "iris" ? irisRows : digitRows;
  const { target } = one.name === "iris" ? sets.iris : sets.digits;
  const centres = new Matrix(Float64Array.from(one.centers), one.centers.length / X.columns, X.columns);
  expect(silhouetteScore(X, one.labels)).toBeCloseTo(one.silhouette, 6);
  expect(silhouetteScore(X, target)).toBeCloseTo(one.silhouetteOfTarget, 6);
  expect(adjustedRandScore(target, one.labels)).toBeCloseTo(one.adjustedRand, 12);
  expect(inertia(X, one.labels, centres) / one.inertia).toBeCloseTo(1, 10);
});

test.each(reference.pairs)(
  `the adjusted Rand index of $labelsTrue and $labelsPred is that of ${reference.tool}`,
  ({ labelsTrue, labelsPred, score }) => {
    expect(adjustedRandScore(labelsTrue, labelsPred)).toBeCloseTo(score, 14);
    const words = columnFrom(labelsPred.map((label) => `cluster ${label}`)) as Column<string>;
    expect(adjustedRandScore(labelsTrue, words)).toBe(adjustedRandScore(labelsTrue, labelsPred));
  },
);

const shapes = [
  [3, 1, 2],
  [4, 2, 2],
  [4, 5, 3],
  [5, 4, 4],
  [6, 3, 2],
  [7, 7, 3],
  [8, 8, 7],
  [9, 1, 4],
  [13, 2, 5],
  [16, 16, 4],
  [17, 6, 2],
  [31, 3, 30],
  [33, 9, 8],
  [50, 10, 3],
  [63, 4, 9],
  [64, 5, 5],
  [65, 13, 6],
  [100, 2, 99],
  [129, 12, 7],
  [200, 33, 10],
  [257, 3, 2],
  [300, 7, 17],
] as const;

describe.each(shapes)("%i rows × %i in %i clusters", (rows, columns, k) => {
  test("the silhouette is its plain twin's, whatever the order of rows", () => {
    const next = minstd(rows + k);
    const x = Array.from({ length: rows }, () => Array.from({ length: columns }, () => 50 + 3 * next()));
    // Equal rows, a constant column.
    if (rows % 2) x[1] = x[0]!;
    if (rows % 3 === 0) for (const row of x) row[0] = 7;
    const labels = x.map((_, i) => (i < k ? i : Math.floor(k * Math.abs(next()))));
    expect(silhouetteScore(x, labels)).toBeCloseTo(silhouetteTwin(x, labels), 6);
    const back = silhouetteScore(x.toReversed(), labels.toReversed());
    expect(back).toBeCloseTo(silhouetteScore(x, labels), 6);
    expect(silhouetteScore(x, labels)).toBe(silhouetteScore(x, labels));
  });
});

test("a sample of the rows is named by its seed", () => {
  const labels = reference.sets[0]!.labels;
  const score = (sampleSize: number, seed: number) => silhouetteScore(irisRows, labels, { sampleSize, seed });
  expect(score(60, 1)).toBe(score(60, 1));
  expect(score(60, 1)).not.toBe(score(60, 2));
  expect(Math.abs(score(140, 3) - reference.sets[0]!.silhouette)).toBeLessThan(0.02);
  expect(score(150, 4)).toBeCloseTo(reference.sets[0]!.silhouette, 6);
});

test("rows that are all alike, or huge, have a silhouette", () => {
  expect(silhouetteScore([[1], [1], [1]], ["a", "b", "a"])).toBe(0);
  const x = [[0], [1e200], [9e200], [1e201]];
  expect(silhouetteScore(x, [0, 0, 1, 1])).toBeCloseTo(
    silhouetteTwin([[0], [1], [9], [10]], [0, 0, 1, 1]),
    6,
  );
});

test("what cannot be is refused by name", () => {
  const x = [[1], [2], [3]];
  expect(() => silhouetteScore(x, [0, 0, 0])).toThrow("expected 2 to n − 1 = 2 clusters, got 1");
  expect(() => silhouetteScore(x, [0, 1, 2])).toThrow("expected 2 to n − 1 = 2 clusters, got 3");
  expect(() => silhouetteScore(x, [0, 1])).toThrow("expected as many rows in labels as in X, 3, got 2");
  expect(() => silhouetteScore([], [])).toThrow("X: expected at least one row, got 0");
  expect(() => silhouetteScore(x, [0, 1, 1], { sampleSize: 4 })).toThrow("from 1 to the 3 rows of X, got 4");
  expect(() => silhouetteScore(x, [0, 1, 1], { sampleSize: 1 })).toThrow(
    "clusters among the rows drawn, got 1",
  );
  const gaps = Table.from({ a: [1, 2, null] });
  expect(() => silhouetteScore(gaps, [0, 1, 1])).toThrow(/column "a".* row 2/);
  expect(() => inertia(gaps, [0, 1, 1], [[1]])).toThrow(/column "a".* row 2/);
  expect(() => inertia(x, [0, 1, 2], [[1], [2]])).toThrow(
    "expected a row of centers, 0 to 1, got 2 in row 2",
  );
  expect(() => inertia(x, [0, 0, 0], [[1, 2]])).toThrow("expected 1 columns in centers, as in X, got 2");
  expect(() => adjustedRandScore([0, 1], [0])).toThrow("as in labelsTrue, 2, got 1");
  expect(() => adjustedRandScore([], [])).toThrow("labelsTrue: expected at least one row, got 0");
});
