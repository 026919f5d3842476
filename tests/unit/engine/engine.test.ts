import { wrap, type Remote } from "comlink";
import { beforeAll, expect, test } from "vitest";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import { createSql } from "../../../src/kernel/sql.ts";
import type { DataEngine, DatasetOptions, NotebookData, OpenOptions } from "../../../src/protocol/data.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import type { RowsQuery } from "../../../src/protocol/table-info.ts";
import { duckdbModule } from "./module.ts";

let engine: DataEngine;
let loads = 0;
const changes: string[] = [];

beforeAll(async () => {
  engine = createDataEngine(() => {
    loads++;
    return duckdbModule();
  });
  await engine.watch((notebook) => changes.push(notebook));
});

async function kernel(notebook: string): Promise<Remote<NotebookData>> {
  const { port1, port2 } = new MessageChannel();
  await engine.connect(notebook, port1);
  return wrap<NotebookData>(port2);
}

const csv = (name: string, text: string): File => new File([text], name);
const ignore = (): void => undefined;
const options: OpenOptions = { truth: true, writable: true };

const page = (offset: number, limit: number): RowsQuery => ({ offset, limit, sort: null, filters: [] });

function importFile(notebook: string, file: File, progress: () => void = ignore): Promise<ImportResult> {
  return engine
    .importFiles(notebook, [{ file, path: file.name }], null, progress)
    .then(([result]) => result!);
}

test("DuckDB is loaded when it is first needed, and once however many notebooks need it", async () => {
  await Promise.all([engine.open("a", options), engine.open("b", options), engine.open("a", options)]);
  expect(loads).toBe(0);
  await Promise.all([kernel("a"), kernel("b"), kernel("a")]);
  expect(loads).toBe(1);
});

test("an imported file can be listed, read by the page and queried by a cell", async () => {
  const result = await importFile("a", csv("people.csv", "id,name\n1,Ada\n2,Grace\n"));
  expect(result).toMatchObject({ state: "imported", table: { name: "people", rows: 2 } });
  expect(await engine.tables("a")).toEqual([
    {
      name: "people",
      rows: 2,
      columns: [
        { name: "id", type: "number", sqlType: "BIGINT", role: null },
        { name: "name", type: "string", sqlType: "VARCHAR", role: null },
      ],
      source: { kind: "file", files: ["people.csv"], bytes: 22, recognised: null },
      kept: "no-disk",
      notes: [],
      rejected: null,
    },
  ]);
  expect(tableFromArrow(await engine.rows("a", "people", page(1, 10))).toArray()).toEqual([
    { id: 2, name: "Grace" },
  ]);
  const data = await kernel("a");
  expect(tableFromArrow(await data.query("select name from people where id = ?", [1])).toArray()).toEqual([
    { name: "Ada" },
  ]);
});

test("a notebook sees none of another's tables", async () => {
  expect(await engine.tables("b")).toEqual([]);
  const data = await kernel("b");
  await expect(data.query("select * from people", [])).rejects.toThrow(/people does not exist/);
});

test("sample data whose generation was stopped does not take the place of what came after it", async () => {
  const data = await kernel("stopped");
  const stopped = expect(data.dataset("shop", { size: "M" })).rejects.toThrow("abort");
  await data.cancel();
  await data.dataset("shop", { size: "S" });
  await stopped;
  const { rows } = await data.describe("shop.customers");
  expect(rows).toBe(2000);
  await engine.close("stopped");
});

test("a relation can be queried until it is released, and is no table of the notebook", async () => {
  const data = await kernel("b");
  const name = await data.register(tableToArrow(Table.from({ x: [1, null, 3] })));
  expect(
    tableFromArrow(await data.query(`select sum(x) as s, count(*) as n from ${name}`, [])).toArray(),
  ).toEqual([{ s: 4, n: 3 }]);
  expect(await engine.tables("b")).toEqual([]);
  await data.release(name);
  await expect(data.query(`select * from ${name}`, [])).rejects.toThrow(/does not exist/);
  await expect(data.release("people; drop table people")).rejects.toThrow(/expected a relation/);
});

