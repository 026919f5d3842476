import { expect, test } from "vitest";
import { fit } from "../../../src/ui/grid/fit.ts";

const table = { rows: 5, maxRows: 10, width: 400, room: { width: 800, height: 0 }, bar: 15 };

test("a table whose rows and columns fit has room for no scrollbar", () => {
  expect(fit(table)).toEqual({ width: 402, height: 6 * 26 + 2 });
});

test("a table of more rows than are seen is wider by the scrollbar at its side", () => {
  expect(fit({ ...table, rows: 11 })).toEqual({ width: 417, height: 11 * 26 + 2 });
});

test("a table of few rows that is too wide is higher by the scrollbar below", () => {
  expect(fit({ ...table, width: 799 })).toEqual({ width: 801, height: 6 * 26 + 2 + 15 });
});

test("a table that fills its room is wider where its rows are more than there is height for", () => {
  const filling = { ...table, maxRows: Infinity };
  expect(fit({ ...filling, room: { width: 800, height: 158 } })).toEqual({ width: 402, height: null });
  expect(fit({ ...filling, room: { width: 800, height: 157 } })).toEqual({ width: 417, height: null });
});

test("a scrollbar below takes height from the rows, and may so bring the one at the side", () => {
  const filling = { ...table, maxRows: Infinity, width: 900 };
  expect(fit({ ...filling, room: { width: 800, height: 173 } })).toEqual({ width: 902, height: null });
  expect(fit({ ...filling, room: { width: 800, height: 172 } })).toEqual({ width: 917, height: null });
});
