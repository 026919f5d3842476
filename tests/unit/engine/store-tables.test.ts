import { beforeAll, beforeEach, expect, test } from "vitest";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { Database } from "../../../src/engine/database.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import { retype } from "../../../src/engine/tables/retype.ts";
import { KeptTables } from "../../../src/engine/store/kept-tables.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { duckdbModule } from "./module.ts";
import { MemoryDisk } from "./memory-disk.ts";

/** The tables of a notebook on a disk, as one tab after the other opens them. */
let disk: MemoryDisk;
let tables: NotebookTables;
let database: Database;

beforeAll(async () => {
  database = await Database.open(await duckdbModule());
});

beforeEach(async () => {
  disk = new MemoryDisk();
  tables = await open();
});

async function open(): Promise<NotebookTables> {
  for (const { name } of database.rows(
    "SELECT table_name AS name FROM duckdb_tables() WHERE schema_name = 'main'",
  ))
    database.run(`DROP TABLE ${name as string}`);
  database.run("DROP SCHEMA IF EXISTS s CASCADE");
  return new NotebookTables(database, true, await KeptTables.open(await disk.open("n", "write"), "write"));
}

/** What the next tab finds, after this one was killed. */
async function reload(): Promise<void> {
  disk = disk.switchedOn();
  tables = await open();
}

const source = { kind: "file", files: ["people.csv"], bytes: 20, recognised: null } as const;

/** Imports a table of two columns, and its rejected rows where there are some. */
async function add(name: string, users: readonly string[], rejected = 0): Promise<TableInfo> {
  const draft = await tables.draft("user_id VARCHAR, n BIGINT");
  const half = Math.ceil(users.length / 2);
  for (const part of [users.slice(0, half), users.slice(half)])
    if (part.length) draft.insert(tableToArrow(Table.from({ u: part, n: part.map((_, i) => i) })));
  const table = { name, source, roles: new Map([["user_id", "user"]] as const) };
  if (!rejected) return draft.commit(table);
  const refused = await tables.draft("reason VARCHAR");
  refused.insert(tableToArrow(Table.from({ reason: Array<string>(rejected).fill("broken off") })));
  return draft.commit(table, refused);
}

async function users(name: string): Promise<unknown[]> {
  return tables.database.rows(`SELECT user_id FROM ${await tables.loaded(name)}`).map((row) => row.user_id);
}

const names = (): string[] => tables.list().map(({ name }) => name);

test("a table comes back with its rows, roles and source, and is listed before any row is read", async () => {
  const info = await add("people", ["a", "b", "c"], 2);
  expect(info).toMatchObject({ name: "people", rows: 3, source, kept: "disk" });
  expect(info.columns[0]).toMatchObject({ name: "user_id", sqlType: "VARCHAR", role: "user" });
  const before = tables.list();
  await reload();
  expect(tables.list()).toEqual(before);
  expect(tables.database.rows("SELECT 1 FROM duckdb_tables()")).toEqual([]);
  expect(await users("PEOPLE")).toEqual(["a", "b", "c"]);
  expect(tables.list()).toEqual(before);
  expect(tables.describe("people_rejected")).toMatchObject({ rows: 2, kept: "disk" });
});

test("a draft that is aborted, or cut off, leaves nothing behind", async () => {
  await add("people", ["a"]);
  const files = disk.names("n");
  const aborted = await tables.draft("x BIGINT");
  aborted.insert(tableToArrow(Table.from({ x: [1] })));
  await aborted.abort();
  expect(disk.names("n")).toEqual(files);
  const cutOff = await tables.draft("x BIGINT");
  cutOff.insert(tableToArrow(Table.from({ x: [1] })));
  expect(names()).toEqual(["people"]);
  await reload();
  expect(names()).toEqual(["people"]);
  expect(disk.names("n")).toEqual(files);
});

test("a disk that is full at any byte of an import costs no table, and what was imported stays in memory", async () => {
  await add("people", ["a", "b"]);
  const files = disk.names("n");
  const before = disk.used;
  await add("more", ["c", "d", "e"], 1);
  const needed = disk.used - before;
  await tables.drop("more");
  await tables.drop("more_rejected");
  await reload();
  for (let room = 0; room < needed; room += 97) {
    disk.quota = disk.used + room;
    const info = await add("more", ["c", "d", "e"], 1);
    expect(info).toMatchObject({ name: "more", rows: 3, kept: "disk-full" });
    expect(await users("more")).toEqual(["c", "d", "e"]);
    expect(disk.names("n").filter((name) => name.endsWith(".arrows"))).toHaveLength(1);
    expect(disk.names("n")).toHaveLength(files.length);
    await tables.drop("more");
    await tables.drop("more_rejected");
  }
  disk.quota = Infinity;
  await reload();
  expect(names()).toEqual(["people"]);
  expect(await users("people")).toEqual(["a", "b"]);
});

