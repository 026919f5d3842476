import { expect, test } from "vitest";
import { rowWindow } from "../../../src/ui/grid/row-window.ts";

test("a window ends with the rows there are, and holds at least the last of them", () => {
  expect(rowWindow(0, 1000)).toEqual({ start: 0, shown: 1000 });
  expect(rowWindow(1_400_000, 1_450_000)).toEqual({ start: 1_400_000, shown: 50_000 });
  expect(rowWindow(2_000_000, 1_450_000)).toEqual({ start: 1_449_999, shown: 1 });
  expect(rowWindow(300_000, null)).toEqual({ start: 300_000, shown: 100_000 });
  expect(rowWindow(5, 0)).toEqual({ start: 0, shown: 0 });
});
