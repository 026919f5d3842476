import { expect, test } from "vitest";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { MomentColumn, sliceColumn, WordColumn } from "../../../src/data/packed-column.ts";
import { Table } from "../../../src/data/table.ts";

const days = [0, 1_700_000_000_123, NaN, -86_400_000, 4_102_444_800_000];

test("packed words and moments come through Arrow as they are", () => {
  const table = new Table([
    ["word", new WordColumn(Uint8Array.of(2, 0, 1, 1, 0), ["", "顾客", "order"])],
    ["at", new MomentColumn(Float64Array.from(days))],
  ]);
  expect(tableFromArrow(tableToArrow(table)).toArray()).toEqual(table.toArray());
  expect(table.row(2)).toEqual({ word: "顾客", at: null });
});

test("a slice of a table holds its rows, and no rows where there are none", () => {
  const table = new Table([
    ["n", Table.from({ n: [1, null, 3, 4, 5] }).column("n")],
    ["word", new WordColumn(Int32Array.of(0, 1, 0, 1, 0), ["a", "b"])],
    ["at", new MomentColumn(Float64Array.from(days))],
    ["text", Table.from({ text: ["x", null, "z", null, "y"] }).column("text")],
  ]);
  expect(table.slice(1, 4).toArray()).toEqual(table.toArray().slice(1, 4));
  expect(table.slice(4, 99).numRows).toBe(1);
  const empty = table.slice(9, 12);
  expect(tableFromArrow(tableToArrow(empty)).numRows).toBe(0);
  expect(sliceColumn(table.column("text"), 1, 4).nullCount).toBe(2);
});
