import { expect, test } from "vitest";
import { Summaries } from "../../../src/state/summaries.svelte.ts";
import type { ColumnInfo } from "../../../src/protocol/table-info.ts";
import { askOf, later } from "./fake-engine.ts";

type Counted = Pick<ColumnInfo, "name" | "sqlType">;

const [a, b, c] = ["a", "b", "c"].map((name) => ({ name, sqlType: "VARCHAR" })) as [
  Counted,
  Counted,
  Counted,
];

test("columns are counted one at a time, and one that left the sight before its turn is not", async () => {
  const counted: string[] = [];
  const first = later<object>();
  const summaries = new Summaries(
    askOf({
      summary: async (_: string, __: string, column: string) => {
        counted.push(column);
        return column === "a" ? first.promise : {};
      },
    }),
    "t",
  );
  summaries.want(a);
  const leave = summaries.want(b);
  summaries.want(c);
  leave();
  expect(counted).toEqual(["a"]);
  first.resolve({});
  await expect.poll(() => summaries.of(c)).toBeDefined();
  expect(counted).toEqual(["a", "c"]);
});

test("a column that cannot be counted says why, and the next is counted", async () => {
  const summaries = new Summaries(
    askOf({
      summary: async (_: string, __: string, column: string) => {
        if (column === "a") throw new Error("no such column");
        return { rows: 1 };
      },
    }),
    "t",
  );
  summaries.want(a);
  summaries.want(b);
  await expect.poll(() => summaries.of(b)).toMatchObject({ state: "known", summary: { rows: 1 } });
  expect(summaries.of(a)).toEqual({ state: "failed", message: "no such column" });
});

test("a column is counted anew for each type that it is given, the first one included", async () => {
  let rows = 1;
  const summaries = new Summaries(askOf({ summary: async () => ({ rows: rows++ }) }), "t");
  const retyped = { ...a, sqlType: "BIGINT" };
  summaries.want(a);
  await expect.poll(() => summaries.of(a)).toMatchObject({ summary: { rows: 1 } });
  expect(summaries.of(retyped)).toBeUndefined();
  summaries.want(retyped);
  await expect.poll(() => summaries.of(retyped)).toMatchObject({ summary: { rows: 2 } });
  expect(summaries.of(a)).toBeUndefined();
  summaries.want(a);
  await expect.poll(() => summaries.of(a)).toMatchObject({ summary: { rows: 3 } });
});