test("whoever watches hears of new, changed and dropped tables, but not of mere reading", async () => {
  const data = await kernel("b");
  changes.length = 0;
  await data.query("select 1", []);
  expect(changes).toEqual([]);
  await data.query("create table made as select 1 as x", []);
  await engine.dropTable("b", "made");
  expect(changes).toEqual(["b", "b"]);
  await expect(engine.dropTable("b", "made")).rejects.toThrow(/no table "made"/);
});

test("a kernel that comes anew ends what the one before was asking", async () => {
  const before = await kernel("b");
  const slow = before.query(
    "select count(*) from range(100000) a, range(100000) b where a.range * b.range % 7 = 3",
    [],
  );
  slow.catch(ignore);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const after = await kernel("b");
  expect(tableFromArrow(await after.query("select 1 as x", [])).toArray()).toEqual([{ x: 1 }]);
  await expect(slow).rejects.toThrow();
});

test("a cancelled import says so, and the next one runs", async () => {
  const long = csv("long.csv", `a,b\n${"1,2\n".repeat(3_000_000)}`);
  const result = importFile("b", long, () => void engine.cancelImport());
  expect(await result).toMatchObject({ state: "refused", refusal: { why: "cancelled" } });
  expect(await importFile("b", csv("next.csv", "a\n1\n"))).toMatchObject({
    state: "imported",
  });
});

test("an export and an import under way end with their notebook", async () => {
  const rows = `a,b\n${"1,2\n".repeat(500_000)}`;
  await importFile("ending", csv("long.csv", rows));
  const closing: Promise<void>[] = [];
  const close = (): void => void closing.push(engine.close("ending"));
  await expect(engine.exportTable("ending", "long", "csv", close)).rejects.toThrow("was closed meanwhile");
  await Promise.all(closing);
  const importing = await importFile("ending", csv("long.csv", rows), close);
  expect(importing).toMatchObject({ state: "refused", refusal: { why: "cancelled" } });
  await Promise.all(closing);
});

