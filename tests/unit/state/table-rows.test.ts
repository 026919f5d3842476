import { expect, test } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import type { ColumnFilter, RowsQuery } from "../../../src/protocol/table-info.ts";
import { TableRows } from "../../../src/state/table-rows.svelte.ts";
import { askOf, later } from "./fake-engine.ts";

/** Rows 0 to 999 of one column `n`, in the order asked for. */
function rowsOf(query: RowsQuery): Uint8Array {
  const all = Array.from({ length: 1000 }, (_, n) => ({ n: query.sort?.descending ? 999 - n : n }));
  return tableToArrow(Table.from(all.slice(query.offset, query.offset + query.limit)));
}

const engine = {
  rows: async (_: string, __: string, query: RowsQuery) => rowsOf(query),
  countRows: async () => 1000,
};

/** What is there once the rows on their way have come. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

test("the rows are there once the first page and the count are", async () => {
  const rows = new TableRows(askOf(engine), "t");
  expect([rows.count, rows.isBehind]).toEqual([null, true]);
  await rows.read();
  expect([rows.count, rows.isBehind]).toEqual([1000, false]);
  expect(rows.at(7, "n")).toBe(7);
});

test("a row of another page is on its way when it is first looked at, and then there", async () => {
  const rows = new TableRows(askOf(engine), "t");
  await rows.read();
  expect(rows.at(999, "n")).toBeUndefined();
  await settled();
  expect(rows.at(999, "n")).toBe(999);
});

test("a column is sorted upwards, then downwards, then not at all", async () => {
  const rows = new TableRows(askOf(engine), "t");
  await rows.read();
  rows.sortBy("n");
  expect(rows.order.sort).toEqual({ column: "n", descending: false });
  rows.sortBy("n");
  await settled();
  expect(rows.at(0, "n")).toBe(999);
  rows.sortBy("n");
  expect(rows.order.sort).toBeNull();
});

test("a column has one filter; setting it anew replaces it, and the last one asked for is shown", async () => {
  const first = later<number>();
  const counts: (readonly ColumnFilter[])[] = [];
  const rows = new TableRows(
    askOf({
      ...engine,
      countRows: async (_: string, __: string, filters: readonly ColumnFilter[]) => {
        counts.push(filters);
        return filters[0]?.value === "1" ? first.promise : 3;
      },
    }),
    "t",
  );
  void rows.filter({ column: "n", is: "greater", value: "1" });
  void rows.filter({ column: "n", is: "greater", value: "2" });
  await settled();
  first.resolve(99);
  await settled();
  expect(counts).toHaveLength(2);
  expect(rows.order.filters).toEqual([{ column: "n", is: "greater", value: "2" }]);
  expect(rows.count).toBe(3);
});

test("a filter that the engine refuses is none, and all stays as it was", async () => {
  const rows = new TableRows(
    askOf({
      ...engine,
      countRows: async (_: string, __: string, filters: readonly ColumnFilter[]) => {
        if (filters.length > 0) throw new RangeError('column "n": expected a number, got "x"');
        return 1000;
      },
    }),
    "t",
  );
  await rows.read();
  await expect(rows.filter({ column: "n", is: "equal", value: "x" })).rejects.toThrow("expected a number");
  expect(rows.order.filters).toEqual([]);
  expect([rows.count, rows.isBehind, rows.failure]).toEqual([1000, false, null]);
});

test("of many pages scrolled past only the latest are read", async () => {
  const read: number[] = [];
  const gate = later<undefined>();
  const rows = new TableRows(
    askOf({
      countRows: async () => 1_000_000,
      rows: async (_: string, __: string, query: RowsQuery) => {
        read.push(query.offset / 200);
        if (query.offset > 0) await gate.promise;
        return rowsOf({ ...query, offset: 0 });
      },
    }),
    "t",
  );
  await rows.read();
  for (let page = 1; page <= 50; page++) rows.at(page * 200, "n");
  await settled();
  gate.resolve(undefined);
  await settled();
  expect(read).toEqual([0, 1, 50, 49, 48, 47]);
});

test("a row far down is there once it was loaded", async () => {
  const rows = new TableRows(
    askOf({
      countRows: async () => 1_500_000,
      rows: async (_: string, __: string, { offset, limit }: RowsQuery) =>
        tableToArrow(Table.from(Array.from({ length: limit }, (_, i) => ({ n: offset + i })))),
    }),
    "t",
  );
  await rows.read();
  await rows.load(1_400_007);
  expect(rows.at(1_400_007, "n")).toBe(1_400_007);
});

test("a filter that is taken away gives the other rows back", async () => {
  const rows = new TableRows(askOf(engine), "t");
  await rows.filter({ column: "n", is: "greater", value: "1" });
  rows.unfilter("n");
  await settled();
  expect([rows.order.filters, rows.isBehind]).toEqual([[], false]);
});
