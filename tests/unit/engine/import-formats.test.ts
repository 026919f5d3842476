import { gzipSync } from "node:zlib";
import {
  columnFromArray,
  int64,
  tableFromArrays,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
} from "@uwdata/flechette";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { arrowFile } from "../../../src/data/arrow-file.ts";
import type { Row } from "../../../src/data/table.ts";
import { Table } from "../../../src/data/table.ts";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";
import { workbook } from "./workbook.ts";

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
});

beforeEach(async () => {
  for (let [table] = tables.list(); table; [table] = tables.list()) await tables.drop(table.name);
});

type Content = string | Uint8Array | ArrayBuffer;

async function drop(
  ...files: readonly (readonly [path: string, content: Content])[]
): Promise<readonly ImportResult[]> {
  const all = files.map(([path, content]) => ({
    file: new File([content as BlobPart], path.split("/").at(-1)),
    path,
  }));
  return importFiles(tables, all, null, () => undefined, new AbortController().signal);
}

function rows(table: string): Row[] {
  return tables.database.rows(`SELECT * FROM ${table}`);
}

function types(table: string): Record<string, string> {
  const { columns } = tables.describe(table);
  return Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType]));
}

const people = [
  { id: 1, name: "Ada", score: 3.5, day: "2024-01-02", member: true, tags: ["a", "b"] },
  { id: 2, name: "顾客", score: null, day: null, member: false, tags: null },
];
const peopleTypes = {
  id: "BIGINT",
  name: "VARCHAR",
  score: "DOUBLE",
  day: "DATE",
  member: "BOOLEAN",
  tags: "VARCHAR",
};
const read = [
  { id: 1, name: "Ada", score: 3.5, day: new Date("2024-01-02"), member: true, tags: '["a","b"]' },
  { id: 2, name: "顾客", score: null, day: null, member: false, tags: null },
];

test.each([
  ["people.json", JSON.stringify(people)],
  ["people.json", `\uFEFF${JSON.stringify({ total: 2, data: people }, null, 2)}`],
  ["people.ndjson", people.map((row) => JSON.stringify(row)).join("\n")],
  ["people.json", people.map((row) => JSON.stringify(row)).join("\r\n")],
  ["people.json.gz", gzipSync(JSON.stringify(people))],
  [
    "people.json",
    JSON.stringify({
      id: [1, 2],
      name: ["Ada", "顾客"],
      score: [3.5, null],
      day: ["2024-01-02", null],
      member: [true, false],
      tags: ['["a","b"]', null],
    }),
  ],
  [
    "people.json",
    JSON.stringify([
      ["id", "name", "score", "day", "member", "tags"],
      [1, "Ada", 3.5, "2024-01-02", true, ["a", "b"]],
      [2, "顾客", null, null, false, null],
    ]),
  ],
] as [string, Content][])("%s: JSON in its forms becomes one table (%#)", async (path, content) => {
  const [result] = await drop([path, content]);
  expect(result).toMatchObject({ state: "imported", table: { name: "people", rows: 2 }, notes: [] });
  expect(types("people")).toEqual(peopleTypes);
  expect(rows("people")).toEqual(read);
});

test.each([
  ["ids.json", (rows: string[]) => `[${rows.join(",")}]`],
  ["ids.ndjson", (rows: string[]) => rows.join("\n")],
])("%s: integers that no double holds keep each digit", async (path, textOf) => {
  const lines = [
    '{"id":1234567890123456789,"safe":1234567890123456,"x":0.1234567890123456,"t":"a:1234567890123456789"}',
    '{"id":-1234567890123456788,"safe":2,"x":1.5,"t":"\\"1234567890123456789"}',
  ];
  await drop([path, textOf(lines)]);
  expect(rows("ids")).toEqual([
    { id: "1234567890123456789", safe: 1234567890123456, x: 0.1234567890123456, t: "a:1234567890123456789" },
    { id: "-1234567890123456788", safe: 2, x: 1.5, t: '"1234567890123456789' },
  ]);
});

