import { expect, test } from "vitest";
import {
  columnFromArray,
  decimal128,
  float32,
  int64,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import type { DataType } from "@uwdata/flechette";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { columnFrom, NumberColumn } from "../../../src/data/column.ts";
import { Table } from "../../../src/data/table.ts";

function stream(name: string, values: unknown[], type: DataType): Uint8Array {
  return tableToIPC(tableFromColumns([[name, columnFromArray(values, type, { maxBatchRows: 2 })]]), {
    format: "stream",
  })!;
}

test("a table of every type comes back the same", () => {
  const table = Table.from({
    n: [1, null, 2.5],
    whole: Int32Array.of(1, -2, 3),
    small: Uint8Array.of(1, 2, 255),
    text: ["a", null, "é☃"],
    flag: [true, false, null],
    day: [new Date(0), new Date(1e12), null],
    list: [[1, 2], null, [3]],
    struct: [{ a: 1, b: "x" }, { a: 2, b: "y" }, null],
  });
  const back = tableFromArrow(tableToArrow(table));
  expect(back.columns).toEqual(table.columns);
  expect(back.toArray()).toEqual(table.toArray());
  expect(back.columns.map((name) => back.column(name).type)).toEqual(
    table.columns.map((name) => table.column(name).type),
  );
  expect(back.columns.map((name) => back.column(name).nullCount)).toEqual([1, 0, 0, 1, 1, 1, 1, 1]);
});

test("a numeric column without missing values is not copied", () => {
  const bytes = tableToArrow(Table.from({ x: Float64Array.of(1, 2, 3) }));
  expect((tableFromArrow(bytes).column("x").values as Float64Array).buffer).toBe(bytes.buffer);
});

test("a missing number is NaN in the values and null in the column", () => {
  const column = tableFromArrow(tableToArrow(Table.from({ x: [1, null, 3] }))).column("x");
  expect(column).toBeInstanceOf(NumberColumn);
  expect(Array.from(column.values)).toEqual([1, NaN, 3]);
  expect([...column]).toEqual([1, null, 3]);
});

test("64-bit integers become numbers up to 2^53", () => {
  const values = [0n, -1n, 4294967296n, -4294967297n, 2n ** 53n, -(2n ** 53n), null];
  const column = tableFromArrow(stream("count", values, int64())).column("count");
  expect([...column]).toEqual([0, -1, 4294967296, -4294967297, 2 ** 53, -(2 ** 53), null]);
});

test.each([2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 62n])(
  "the 64-bit integer %s is an error that names its column",
  (value) => {
    expect(() => tableFromArrow(stream("big", [1n, value], int64()))).toThrow(/column "big"/);
  },
);

test("decimals are rounded to the nearest double", () => {
  const unscaled = [110n, -5n, 123456789012345678n, null];
  const column = tableFromArrow(stream("price", unscaled, decimal128(38, 2))).column("price");
  expect([...column]).toEqual([1.1, -0.05, Number("1234567890123456.78"), null]);
});

test("a decimal beyond 2^53 is an error that names its column", () => {
  expect(() => tableFromArrow(stream("total", [2n ** 70n], decimal128(38, 0)))).toThrow(/column "total"/);
});

test("columns of several batches are joined in order", () => {
  const column = tableFromArrow(stream("x", [1, 2, 3, null, 5], float32())).column("x");
  expect(column.values).toBeInstanceOf(Float32Array);
  expect([...column]).toEqual([1, 2, 3, null, 5]);
});

test("columns of one name are told apart", () => {
  const column = columnFromArray([1, 2], float32());
  const other = columnFromArray([3, 4], float32());
  const bytes = tableToIPC(
    tableFromColumns([
      ["id", column],
      ["id", other],
    ]),
    { format: "stream" },
  )!;
  const table = tableFromArrow(bytes);
  expect(table.columns).toEqual(["id", "id_2"]);
  expect([...table.column("id_2")]).toEqual([3, 4]);
});

test("a table without rows keeps its columns", () => {
  const table = Table.from({ a: new Float64Array(0), b: new Int32Array(0) });
  const back = tableFromArrow(
    tableToArrow(new Table([...["a", "b"].map((n) => [n, table.column(n)] as const), ["c", columnFrom([])]])),
  );
  expect(back.numRows).toBe(0);
  expect(back.columns).toEqual(["a", "b", "c"]);
});

test("strings can be read in any order across batches", () => {
  const column = tableFromArrow(stream("s", ["a", "b", "c", null, "e"], utf8())).column("s");
  expect([4, 0, 3, 1, 2].map((i) => column.at(i))).toEqual(["e", "a", null, "b", "c"]);
});
