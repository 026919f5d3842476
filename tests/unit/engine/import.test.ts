import { beforeAll, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import type { Table } from "../../../src/data/table.ts";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportProgress, ImportResult } from "../../../src/protocol/import.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { duckdbModule } from "./module.ts";

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
});

const never = new AbortController().signal;

function drop(
  content: string | Uint8Array,
  name = "file.csv",
  given: string | null = null,
): Promise<ImportResult> {
  const file = new File([content as Uint8Array<ArrayBuffer>], name);
  return importOne(file, given, () => undefined, never);
}

async function importOne(
  file: File,
  name: string | null,
  progress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportResult> {
  const [result] = await importFiles(tables, [{ file, path: file.name }], name, progress, signal);
  return result!;
}

function read(info: TableInfo): Table {
  return tableFromArrow(tables.database.run(`SELECT * FROM ${info.name}`));
}

async function imported(
  content: string | Uint8Array,
  name?: string,
): Promise<{ table: Table; result: Extract<ImportResult, { state: "imported" }>; types: string[] }> {
  const result = await drop(content, name);
  if (result.state !== "imported") throw new Error(JSON.stringify(result.refusal));
  const table = read(result.table);
  await tables.drop(result.table.name);
  return { table, result, types: result.table.columns.map(({ sqlType }) => sqlType) };
}

test("types are inferred from every row, and blank fields are missing", async () => {
  const { table, types, result } = await imported(
    "id,code,total,share,yes,flag,day,at\n1,007, ,0.5,Yes,true,2024-02-29,2024-02-29 10:30\n2,010,1889.5,1e-3,No,FALSE,2024-03-01,2024-03-01T00:00:01.5Z\n3,,,-3, , ,,\n",
  );
  expect(types).toEqual(["BIGINT", "VARCHAR", "DOUBLE", "DOUBLE", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP"]);
  expect(result.notes).toEqual([]);
  expect(table.toArray()).toEqual([
    {
      id: 1,
      code: "007",
      total: null,
      share: 0.5,
      yes: "Yes",
      flag: true,
      day: new Date("2024-02-29"),
      at: new Date("2024-02-29T10:30Z"),
    },
    {
      id: 2,
      code: "010",
      total: 1889.5,
      share: 0.001,
      yes: "No",
      flag: false,
      day: new Date("2024-03-01"),
      at: new Date("2024-03-01T00:00:01.500Z"),
    },
    { id: 3, code: null, total: null, share: -3, yes: null, flag: null, day: null, at: null },
  ]);
});

test("one odd value far down makes a column text, and no value is lost", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},${i === 19_990 ? "12a" : i}`);
  const { table, types } = await imported(`a,b\n${lines.join("\n")}\n`);
  expect(types).toEqual(["BIGINT", "VARCHAR"]);
  expect([table.numRows, table.column("b").at(19_990), table.column("b").at(3)]).toEqual([
    20_000,
    "12a",
    "3",
  ]);
});

test("quoted fields hold delimiters, quotation marks and line ends", async () => {
  const { table } = await imported(
    'name,"note, long"\r\n"Li, Wei","said ""hi""\r\nand left"\r\n"a""",""\r\nplain,in "the" middle\r\n',
  );
  expect(table.columns).toEqual(["name", "note, long"]);
  expect(table.toArray().map((row) => Object.values(row))).toEqual([
    ["Li, Wei", 'said "hi"\r\nand left'],
    ['a"', null],
    ["plain", 'in "the" middle'],
  ]);
});

test.each([
  ["semicolons", ";"],
  ["tabs", "\t"],
  ["bars", "|"],
])("%s separate fields", async (_, delimiter) => {
  const { table } = await imported(`a,b${delimiter}c\n1,p${delimiter}x\n2,q${delimiter}y`);
  expect(table.toArray()).toEqual([
    { "a,b": "1,p", c: "x" },
    { "a,b": "2,q", c: "y" },
  ]);
});

test.each([
  ["\r\n", "CRLF"],
  ["\n", "LF"],
  ["\r", "CR"],
])("lines end in %j", async (end) => {
  const { table } = await imported(["x,y", "1,a", "", "2,b", ""].join(end));
  expect(table.toArray()).toEqual([
    { x: 1, y: "a" },
    { x: 2, y: "b" },
  ]);
});

test("a mark of UTF-8 is no part of the first name", async () => {
  const { table, result } = await imported("\ufeffid,näme\n1,é");
  expect(table.columns).toEqual(["id", "näme"]);
  expect(result.notes).toEqual([]);
});

test.each<[string, number[]]>([
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
  ["utf-16le", []],
])("%s with the mark %j is decoded, and said so", async (encoding, mark) => {
  const units = Array.from("id,name\n1,Zoë\n2,王伟\n", (character) => character.charCodeAt(0));
  const bytes = units.flatMap((unit) =>
    encoding === "utf-16le" ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255],
  );
  const { table, result } = await imported(Uint8Array.from([...mark, ...bytes]));
  expect([...table.column("name")]).toEqual(["Zoë", "王伟"]);
  expect(result.notes).toEqual([{ note: "decoded", encoding }]);
});

test("text that is not UTF-8 is read as windows-1252, or as GB18030 where it is Chinese", async () => {
  const western = await imported(Uint8Array.from("id,name\n1,Zo\xeb\n", (c) => c.charCodeAt(0)));
  expect([...western.table.column("name")]).toEqual(["Zoë"]);
  expect(western.result.notes).toEqual([{ note: "decoded", encoding: "windows-1252" }]);
  // 编号,姓名 / 1,王伟 in GB18030.
  const chinese = await imported(
    Uint8Array.from([
      0xb1, 0xe0, 0xba, 0xc5, 44, 0xd0, 0xd5, 0xc3, 0xfb, 10, 49, 44, 0xcd, 0xf5, 0xce, 0xb0, 10,
    ]),
  );
  expect(chinese.table.toArray()).toEqual([{ 编号: 1, 姓名: "王伟" }]);
  expect(chinese.result.notes).toEqual([{ note: "decoded", encoding: "gb18030" }]);
});

test("equal, empty and like-spelt column names are told apart", async () => {
  const { table, result } = await imported("name,name,Name,,name_2\na,b,c,d,e\n");
  expect(table.columns).toEqual(["name", "name_3", "Name_4", "column_4", "name_2"]);
  expect(Object.values(table.row(0))).toEqual(["a", "b", "c", "d", "e"]);
  expect(result.notes).toContainEqual({ note: "renamed-column", from: "name", to: "name_3" });
  expect(result.notes).toContainEqual({ note: "renamed-column", from: "", to: "column_4" });
});

test("words for missing values are missing among numbers and stay among text", async () => {
  const { table, types, result } = await imported("x,country\n1.5,NA\nNA,US\nnull,GB\n");
  expect(types).toEqual(["DOUBLE", "VARCHAR"]);
  expect(table.toArray()).toEqual([
    { x: 1.5, country: "NA" },
    { x: null, country: "US" },
    { x: null, country: "GB" },
  ]);
  expect(result.notes).toEqual([{ note: "missing-words", column: "x", count: 2 }]);
});

test("a file without a header gets names of ours", async () => {
  const { table, result } = await imported("1,1997-01-01,29.33\n1,1997-01-18,29.73\n");
  expect(table.columns).toEqual(["column_1", "column_2", "column_3"]);
  expect(table.numRows).toBe(2);
  expect(result.notes).toEqual([{ note: "no-header" }]);
});

test("slashed dates are read by day or month as the whole column allows, and stay text where it allows both", async () => {
  const { table, types } = await imported(
    "d,m,both,t\n1/2/2024,2/1/2024,1/2/2024,12/1/2010 8:26\n13/2/2024,2/13/2024,3/4/2024,12/31/2010 23:59\n",
  );
  expect(types).toEqual(["DATE", "DATE", "VARCHAR", "TIMESTAMP"]);
  expect(table.row(1)).toEqual({
    d: new Date("2024-02-13"),
    m: new Date("2024-02-13"),
    both: "3/4/2024",
    t: new Date("2010-12-31T23:59Z"),
  });
});

test("numbers that no double holds stay text", async () => {
  const { table, types } = await imported(
    "id,day\n12345678901234567890,2024-02-30\n9007199254740993,2024-02-28\n",
  );
  expect(types).toEqual(["VARCHAR", "VARCHAR"]);
  expect(table.column("id").at(0)).toBe("12345678901234567890");
});

test("ten thousand columns make a whole table", async () => {
  const columns = Array.from({ length: 10_000 }, (_, i) => i);
  const csv = [columns.map((i) => `c${i}`), columns, columns.map((i) => (i % 2 ? "" : `v${i}`))]
    .map((row) => row.join(","))
    .join("\n");
  const { table } = await imported(csv);
  expect([table.columns.length, table.numRows]).toEqual([10_000, 2]);
  expect([table.column("c9999").at(0), table.column("c9998").at(1)]).toEqual([9999, "v9998"]);
});

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);

test.each<[string, string | Uint8Array, object]>([
  ["an empty file", "", { why: "empty" }],
  ["a file of line ends", "\n\n\r\n", { why: "empty" }],
  ["a header alone", "a,b,c\n", { why: "header-only", columns: 3 }],
  ["a PNG", png, { why: "not-text", looksLike: "PNG" }],
  ["a ZIP", "PK\x03\x04 something", { why: "not-text", looksLike: "ZIP" }],
  ["a broken workbook", "PK\x03\x04....[Content_Types].xml", { why: "unreadable" }],
  ["a PDF", "%PDF-1.7\n", { why: "not-text", looksLike: "PDF" }],
  ["broken Parquet", "PAR1....", { why: "unreadable" }],
  ["a web page", "<!DOCTYPE html><html>", { why: "not-text", looksLike: "HTML" }],
  ["broken JSON", '[{"a": 1}', { why: "unreadable" }],
  [
    "bytes with zeros",
    Uint8Array.of(97, 0, 0, 0, 98, 44, 99, 100, 101),
    { why: "not-text", looksLike: "binary" },
  ],
  ["an open quotation mark", 'a,b\n1,2\n3,"open\n4,5\n', { why: "unreadable", line: 3 }],
  [
    "a quotation mark open after a field of two lines",
    'a,b\n"1\n2","open\n4,5\n',
    { why: "unreadable", line: 3 },
  ],
  [
    "too many columns",
    `${"x,".repeat(20_000)}x\n1\n`,
    { why: "too-many-columns", columns: 20_001, most: 16_384 },
  ],
])("%s is refused, and every other table is whole", async (_, content, refusal) => {
  await drop("a\n1\n", "whole.csv");
  const before = tables.list();
  const result = await drop(content, "bad.csv");
  expect(result).toMatchObject({ state: "refused", file: "bad.csv", refusal });
  expect(tables.list()).toEqual(before);
  expect(read(before.find(({ name }) => name === "whole")!).toArray()).toEqual([{ a: 1 }]);
});

test("tables are named after files, by names that SQL takes as they are", async () => {
  const names = [];
  for (const file of [
    "telco-Customer.csv",
    "telco customer.CSV",
    "2024 Q1.csv",
    "order.csv",
    "客户.csv",
    "…csv",
  ])
    names.push(await drop("a\n1\n", file));
  expect(names.map((result) => (result.state === "imported" ? result.table.name : null))).toEqual([
    "telco_customer",
    "telco_customer_2",
    "table_2024_q1",
    "table_order",
    "客户",
    "csv",
  ]);
  expect(names[1]).toMatchObject({
    notes: [{ note: "beside-table", from: "telco_customer", to: "telco_customer_2" }],
  });
  for (const result of names)
    if (result.state === "imported")
      expect(tables.database.rows(`select * from ${result.table.name}`)).toEqual([{ a: 1 }]);
});

test("a name that is given is kept", async () => {
  expect(await drop("a\n1\n", "x.csv", "Given_1")).toMatchObject({
    state: "imported",
    table: { name: "Given_1" },
    notes: [],
  });
});

test.each([
  ["while all rows are of one kind", "", ["reading", "importing"]],
  ["once a row was of another kind", "x,2\n", ["reading", "importing", "inferring"]],
])("an import that is cancelled %s leaves nothing behind", async (_, row, met) => {
  const before = tables.list();
  const stop = new AbortController();
  const many = "1,2\n".repeat(1_500_000);
  const file = new File(["a,b\n", many, row, many], "long.csv");
  const phases = new Set<string>();
  const result = await importOne(
    file,
    null,
    ({ phase }) => {
      phases.add(phase);
      if (phase === met.at(-1)) stop.abort();
    },
    stop.signal,
  );
  expect(result).toEqual({ state: "refused", file: "long.csv", refusal: { why: "cancelled" } });
  expect([...phases]).toEqual(met);
  expect(tables.list()).toEqual(before);
});