test.each([
  ["broken.json", '[{"a":1},', "unreadable"],
  ["scalars.json", "[1, 2, 3]", "unreadable"],
  ["none.json", "[]", "empty"],
  ["cut.csv.gz", gzipSync("a,b\n1,2\n").subarray(0, 20), "unreadable"],
  [
    "broken.xlsx",
    new Uint8Array([0x50, 0x4b, 3, 4, ...new TextEncoder().encode("xl/ and nothing more")]),
    "unreadable",
  ],
  ["broken.parquet", "PAR1 and nothing more", "unreadable"],
  ["broken.arrow", "ARROW1\0\0 and nothing more", "unreadable"],
] as [string, Content, string][])("%s is refused for what it is", async (path, content, why) => {
  const [result] = await drop([path, content]);
  expect(result).toMatchObject({ state: "refused", file: path, refusal: { why } });
  expect(tables.list()).toEqual([]);
});

test("Parquet of several row groups and pages comes in whole, every row in its place", async () => {
  const rows = 250_000;
  const file = parquetWriteBuffer({
    columnData: [
      { name: "id", data: Array.from({ length: rows }, (_, i) => i), type: "INT32" },
      {
        name: "word",
        data: Array.from({ length: rows }, (_, i) => (i % 3 ? `w${i % 7}` : null)),
        type: "STRING",
      },
    ],
    rowGroupSize: [1000, 180_000],
    pageSize: 4096,
  });
  expect(await drop(["groups.parquet", file])).toMatchObject([{ state: "imported", table: { rows } }]);
  expect(
    tables.database.rows(`SELECT count(*) FILTER (id = rowid) AS placed, count(word) AS words,
      count(*) FILTER (word = 'w' || (id % 7)) AS right FROM groups`),
  ).toEqual([{ placed: rows, words: 166_666, right: 166_666 }]);
});

test("Parquet keeps its types; nested columns are JSON", async () => {
  const file = parquetWriteBuffer({
    columnData: [
      { name: "id", data: [1n, 9_007_199_254_740_992n, null], type: "INT64" },
      { name: "name", data: ["Ada", null, "顾客"], type: "STRING" },
      { name: "score", data: [1.5, null, -0.25], type: "DOUBLE" },
      { name: "at", data: [new Date("2024-01-02T03:04:05Z"), null, new Date(0)], type: "TIMESTAMP" },
      { name: "member", data: [true, false, null], type: "BOOLEAN" },
      { name: "extra", data: [{ a: [1, 2] }, null, { a: [] }], type: "JSON" },
    ],
  });
  expect(await drop(["people.parquet", file])).toMatchObject([{ state: "imported", table: { rows: 3 } }]);
  expect(types("people")).toEqual({
    id: "BIGINT",
    name: "VARCHAR",
    score: "DOUBLE",
    at: "TIMESTAMP",
    member: "BOOLEAN",
    extra: "VARCHAR",
  });
  expect(
    tables.database.rows('SELECT id::VARCHAR AS id, name, score, "at", member, extra FROM people'),
  ).toEqual([
    {
      id: "1",
      name: "Ada",
      score: 1.5,
      at: new Date("2024-01-02T03:04:05Z"),
      member: true,
      extra: '{"a":[1,2]}',
    },
    { id: "9007199254740992", name: null, score: null, at: null, member: false, extra: null },
    { id: null, name: "顾客", score: -0.25, at: new Date(0), member: null, extra: '{"a":[]}' },
  ]);
});

test.each(["parquet", "arrow"])("microseconds of timestamps in %s are kept", async (format) => {
  const micros = [1_704_103_200_123_456n, -1n, null];
  const parquet = (): ArrayBuffer =>
    parquetWriteBuffer({
      columnData: [{ name: "at", data: micros }],
      schema: [
        { name: "root", num_children: 1 },
        {
          name: "at",
          type: "INT64",
          repetition_type: "OPTIONAL",
          logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
        },
      ],
    });
  const arrow = (): Uint8Array => {
    const at = columnFromArray(
      micros.map((each) => (each === null ? null : Number(each) / 1000)),
      timestamp(TimeUnit.MICROSECOND),
    );
    return tableToIPC(tableFromColumns({ at }), { format: "stream" })!.slice();
  };
  await drop([`times.${format}`, format === "arrow" ? arrow() : parquet()]);
  expect(tables.database.rows(`SELECT epoch_us("at")::VARCHAR AS us FROM times`)).toEqual(
    micros.map((each) => ({ us: each === null ? null : String(each) })),
  );
});