test("names that are taken on disk are not given again, though no row of them was read", async () => {
  await add("people", ["a"]);
  await reload();
  expect((await add("people", ["b"])).name).toBe("people_2");
  expect((await add("cohortbook_draft_1", ["b"])).name).toBe("table_cohortbook_draft_1");
});

test("a table and the one of its rejected rows are renamed together, for good", async () => {
  await add("people", ["a"], 1);
  await reload();
  expect(await tables.rename("people", "Buyers")).toMatchObject({ name: "Buyers", rows: 1, kept: "disk" });
  expect(names()).toEqual(["Buyers", "Buyers_rejected"]);
  await tables.rename("Buyers", "buyers");
  await reload();
  expect(names()).toEqual(["buyers", "buyers_rejected"]);
  expect(await users("buyers")).toEqual(["a"]);
});

test("a table is not renamed to what SQL does not take, or to what is taken", async () => {
  await add("people", ["a"]);
  await add("other", ["b"]);
  for (const name of ["select", "a b", "1st", "", 'x"y', "cohortbook_draft_9", "OTHER", "people.x"])
    await expect(tables.rename("people", name)).rejects.toThrow(`got ${JSON.stringify(name)}`);
  expect(names()).toEqual(["other", "people"]);
});

test("a table that cannot be renamed on disk keeps its name", async () => {
  await add("people", ["a"]);
  disk.quota = disk.used;
  await expect(tables.rename("people", "buyers")).rejects.toThrow("full");
  expect(tables.list()).toMatchObject([{ name: "people", kept: "disk" }]);
});

test("roles that are changed stay changed", async () => {
  await add("people", ["a"]);
  const columns = new Map([["n", { role: "amount" }]] as const);
  const info = await tables.updateMeta("people", { columns });
  expect(info.columns.map(({ role }) => role)).toEqual([null, "amount"]);
  await reload();
  expect(tables.describe("people")).toEqual(info);
  expect([...tables.meta("people").columns]).toEqual([
    ["user_id", { role: null }],
    ["n", { role: "amount" }],
  ]);
});

test("a deleted table comes back with all that was known of it, and else is gone for good", async () => {
  const info = await add("people", ["a", "b"]);
  await add("other", ["c"]);
  const dropped = await tables.drop("people");
  expect(names()).toEqual(["other"]);
  expect(await tables.restore(dropped)).toEqual(info);
  expect(await users("people")).toEqual(["a", "b"]);
  await reload();
  expect(await users("people")).toEqual(["a", "b"]);
  await tables.drop("people");
  await reload();
  expect(names()).toEqual(["other"]);
  expect(disk.names("n")).toHaveLength(2);
});

test("a deleted table that was never kept comes back too", async () => {
  await tables.database.query(
    "CREATE TABLE made AS SELECT 7 AS x; CREATE SCHEMA s; CREATE TABLE s.t AS FROM made",
  );
  for (const name of ["made", "s.t"]) {
    const before = tables.list();
    const dropped = await tables.drop(name);
    expect(names()).not.toContain(name);
    expect((await tables.restore(dropped)).name).toBe(name);
    expect(tables.list()).toEqual(before);
    expect(tables.database.rows(`FROM ${name}`)).toEqual([{ x: 7 }]);
  }
});

test("a deleted table whose name was given away comes back under another one", async () => {
  await add("people", ["a"]);
  const dropped = await tables.drop("people");
  await add("people", ["b"]);
  expect((await tables.restore(dropped)).name).toBe("people_2");
  await reload();
  expect([await users("people"), await users("people_2")]).toEqual([["b"], ["a"]]);
});

test("only the table that was deleted last comes back, and once", async () => {
  await add("people", ["a"]);
  await add("other", ["b"]);
  const first = await tables.drop("people");
  const last = await tables.drop("other");
  await expect(tables.restore(first)).rejects.toThrow("the table is gone");
  await tables.restore(last);
  await expect(tables.restore(last)).rejects.toThrow("the table is gone");
  expect(names()).toEqual(["other"]);
});

