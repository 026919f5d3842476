import { expect, test } from "vitest";
import { columnFrom } from "../../../src/data/column.ts";
import { embedding, Matrix, Table, type PointColumn } from "../../../src/library/index.ts";
import { packSpec, unpackSpec } from "../../../src/specs/pack.ts";
import { textAt } from "../../../src/specs/packed-text.ts";

const points = [
  [1, 10, 7],
  [2, 20, 8],
  [3, 30, 9],
];

test("the first two columns of arrays, a matrix or a table are drawn, under their names", () => {
  const matrix = new Matrix(Float64Array.from(points.flat()), 3, 3);
  for (const given of [points, matrix]) {
    const { x, y, columns } = embedding(given);
    expect([[...x], [...y], columns]).toEqual([
      [1, 2, 3],
      [10, 20, 30],
      ["x0", "x1"],
    ]);
  }
  const table = Table.from({ recency: [1, 2], value: [3, 4], name: ["a", "b"] });
  expect(embedding(table)).toEqual({
    view: "embedding",
    columns: ["recency", "value"],
    x: Float32Array.of(1, 2),
    y: Float32Array.of(3, 4),
  });
});

test("text colours by category in sorted order, null is missing, and labels are kept as text", () => {
  const { colour, labels } = embedding(points, {
    color: ["b", null, "a"],
    label: [7, null, "x"],
    colorName: "plan",
  });
  expect(colour).toEqual({ by: "category", codes: Uint8Array.of(1, 2, 0), words: ["a", "b"], name: "plan" });
  expect([0, 1, 2].map((i) => textAt(labels!, i))).toEqual(["7", "", "x"]);
});

test("numbers colour by value, or by category where they are labels of clusters", () => {
  expect(embedding(points, { color: Float64Array.of(5, NaN, 9) }).colour).toEqual({
    by: "value",
    values: Float32Array.of(5, NaN, 9),
    low: 5,
    high: 9,
  });
  expect(embedding(points, { color: [10, 9, 10], categorical: true }).colour).toEqual({
    by: "category",
    codes: Uint8Array.of(1, 0, 1),
    words: ["9", "10"],
  });
  expect(embedding(points, { color: [1, 0, 1], categorical: false }).colour).toMatchObject({ by: "value" });
  expect(embedding(points, { color: columnFrom([true, false, true]) }).colour).toMatchObject({
    words: ["false", "true"],
  });
});

test("few whole numbers are labels unless said otherwise; many, fractions and columns of a table are not", () => {
  const many = Array.from({ length: 42 }, (_, i) => [i, i]);
  const by = (color: PointColumn): string => embedding(many, { color }).colour!.by;
  const modulo = (k: number): number[] => many.map((_, i) => (i % k) - 1);
  expect(by(Int32Array.from(modulo(20)))).toBe("category");
  expect(by(modulo(20).map((label) => (label < 0 ? null : label)))).toBe("category");
  expect(by(Int32Array.from(modulo(21)))).toBe("value");
  expect(by(Float64Array.from(modulo(3)))).toBe("value");
  expect(by(modulo(3).map((label) => label / 2))).toBe("value");
  expect(by(columnFrom(modulo(3)))).toBe("value");
});

test("a few far values do not stretch the scale", () => {
  const many = Array.from({ length: 1000 }, (_, i) => [i, i]);
  const scale = (last: number): unknown =>
    embedding(many, { color: many.map(([i]) => (i === 999 ? last : i!)) }).colour;
  expect(scale(1100)).toMatchObject({ low: 0, high: 1100 });
  expect(scale(1e6)).toMatchObject({ low: 10, high: 989 });
});

test("a column of the table colours and labels by name", () => {
  const table = Table.from({ a: [1, 2], b: [3, 4], plan: ["x", "y"], days: [5, 6] });
  expect(embedding(table, { color: "plan" }).colour).toMatchObject({ by: "category", name: "plan" });
  expect(embedding(table, { color: "days", label: "plan" }).colour).toMatchObject({
    by: "value",
    name: "days",
  });
  expect(() => embedding(table, { color: "age" })).toThrow(/no column "age"/);
  expect(() => embedding(table, { colour: "plan" } as object)).toThrow(
    'embedding: no parameter "colour" (did you mean "color"?); it has color, colorName',
  );
  expect(() => embedding(points, { color: "age" })).toThrow(
    'embedding: color: expected a value for each point, got "age" and no table',
  );
});

test("more than 255 categories have codes of two bytes, and come back from a saved view", () => {
  const many = Array.from({ length: 300 }, (_, i) => [i, i]);
  const spec = embedding(many, { color: many.map(([i]) => `item ${i}`), centres: [[1, 2]] });
  expect(spec.colour).toMatchObject({ codes: expect.any(Uint16Array) as Uint16Array });
  const { json, buffers } = packSpec(spec);
  expect(unpackSpec(JSON.parse(JSON.stringify(json)) as typeof json, buffers)).toEqual(spec);
});

test.each([
  ["one column", () => embedding([[1], [2]]), "embedding: expected at least 2 columns, got 1"],
  [
    "text in a drawn column",
    () => embedding(Table.from({ a: [1, 2], b: ["x", "y"] })),
    'embedding: column "b": expected numbers, got "x" in row 0',
  ],
  [
    "a missing number",
    () =>
      embedding([
        [1, 2],
        [NaN, 3],
      ]),
    "embedding: column 0: expected numbers, got NaN in row 1",
  ],
  [
    "a number too great to draw",
    () => embedding([[1, 1e39]]),
    "embedding: column 1: expected numbers below 3.4e38, got more in row 0",
  ],
  [
    "too few colours",
    () => embedding(points, { color: ["a"] }),
    "embedding: color: expected 3 values, one for each point, got 1",
  ],
  [
    "mixed colours",
    () => embedding(points, { color: ["a", 1, "b"] }),
    "embedding: color: expected values of type string, got 1 in row 1",
  ],
  [
    "no colour at all",
    () => embedding(points, { color: [NaN, NaN, NaN] }),
    "embedding: color: expected at least one number, got none",
  ],
  [
    "text among numbers",
    () => embedding(points, { color: [1, "a", 2] }),
    'embedding: color: expected numbers, got "a" in row 1',
  ],
  [
    "narrow centres",
    () => embedding(points, { centres: [[1]] }),
    "embedding: centres: expected at least 2 columns, got 1",
  ],
  [
    "too many points",
    () => embedding(new Matrix(new Float32Array(400_002), 200_001, 2)),
    "embedding: expected at most 200000 points, got 200001; take a sample of them",
  ],
])("%s is refused with a sentence that says where", (_, make, message) => {
  expect(make).toThrow(message);
});

test("no points are no error", () => {
  expect(embedding([]).x).toHaveLength(0);
  expect(embedding(new Matrix(new Float64Array(), 0, 2), { color: [] }).colour).toMatchObject({
    by: "category",
  });
});