test("Arrow comes in as a file and as a stream", async () => {
  const stream = tableToArrow(
    Table.from({ n: [1, 2, 3], t: ["x", null, "z"], d: [new Date(0), null, new Date(1e12)] }),
  );
  await drop(["a.arrow", arrowFile([stream])], ["b.arrows", stream.slice()]);
  const [{ n }] = tables.database.rows("SELECT count(*) AS n FROM a") as [Row];
  expect(n).toBe(6);
  expect(types("a")).toMatchObject({ n: "DOUBLE", t: "VARCHAR", d: "TIMESTAMP", file: "VARCHAR" });
});

test("whole numbers beyond 2^53 are kept digit by digit, as texts", async () => {
  const ids = [7n, 123456789012345678n, null, 123456789012345679n];
  const column = Array.from(
    { length: 250_000 },
    (_, i) => ids[i - 249_996] ?? (i < 249_996 ? BigInt(i) : null),
  );
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: "id", data: column, type: "INT64" },
      { name: "k", data: column.map((_, i) => BigInt(i)), type: "INT64" },
    ],
  });
  const arrow = tableToIPC(
    tableFromArrays({ id: ids, n: [1n, 2n, 3n, 4n] }, { types: { id: int64(), n: int64() } }),
    { format: "stream" },
  )!;
  await drop(["pq.parquet", parquet], ["ar.arrows", arrow.slice()]);
  expect(types("ar")).toEqual({ id: "VARCHAR", n: "BIGINT" });
  const texts = ["7", "123456789012345678", null, "123456789012345679"];
  expect(rows("ar").map(({ id }) => id)).toEqual(texts);
  expect(types("pq")).toEqual({ id: "VARCHAR", k: "BIGINT" });
  expect(rows("pq WHERE k >= 249996").map(({ id }) => id)).toEqual(texts);
  expect(rows("pq LIMIT 2").map(({ id }) => id)).toEqual(["0", "1"]);
});

test("each sheet of a workbook that has rows is a table", async () => {
  const file = workbook([
    [
      "Sales 2024",
      [
        ["Day", "Amount", "Note"],
        [45_292, 12.5, "a, b"],
        [45_293, 7, null],
      ],
    ],
    ["Empty", []],
    ["Staff", [["Name"], ["Ada"], ["007"]]],
  ]);
  const results = await drop(["book.xlsx", file]);
  expect(results.map((result) => result.state === "imported" && result.table.name)).toEqual([
    "book_sales_2024",
    "book_staff",
  ]);
  expect(rows("book_sales_2024")).toEqual([
    { Day: 45_292, Amount: 12.5, Note: "a, b" },
    { Day: 45_293, Amount: 7, Note: null },
  ]);
  expect(rows("book_staff")).toEqual([{ Name: "Ada" }, { Name: "007" }]);
});

test("one refused file does not stop the others", async () => {
  const results = await drop(["a.csv", "x\n1\n"], ["b.csv", ""], ["c.csv", "y\n2\n"]);
  expect(results.map(({ state }) => state)).toEqual(["imported", "imported", "refused"]);
  expect(tables.list().map(({ name }) => name)).toEqual(["a", "c"]);
});

test("roles are guessed from names and types", async () => {
  await drop(["orders.csv", "order_id,customer_id,ordered_at,total,churned\n1,7,2024-01-01,9.5,true\n"]);
  expect(tables.describe("orders").columns.map(({ role }) => role)).toEqual([
    null,
    "user",
    "time",
    "amount",
    "target",
  ]);
});
