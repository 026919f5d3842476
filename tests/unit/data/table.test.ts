import { expect, test } from "vitest";
import { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";

const shop = Table.from([
  { id: 1, name: "a", spent: 2.5 },
  { id: 2, name: null, spent: null },
  { id: 3, name: "c", spent: 4 },
]);

test("row objects become columns in the order their names first appear", () => {
  expect(shop.columns).toEqual(["id", "name", "spent"]);
  expect(shop.numRows).toBe(3);
  expect(shop.column("spent").nullCount).toBe(1);
  expect(shop.column("spent").at(1)).toBeNull();
});

test("select, drop, take and head give new tables", () => {
  expect(shop.select("spent", "id").columns).toEqual(["spent", "id"]);
  expect(shop.drop("name").columns).toEqual(["id", "spent"]);
  expect(shop.take([2, 0, 2]).toArray()).toEqual([
    { id: 3, name: "c", spent: 4 },
    { id: 1, name: "a", spent: 2.5 },
    { id: 3, name: "c", spent: 4 },
  ]);
  expect(shop.head(1).toArray()).toEqual([{ id: 1, name: "a", spent: 2.5 }]);
  expect(shop.head(99).numRows).toBe(3);
});

test("roles stay with the columns that are selected and the rows that are taken", () => {
  const orders = shop.withRoles(
    new Map([
      ["id", "user"],
      ["spent", "amount"],
    ] as const),
  );
  const roles = [
    ["id", "user"],
    ["spent", "amount"],
  ];
  for (const some of [
    orders.select("spent", "id"),
    orders.drop("name"),
    orders.take([1]),
    orders.head(2),
    orders.slice(0, 1),
  ])
    expect([...some.roles]).toEqual(roles);
  expect([...orders.select("name", "spent").roles]).toEqual([["spent", "amount"]]);
  expect([...shop.roles]).toEqual([]);
});

test("a row that is not there is a RangeError that names it", () => {
  expect(() => shop.take([0, 3])).toThrow("take: expected rows from 0 to 2, got 3");
  expect(() => shop.take([-1])).toThrow("got -1");
  expect(() => shop.take([0.5])).toThrow("got 0.5");
});

test("a column that is not there is a RangeError that lists those that are", () => {
  expect(() => shop.column("amount")).toThrow('no column "amount"; this table has "id", "name", "spent"');
  expect(() => shop.drop("amount")).toThrow('no column "amount"');
});

test("values of two types in one column are refused by column and row", () => {
  expect(() => Table.from([{ a: 1 }, { a: "x" }])).toThrow(
    'column "a": expected values of type number, got "x" in row 1',
  );
});

test("columns of unequal length are refused", () => {
  expect(() => Table.from({ a: [1, 2], b: [1] })).toThrow('column "b": expected 2 rows, got 1');
});

test("a matrix reads by row, column and entry, and refuses what is outside", () => {
  const matrix = new Matrix(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3);
  expect([...matrix.row(1)]).toEqual([4, 5, 6]);
  expect([...matrix.column(2)]).toEqual([3, 6]);
  expect(matrix.at(1, 0)).toBe(4);
  expect(() => matrix.at(2, 0)).toThrow("no entry (2, 0) in 2 × 3");
  expect(() => new Matrix(new Float64Array(5), 2, 3)).toThrow("expected 2 × 3 = 6 numbers, got 5");
});
