import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { Database } from "../../../src/engine/database.ts";
import { PagedResults } from "../../../src/engine/paged-results.ts";
import type { SqlParameter } from "../../../src/protocol/data.ts";
import { duckdbModule } from "./module.ts";

let database: Database;
let results: PagedResults;

beforeAll(async () => {
  database = await Database.open(await duckdbModule());
  results = new PagedResults(database);
});

const { signal } = new AbortController();
const open = (sql: string, parameters: SqlParameter[] = []) => results.open(sql, parameters, signal);
const rows = (bytes: Uint8Array) => tableFromArrow(bytes).toArray();
async function paged(sql: string, parameters: SqlParameter[] = []) {
  const opened = await open(sql, parameters);
  if (opened.state !== "paged") throw new Error("expected a paged result, got a whole one");
  return opened;
}

test("a result that fits is handed over whole", async () => {
  const opened = await open("select range as n from range(3)");
  expect(opened.state === "whole" && rows(opened.rows)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
});

test("a billion rows are read page by page, by the statement alone that gives them", async () => {
  const {
    result,
    sql,
    rows: count,
    first,
  } = await paged("create table made as select 1; select * from range(1000000000);");
  expect([sql, count, tableFromArrow(first).numRows]).toEqual(["select * from range(1000000000)", 1e9, 1000]);
  expect(rows(await results.page(result, 999_999_998, 10))).toEqual([
    { range: 999_999_998 },
    { range: 999_999_999 },
  ]);
  expect(await results.page(result, 0, 2).then(rows)).toEqual([{ range: 0 }, { range: 1 }]);
});

test("every statement runs, though one before the last has more rows than fit", async () => {
  const opened = await open(
    `create or replace table steps as select 1 as x;
     select range as a, range as b, range as c from range(12000000);
     create or replace table steps as select 2 as x;
     from steps`,
  );
  expect(opened.state === "whole" && rows(opened.rows)).toEqual([{ x: 2 }]);
});

test("the pages of a result have its parameters", async () => {
  const sql = "-- all\nselect range + ? as n, ? as t from range(100000000) -- end";
  const { result, rows: count } = await paged(sql, [5, "'; drop table made; --"]);
  expect(count).toBe(1e8);
  expect(rows(await results.page(result, 1e8 - 1, 5))).toEqual([{ n: 1e8 + 4, t: "'; drop table made; --" }]);
});

test("a result that was given up, or never was, is a RangeError", async () => {
  const { result } = await paged("from range(100000000)");
  results.close(result);
  await expect(results.page(result, 0, 1)).rejects.toThrow("this result is gone: run its cell again");
  await expect(results.page("other", 0, 1)).rejects.toThrow(RangeError);
});

test("a page must start and end at whole numbers", async () => {
  const { result } = await paged("from range(100000000)");
  await expect(results.page(result, 0.5, 1)).rejects.toThrow(
    /expected whole numbers of at least 0, got 0.5 and 1/,
  );
  await expect(results.page(result, 0, NaN)).rejects.toThrow(RangeError);
});

test("rows that cannot be counted soon are not counted, whatever memory is freed meanwhile", async () => {
  setFlagsFromString("--expose-gc");
  const freeing = setInterval(runInNewContext("gc") as () => void, 200);
  onTestFinished(() => clearInterval(freeing));
  const heavy =
    "select a.range + b.range as n from range(100000) a, range(1000000) b where hash(a.range + b.range) > 10";
  expect((await paged(heavy)).rows).toBeNull();
});

test("what changes a table is not run twice", async () => {
  await database.query("create table grown (n bigint, t text)");
  const insert = "insert into grown select range, repeat('x', 400) from range(1000000) returning *";
  await expect(open(insert)).rejects.toThrow(/too large: aggregate it, add LIMIT, or run it in a SQL cell/);
  expect(rows(await database.query("select count(*) as n from grown"))[0]!.n).toBe(1_000_000);
});

// It fills the 3 GB that the database may have.
test.runIf(process.env.FULL)("a query that runs out of memory leaves the tables whole", async () => {
  await database.query("create table kept as select range as n from range(1000)");
  const greedy =
    "create table greedy as select range as a, range + 1 as b, range + 2 as c from range(1000000000)";
  await expect(database.query(greedy)).rejects.toThrow(/Out of Memory/);
  expect(rows(await database.query("select sum(n) as n from kept"))).toEqual([{ n: 499_500 }]);
  await expect(database.query("from greedy")).rejects.toThrow(/greedy does not exist/);
});
