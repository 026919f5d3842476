import { beforeAll, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import type { SqlParameter } from "../../../src/protocol/data.ts";
import { Database } from "../../../src/engine/database.ts";
import { duckdbModule } from "./module.ts";

let database: Database;

beforeAll(async () => {
  database = await Database.open(await duckdbModule());
});

async function rows(sql: string, parameters: SqlParameter[] = []): Promise<object[]> {
  return tableFromArrow(await database.query(sql, parameters)).toArray();
}

test("a query gives its rows as Arrow", async () => {
  expect(await rows("select range as n, 'x' || range as s from range(3)")).toEqual([
    { n: 0, s: "x0" },
    { n: 1, s: "x1" },
    { n: 2, s: "x2" },
  ]);
});

test("a query of a million rows gives them all", async () => {
  const table = tableFromArrow(await database.query("select range::double as x from range(1000000)"));
  expect(table.numRows).toBe(1_000_000);
  expect(table.column("x").at(999_999)).toBe(999_999);
});

test("a whole number that no double holds is an error that names its column, and is not rounded", async () => {
  expect(await rows("select 9007199254740992::bigint as n")).toEqual([{ n: 2 ** 53 }]);
  await expect(rows("select 9007199254740993::bigint as n")).rejects.toThrow(/column "n".*cast it to/);
});

test("parameters are bound with their own types", async () => {
  const date = new Date("2024-02-29T12:00:00.250Z");
  const sql =
    "select ? + 1 as whole, ? as half, ? as text, ? as flag, ? as nothing, ? as day, typeof($7) as kind";
  const bound = sql.replace(
    /\?/g,
    (
      (n) => () =>
        `$${++n}`
    )(0),
  );
  expect(await rows(bound, [2, 0.5, "it's", true, null, date, date])).toEqual([
    { whole: 3, half: 0.5, text: "it's", flag: true, nothing: null, day: date, kind: "TIMESTAMP" },
  ]);
  expect(await rows("select ? + interval 1 day as next", [date])).toEqual([
    { next: new Date("2024-03-01T12:00:00.250Z") },
  ]);
  expect(await rows("select ?::double as x, ? as y", [NaN, -Infinity])).toEqual([{ x: NaN, y: -Infinity }]);
});

test("a bound text is never SQL", async () => {
  const text = "'; drop table kept; --";
  await rows("create table kept as select 1 as x");
  expect(await rows("select ? as t", [text])).toEqual([{ t: text }]);
  expect(await rows("select * from kept")).toEqual([{ x: 1 }]);
});

test("an error keeps DuckDB's message and the line", async () => {
  await expect(rows("select 1\nfrom missing_table")).rejects.toThrow(
    /Catalog Error.*missing_table[^]*LINE 2: from missing_table/,
  );
  await expect(rows("select 1\nfrom missing_table where x = ?", [1])).rejects.toThrow(
    /LINE 2: from missing_table/,
  );
  await expect(rows("selec 1")).rejects.toThrow(/Parser Error[^]*LINE 1: selec 1/);
  await expect(rows("select cast('abc' as integer) as x from range(5)")).rejects.toThrow(/^Conversion Error/);
  await expect(rows("select 1;\n\nselect nope from range(1)")).rejects.toThrow(/LINE 3:/);
});

test("an error leaves the database in working order", async () => {
  await expect(rows("select error('no') from range(10)")).rejects.toThrow(/no/);
  expect(await rows("select 1 as x")).toEqual([{ x: 1 }]);
});

test("of several statements the last one gives the rows", async () => {
  expect(
    await rows(
      "create table t as select ';' as x; insert into t values ('é;');\nselect count(*) as n from t;",
    ),
  ).toEqual([{ n: 2 }]);
});

test("queries that come together run one after the other", async () => {
  const answers = await Promise.all(
    [1, 2, 3].map((x) => rows("select ? + max(range) as x from range(100000)", [x])),
  );
  expect(answers).toEqual([[{ x: 100_000 }], [{ x: 100_001 }], [{ x: 100_002 }]]);
});

test("a long query stops when it is told to, and the next one runs", async () => {
  const stop = new AbortController();
  const slow = database.query(
    "select count(*) as n from range(100000) a, range(100000) b where a.range * b.range % 7 = 3",
    [],
    stop.signal,
  );
  setTimeout(() => stop.abort(), 50);
  await expect(slow).rejects.toThrow(/abort/i);
  expect(await rows("select 1 as x")).toEqual([{ x: 1 }]);
});

test("databases do not see each other's tables", async () => {
  const other = await Database.open(await duckdbModule());
  await other.query("create table secret as select 42 as x");
  await expect(rows("select * from secret")).rejects.toThrow(/secret does not exist/);
  await other.close();
});