test("a dataset made by a cell is listed as one, its columns described", async () => {
  const data = await kernel("a");
  const names = await data.dataset("shop", { seed: 1 });
  expect(names).toEqual(expect.arrayContaining(["shop.customers", "shop.orders"]));
  const listed = await engine.tables("a");
  const made = listed.filter(({ source }) => source.kind === "dataset" && !source.truth);
  expect(made.map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(made.every(({ kept }) => kept === "memory")).toBe(true);
  const user = made.find(({ name }) => name === "shop.orders")!.columns.find(({ role }) => role === "user");
  expect(user?.description?.en).toMatch(/\w/);
});

test("a closed notebook begins empty when it is opened again", async () => {
  await engine.close("a");
  expect(await engine.tables("a")).toEqual([]);
});

test("a Table put into sql is a relation there, and leaves nothing behind", async () => {
  const sql = createSql(await kernel("lend"));
  const lent = Table.from({ n: [1, 2, 39] });
  const sum =
    await sql`select sum(n) as total, ${"x"} as label from ${lent} as l join ${lent} as r using (n)`;
  expect(sum.toArray()).toEqual([{ total: 42, label: "x" }]);
  const left = await sql`select count(*) as n from duckdb_tables() where schema_name like 'cohortbook%'`;
  expect(left.toArray()).toEqual([{ n: 0 }]);
});

test("a table named by a reserved word is listed, read and dropped like any other", async () => {
  const data = await kernel("words");
  await data.query(
    'create table "order" as select 1 as x; create schema "group"; create table "group"."a b" as select 2 as x',
    [],
  );
  expect((await engine.tables("words")).map(({ name, rows }) => [name, rows])).toEqual([
    ['"order"', 1],
    ['"group"."a b"', 1],
  ]);
  expect(tableFromArrow(await engine.rows("words", '"order"', page(0, 9))).toArray()).toEqual([{ x: 1 }]);
  await engine.dropTable("words", '"order"');
  expect(await engine.tables("words")).toHaveLength(1);
});

test.each([
  [{ size: "XL" }, 'dataset: expected "size" to be "S", "M" or "L", got "XL"'],
  [{ size: "__proto__" }, "size"],
  [{ seed: NaN }, 'dataset: expected "seed" to be a whole number from 0 to 2^53 − 1, got NaN'],
  [{ seed: 1.5 }, "seed"],
  [{ seed: -1 }, "seed"],
  [{ seed: "1" }, "seed"],
  [{ as: null }, 'dataset: expected "as" to be a name that SQL takes without quotes, got null'],
  [{ as: ["x"] }, "as"],
  [{ as: "select" }, "as"],
  [{ as: "a b" }, "as"],
  [{ as: "Cohortbook_relations" }, "as"],
  [{ as: "main" }, 'dataset: expected "as" to be a name that the database does not use itself, got "main"'],
  ...["Truth", "shop_truth", "temp", "memory", "information_schema", "pg_catalog"].map(
    (as): [object, string] => [{ as }, "does not use itself"],
  ),
])("dataset refuses the options %j and makes nothing", async (options, message) => {
  const data = await kernel("options");
  await expect(data.dataset("shop", options as DatasetOptions)).rejects.toThrow(message);
  expect(await engine.tables("options")).toEqual([]);
});

test("a schema is one and the same however its letters are written", async () => {
  await engine.open("case", options);
  const data = await kernel("case");
  const before = await data.dataset("clickstream", {});
  const after = await data.dataset("clickstream", { as: "ClickStream", seed: 1 });
  expect(after).toEqual(before);
  const schemas = (await engine.tables("case")).map(({ name }) => name.split(".")[0]);
  expect([...new Set(schemas)]).toEqual(["clickstream", "truth"]);
});

test("queries that are cancelled make way for the next one", async () => {
  const data = await kernel("long");
  const endless = data.query(
    "select count(*) from range(100000) a, range(100000) b where a.range * b.range % 7 = 3",
    [],
  );
  const behind = data.query("select count(*) from range(1000000000000)", []);
  const ended = Promise.allSettled([endless, behind]);
  setTimeout(() => void data.cancel(), 100);
  expect((await ended).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tableFromArrow(await data.query("select 1 as x", [])).toArray()).toEqual([{ x: 1 }]);
});

test("what a kernel lent is gone when the next one comes", async () => {
  const rows = tableToArrow(Table.from({ n: [1] }));
  await (await kernel("lent")).register(rows);
  const lent = "select count(*) as n from duckdb_tables() where schema_name like 'cohortbook%'";
  expect(tableFromArrow(await (await kernel("lent")).query(lent, [])).toArray()).toEqual([{ n: 0 }]);
});

test("a module that did not load is asked for again", async () => {
  const loads = [Promise.reject(new Error("offline")), duckdbModule()];
  const late = createDataEngine(() => loads.shift()!);
  const connect = (): Promise<void> => late.connect("n", new MessageChannel().port1);
  await expect(connect()).rejects.toThrow("offline");
  await connect();
  expect(await late.tables("n")).toEqual([]);
});

test("a transaction that a kernel left open is rolled back when the next one comes", async () => {
  const first = await kernel("begun");
  await first.query("create table kept as select 1 as x", []);
  await first.query("begin", []);
  await first.query("insert into kept values (2)", []);
  const next = await kernel("begun");
  expect(tableFromArrow(await next.query("from kept", [])).toArray()).toEqual([{ x: 1 }]);
});

test("a kernel cannot run code in the data worker", async () => {
  const { port1, port2 } = new MessageChannel();
  await engine.connect("a", port1);
  const heard: unknown[] = [];
  port2.onmessage = ({ data }) => heard.push(data);
  const code = { type: "RAW", value: "globalThis.escaped = true" };
  port2.postMessage({ id: "1", type: "CONSTRUCT", path: ["query", "constructor"], argumentList: [code] });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual([]);
  expect("escaped" in globalThis).toBe(false);
  port2.close();
});
