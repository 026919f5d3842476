import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ColumnInfo, ColumnSummary, TableInfo } from "../../../src/protocol/table-info.ts";
import { columnFrom } from "../../../src/data/column.ts";
import { panelText } from "../../../src/text/panel.ts";
import { pastedTable } from "../../../src/ui/actions/pasted.ts";
import { isSeen } from "../../../src/ui/actions/files.ts";
import { columnKind, heldWords, typeWords } from "../../../src/ui/data/column-kind.ts";
import { filterWords, misfitWords } from "../../../src/ui/data/filter-words.ts";
import { findTables } from "../../../src/ui/data/find-tables.ts";
import { summaryWords } from "../../../src/ui/data/summary-words.ts";
import { groupTables } from "../../../src/ui/data/table-groups.ts";
import {
  keptWords,
  nameParts,
  nameWords,
  plainName,
  rejectedName,
  tableBeside,
} from "../../../src/ui/data/table-words.ts";
import { unitWords } from "../../../src/ui/data/unit-words.ts";

const column: ColumnInfo = { name: "c", type: "number", sqlType: "DOUBLE", role: null };
const summary: ColumnSummary = {
  rows: 100,
  missing: 0,
  distinct: 100,
  distinctIsEstimate: false,
  range: null,
  histogram: null,
  top: [],
};

function table(name: string, ...columns: readonly string[]): TableInfo {
  return {
    name,
    rows: 1,
    columns: columns.map((name) => ({ ...column, name })),
    source: { kind: "query" },
    kept: "disk",
    notes: [],
    rejected: null,
  };
}

test("cells of a sheet and lines of a CSV are a table; prose with commas is none", async () => {
  expect(pastedTable("a\tb\n1\t2\n")?.path).toBe("pasted.tsv");
  expect(await pastedTable('a,b\n"x, y",2')?.file.text()).toBe('a,b\n"x, y",2');
  expect(pastedTable('"a","b"\n1, 2\n3,4')).not.toBeNull();
  expect(pastedTable("Yes, please\nNo, thanks")).toBeNull();
  expect(pastedTable("Dear Ada,\nthis, as you know, is prose.\n")).toBeNull();
  expect(pastedTable("one line, alone")).toBeNull();
  expect(pastedTable("")).toBeNull();
});

test("files that a folder hides are not seen", () => {
  const paths = ["data/a.csv", "data/.DS_Store", ".git/config", "__MACOSX/a.csv", "a.csv"];
  expect(paths.filter((path) => isSeen({ path }))).toEqual(["data/a.csv", "a.csv"]);
});

test("tables are found by their own name, and by a column where the name is another", () => {
  const tables = [table("telco", "tenure", "Churn"), table("orders", "id")];
  expect(findTables(tables, " ").map(({ table }) => table.name)).toEqual(["telco", "orders"]);
  expect(findTables(tables, "churn")).toMatchObject([{ table: { name: "telco" }, column: "Churn" }]);
  expect(findTables(tables, "order")).toMatchObject([{ table: { name: "orders" }, column: null }]);
  expect(findTables(tables, "zzz")).toEqual([]);
});

test("tables stand by their schemas: those of one's own first, a planted truth last", () => {
  const sample = (name: string, truth: boolean): TableInfo => ({
    ...table(name),
    source: { kind: "dataset", id: "shop", truth },
  });
  const listed = [
    sample("a_truth.customers", true),
    sample("shop.orders", false),
    sample("shop.visits", false),
    table('"2024.csv"'),
    table("telco"),
    table('"my ""b.c"""."d.e"'),
  ];
  expect(
    groupTables(findTables(listed, "")).map(({ schema, truthOf, tables }) => [
      schema,
      truthOf,
      tables.map(({ table }) => nameParts(table.name).table),
    ]),
  ).toEqual([
    ["", null, ['"2024.csv"', "telco"]],
    ["shop", null, ["orders", "visits"]],
    ['"my ""b.c"""', null, ['"d.e"']],
    ["a_truth", "shop", ["customers"]],
  ]);
});

test.each([
  ["VARCHAR", "text"],
  ["BIGINT", "integer"],
  ["UTINYINT", "integer"],
  ["HUGEINT", "integer"],
  ["DOUBLE", "double"],
  ["DATE", "date"],
  ["TIMESTAMP WITH TIME ZONE", "timestamp"],
  ["DECIMAL(10,2)", null],
  ["VARCHAR[]", null],
  ["INTERVAL", null],
])("a column of %s is called %s", (sqlType, kind) => {
  expect(columnKind(sqlType)).toBe(kind);
});

test("a name that SQL needs quotes around is shown without them", () => {
  expect(['"my ""own"" table"', "plain", "shop.orders"].map(plainName)).toEqual([
    'my "own" table',
    "plain",
    "shop.orders",
  ]);
});

test("numbers are told by their range, days by their dates, texts by the most frequent", () => {
  const range = { min: 0.5, max: 1234.5, mean: 10.123, median: 9 };
  expect(summaryWords(column, { ...summary, range }, "en").full).toBe(
    "From 0.5 to 1,235, median 9, mean 10.12",
  );
  const day = 86_400_000;
  const days = { min: 0, max: 10 * day, mean: 4.4 * day, median: 4.5 * day };
  expect(
    summaryWords({ ...column, type: "date", sqlType: "DATE" }, { ...summary, range: days }, "en").short,
  ).toEqual(["1970-01-01 to 1970-01-11", "median 1970-01-05"]);
  const top = [
    { value: "yes", count: 60 },
    { value: " ", count: 15 },
  ];
  expect(
    summaryWords({ ...column, type: "string" }, { ...summary, missing: 20, distinct: 2, top }, "en").full,
  ).toBe("Most frequent: yes 75%, blank 19%");
});

