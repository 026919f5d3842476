import { expect, test } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { ResultRows } from "../../../src/state/result-rows.svelte.ts";
import { askOf } from "./fake-engine.ts";

const from = (start: number, count: number) =>
  Table.from({ n: Float64Array.from({ length: Math.max(count, 0) }, (_, i) => start + i) });

/** Rows 0 to `size` of one column `n`, of which the first 10 are there, and what was asked for the others. */
function rowsOf(size: number, count: number | null) {
  const asked: number[] = [];
  const ask = askOf({
    resultRows: async (_notebook: string, result: string, offset: number, limit: number) => {
      if (result !== "r") throw new RangeError("this result is gone: run its cell again");
      asked.push(offset);
      return tableToArrow(from(offset, Math.min(limit, size - offset)));
    },
  });
  return { asked, ask, rows: new ResultRows(ask, "r", from(0, 10), count) };
}

/** What is there once the rows on their way have come. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

test("the first rows are there at once, the others when they are looked at", async () => {
  const { asked, rows } = rowsOf(1e6, 1e6);
  expect([rows.at(9, "n"), rows.at(10, "n"), rows.at(999_999, "n")]).toEqual([9, undefined, undefined]);
  await settled();
  expect([rows.at(10, "n"), rows.at(999_999, "n")]).toEqual([10, 999_999]);
  expect(asked.toSorted((a, b) => a - b)).toEqual([0, 999_000]);
});

test("rows that nobody counted are counted when the last one is seen", async () => {
  const { rows } = rowsOf(2500, null);
  await rows.load(1000);
  expect(rows.count).toBeNull();
  await rows.load(2000);
  expect([rows.count, rows.at(2499, "n"), rows.at(2500, "n")]).toEqual([2500, 2499, undefined]);
});

test("of pages scrolled past only the first and the latest are asked for", async () => {
  const { asked, rows } = rowsOf(1e6, 1e6);
  for (let page = 1; page <= 50; page++) rows.at(page * 1000, "n");
  await settled();
  expect(asked).toEqual([1000, 50_000, 49_000]);
});

test("old pages make room for new ones, and are read again", async () => {
  const { asked, rows } = rowsOf(1e6, 1e6);
  for (let page = 1; page <= 61; page++) await rows.load(page * 1000);
  expect(rows.at(61_000, "n")).toBe(61_000);
  expect(rows.at(1000, "n")).toBeUndefined();
  await settled();
  expect(asked).toHaveLength(62);
});

test("a result that is gone leaves its first rows", async () => {
  const rows = new ResultRows(rowsOf(1e6, 1e6).ask, "other", from(0, 10), 1e6);
  await rows.check();
  expect([rows.gone, rows.at(9, "n")]).toEqual([true, 9]);
});