test("a full disk keeps nobody from deleting a table, nor from having it back", async () => {
  await add("people", ["a"]);
  disk.quota = disk.used;
  const dropped = await tables.drop("people");
  expect(disk.names("n").filter((name) => name.endsWith(".arrows"))).toEqual([]);
  disk.quota = Infinity;
  expect(await tables.restore(dropped)).toMatchObject({ name: "people", rows: 1, kept: "disk" });
  await reload();
  expect(await users("people")).toEqual(["a"]);
});

test("what a cell does to an imported table lasts as long as the tab", async () => {
  await add("people", ["a"]);
  await tables.database.query("INSERT INTO people VALUES ('z', 1)");
  expect(tables.describe("people")).toMatchObject({ rows: 2, kept: "disk" });
  await tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id");
  expect(tables.describe("people")).toMatchObject({ rows: 1, source: { kind: "query" }, kept: "memory" });
  await reload();
  expect(await users("people")).toEqual(["a"]);
});

test("a deleted table that a cell had put in the place of an imported one comes back, and that one too", async () => {
  await add("people", ["a"]);
  await tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id");
  const dropped = await tables.drop("people");
  expect(disk.names("n").filter((name) => name.endsWith(".arrows"))).toHaveLength(1);
  await tables.restore(dropped);
  expect(await users("people")).toEqual(["q"]);
  await reload();
  expect(await users("people")).toEqual(["a"]);
});

test("a table that is kept anew comes back as it is now, of every type, and its old file is gone", async () => {
  await add("people", ["a"]);
  const meta = tables.meta("people");
  const values = `7 AS n, 'ä' AS s, NULL::VARCHAR AS none, true AS f, 0.1::DOUBLE AS x, 12.50::DECIMAL(9, 2) AS d,
    DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 10:11:12.345678' AS at, [1, 2] AS list`;
  const all = `SELECT ${values}, range AS row FROM range(200000)`;
  await tables.database.query(`CREATE OR REPLACE TABLE people AS ${all}`);
  const info = await tables.keep("people", meta);
  expect(info).toMatchObject({ rows: 200_000, source, kept: "disk" });
  expect(disk.names("n")).toHaveLength(2);
  await reload();
  expect(tables.describe("people")).toEqual(info);
  await tables.loaded("people");
  const differ = await tables.database.query(`FROM people EXCEPT ${all}`);
  expect(tableFromArrow(differ).numRows).toBe(0);
  expect(tables.describe("people")).toEqual(info);
});

test("a table that is kept anew on a full disk is in memory, and the one before it stays on disk", async () => {
  await add("people", ["a"]);
  const meta = tables.meta("people");
  await tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id FROM range(9999)");
  disk.quota = disk.used + 100;
  expect(await tables.keep("people", meta)).toMatchObject({ rows: 9999, kept: "disk-full" });
  disk.quota = Infinity;
  await reload();
  expect(await users("people")).toEqual(["a"]);
});

test("a damaged file costs its own table alone, which can be deleted", async () => {
  await add("people", ["a"]);
  await add("other", ["b"]);
  const id = tables.kept.tables.find(({ name }) => name === "people")!.id;
  disk.damage("n", `${id}.arrows`, (bytes) => bytes.slice(0, -3));
  await reload();
  await tables.allLoaded();
  expect(await users("other")).toEqual(["b"]);
  await expect(tables.loaded("people")).rejects.toThrow('table "people" could not be read from disk');
  await tables.drop("people");
  await reload();
  expect(names()).toEqual(["other"]);
});

test("a column that gets another type after a reload adds to the rejected rows that are on disk", async () => {
  await add("people", ["1", "x"]);
  await retype(tables, tables.describe("people"), "user_id", "integer");
  await reload();
  await tables.loaded("people");
  await retype(tables, tables.describe("people"), "n", "date");
  await reload();
  expect(tables.describe("people_rejected")).toMatchObject({ rows: 3, source, kept: "disk" });
  const types = tables.describe("people").columns.map(({ sqlType, role }) => [sqlType, role]);
  expect(types).toEqual([
    ["BIGINT", "user"],
    ["DATE", null],
  ]);
});

test("tables that are asked for at once are read once", async () => {
  await add("people", ["a"]);
  await reload();
  await Promise.all([tables.allLoaded(), tables.loaded("people"), tables.allLoaded()]);
  expect(tables.list()).toMatchObject([{ name: "people", rows: 1 }]);
});

test("a table that is deleted while it is read stays deleted", async () => {
  await add("people", ["a"]);
  await reload();
  const reading = tables.loaded("people").catch(() => undefined);
  await tables.drop("people");
  await reading;
  expect(names()).toEqual([]);
});