test("a column whose most frequent value is rare is told by examples", () => {
  const top = [
    { value: "a", count: 3 },
    { value: "b", count: 2 },
  ];
  const names = { ...summary, rows: 1000, distinct: 900, top };
  expect(summaryWords({ ...column, type: "string" }, names, "en").full).toBe("many values, e.g. a, b");
});

test("a column of one value says which", () => {
  const range = { min: 9, max: 9, mean: 9, median: 9 };
  expect(summaryWords(column, { ...summary, range }, "en").full).toBe("always 9");
});

test("a column of ids is told by one of them, and an empty one by its emptiness", () => {
  const ids = { ...summary, top: [{ value: "7590-VHVEG", count: 1 }] };
  expect(summaryWords({ ...column, type: "string" }, ids, "en").full).toBe("no value twice, e.g. 7590-VHVEG");
  expect(summaryWords(column, { ...summary, missing: 100, distinct: 0 }, "zh-CN").full).toBe("全部缺失");
});

test("of two days one is before the other; of two numbers one is less", () => {
  const less = { column: "c", is: "less", value: "2" } as const;
  expect(filterWords(less, "number", panelText.en)).toBe("c is less than 2");
  expect(filterWords(less, "date", panelText.en)).toBe("c is before 2");
  expect(filterWords({ ...less, is: "greater" }, "date", panelText["zh-CN"])).toBe("c 晚于 2");
});

test("a value that is none of the column's type is told so, in the page's language; another failure speaks for itself", () => {
  const misfit = new RangeError('column "c": expected a number, got "abc"');
  expect(misfitWords("number", "abc", misfit, panelText.en)).toContain("“abc” is not a number");
  expect(misfitWords("date", "abc", misfit, panelText["zh-CN"])).toContain("“abc”不是日期");
  expect(misfitWords("string", "abc", new Error("no memory"), panelText.en)).toContain("no memory");
});

test("a name that is refused is taken, or none that SQL takes, or the engine says why", () => {
  const refusal = new RangeError("name: expected one that no table has");
  const tables = [table('"My own"')];
  expect(nameWords("my OWN", tables, refusal, "en")).toContain("There is a table called “my OWN” already");
  expect(nameWords("Kunden 2024!", tables, refusal, "zh-CN")).toContain("“Kunden 2024!”不能用作 SQL 名称");
  expect(nameWords("sold", tables, new Error("the disk is full"), "en")).toContain("the disk is full");
});

test("a table that could not be saved says why, in both languages", () => {
  const failed = { ...table("sales"), kept: { failed: "no such file" } };
  expect(keptWords(failed, "en")).toBe("in this tab only: it could not be saved (no such file)");
  expect(keptWords(failed, "zh-CN")).toContain("未能保存（no such file）");
});

test("the question before a change names the table that rejected rows go to", () => {
  const sales = table("sales");
  expect(rejectedName(sales, [sales])).toBe("sales_rejected");
  expect(rejectedName(sales, [sales, table("Sales_rejected")])).toBe("sales_rejected_2");
  expect(rejectedName({ ...sales, rejected: '"my odd"' }, [sales])).toBe("my odd");
});

test("an imported table can take the place of the table of a file that it stands beside, as SQL knows names", () => {
  const file = { kind: "file", files: ["sales.csv"], bytes: 1, recognised: null } as const;
  const note = { note: "beside-table", from: "sales", to: "sales_2" } as const;
  const sales = { ...table("Sales"), source: file };
  const tables = [table("other"), sales, table("sales_2")];
  expect(tableBeside(note, "sales_2", tables)).toBe(sales);
  expect(tableBeside(note, "renamed", tables)).toBeNull();
  expect(tableBeside(note, "sales_2", [table("sales"), table("sales_2")])).toBeNull();
  expect(tableBeside({ ...note, note: "renamed-table" }, "sales_2", tables)).toBeNull();
});

test.each(["shop", "clickstream", "subscriptions"])("every unit of %s has a Chinese name", (id) => {
  const text = readFileSync(`datasets/${id}/dataset.json`, "utf8");
  for (const [, unit] of text.matchAll(/"unit": *"([^"]*)"/g))
    expect(unitWords(unit!, "zh-CN")).toMatch(/\p{Script=Han}/u);
  expect(unitWords("furlong", "zh-CN")).toBe("furlong");
});

test("a type has one name: whole numbers and times are told from numbers and days", () => {
  expect(typeWords({ type: "number", sqlType: "BIGINT" }, "en")).toBe("whole number");
  expect(typeWords({ type: "date", sqlType: "TIMESTAMP" }, "zh-CN")).toBe("日期时间");
  expect(typeWords({ type: "other", sqlType: "VARCHAR[]" }, "en")).toBe("other");
});

test("a column that a cell shows is called by what it holds, as the data panel calls it", () => {
  const held = (values: readonly unknown[], isAll = true): string =>
    heldWords(columnFrom(values), isAll, "en");
  expect([held([1, null, 3]), held([1, 2.5]), held([null])]).toEqual(["whole number", "number", "number"]);
  expect(held([1, 2], false)).toBe("number");
  expect([held([new Date(0)]), held([new Date(1)])]).toEqual(["date", "date and time"]);
  expect([held(["a"]), held([true]), held([[1]])]).toEqual(["text", "yes/no", "other"]);
});
