import { expect, test } from "vitest";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { retype } from "../../../src/engine/tables/retype.ts";
import { notebookOnDisk, source } from "./notebook-on-disk.ts";

const notebook = notebookOnDisk();

test("a table comes back with its rows, roles and source, and is listed before any row is read", async () => {
  const info = await notebook.add("people", ["a", "b", "c"], 2);
  expect(info).toMatchObject({ name: "people", rows: 3, source, kept: "disk" });
  expect(info.columns[0]).toMatchObject({ name: "user_id", sqlType: "VARCHAR", role: "user" });
  const before = notebook.tables.list();
  await notebook.reload();
  expect(notebook.tables.list()).toEqual(before);
  expect(notebook.tables.database.rows("SELECT 1 FROM duckdb_tables()")).toEqual([]);
  expect(await notebook.users("PEOPLE")).toEqual(["a", "b", "c"]);
  expect(notebook.tables.list()).toEqual(before);
  expect(notebook.tables.describe("people_rejected")).toMatchObject({ rows: 2, kept: "disk" });
});

test("SQL brings those tables in that it names, and all where it may reach others", async () => {
  for (const name of ["people", "orders", "other"]) await notebook.add(name, ["a"]);
  const loadedBy = async (...statements: string[]): Promise<unknown[]> => {
    await notebook.reload();
    for (const sql of statements) {
      await notebook.tables.loadedFor(sql);
      if (/^create/i.test(sql)) await notebook.database.query(sql);
    }
    const there = notebook.database.rows("SELECT table_name AS name FROM duckdb_tables() ORDER BY 1");
    notebook.database.run("DROP VIEW IF EXISTS v");
    return there.map(({ name }) => name);
  };
  const all = ["orders", "other", "people"];
  expect(await loadedBy("SELECT 1")).toEqual([]);
  expect(await loadedBy('FROM People JOIN "ORDERS" USING (user_id)')).toEqual(["orders", "people"]);
  expect(await loadedBy("SELECT count(*) FROM duckdb_tables()")).toEqual(all);
  expect(await loadedBy("SHOW TABLES")).toEqual(all);
  expect(await loadedBy("FROM query_table($1)")).toEqual(all);
  expect(await loadedBy("CREATE VIEW v AS FROM people", "FROM v")).toEqual(all);
});

test("a draft that is aborted, or cut off, leaves nothing behind", async () => {
  await notebook.add("people", ["a"]);
  const files = notebook.disk.names("n");
  const aborted = await notebook.tables.draft("x BIGINT");
  aborted.insert(tableToArrow(Table.from({ x: [1] })));
  await aborted.abort();
  expect(notebook.disk.names("n")).toEqual(files);
  const cutOff = await notebook.tables.draft("x BIGINT");
  cutOff.insert(tableToArrow(Table.from({ x: [1] })));
  expect(notebook.names()).toEqual(["people"]);
  await notebook.reload();
  expect(notebook.names()).toEqual(["people"]);
  expect(notebook.disk.names("n")).toEqual(files);
});

test("a disk that is full at any byte of an import costs no table, and what was imported stays in memory", async () => {
  await notebook.add("people", ["a", "b"]);
  const files = notebook.disk.names("n");
  const before = notebook.disk.used;
  await notebook.add("more", ["c", "d", "e"], 1);
  const needed = notebook.disk.used - before;
  await notebook.tables.drop("more");
  await notebook.reload();
  for (let room = 0; room < needed; room += 97) {
    notebook.disk.quota = notebook.disk.used + room;
    const info = await notebook.add("more", ["c", "d", "e"], 1);
    expect(info).toMatchObject({ name: "more", rows: 3, kept: "disk-full" });
    expect(await notebook.users("more")).toEqual(["c", "d", "e"]);
    expect(notebook.rowFiles()).toHaveLength(1);
    expect(notebook.disk.names("n")).toHaveLength(files.length);
    await notebook.tables.drop("more");
  }
  notebook.disk.quota = Infinity;
  await notebook.reload();
  expect(notebook.names()).toEqual(["people"]);
  expect(await notebook.users("people")).toEqual(["a", "b"]);
});

test("a disk that fails for another reason than its room is told by that reason, and costs no table either", async () => {
  await notebook.add("people", ["a"]);
  const failed = { failed: "the handle is closed" };
  notebook.disk.failure = new DOMException("the handle is closed", "InvalidStateError");
  expect((await notebook.add("more", ["c"], 1)).kept).toEqual(failed);
  expect(notebook.tables.describe("more_rejected").kept).toEqual(failed);
  expect((await notebook.tables.keep("people", notebook.tables.meta("people"))).kept).toEqual(failed);
  notebook.disk.failure = null;
  notebook.disk.isRefused = (name) => name.startsWith("manifest");
  expect((await notebook.add("listed", ["c"])).kept).toEqual({ failed: "manifest-2.json is held" });
  notebook.disk.isRefused = (name) => name.endsWith(".arrows");
  expect((await notebook.add("held", ["c"])).kept).toMatchObject({
    failed: expect.stringMatching("is held") as string,
  });
  expect(await notebook.users("held")).toEqual(["c"]);
  notebook.disk.isRefused = () => false;
  await notebook.reload();
  expect(notebook.names()).toEqual(["people"]);
  expect(await notebook.users("people")).toEqual(["a"]);
});

test("names that are taken on disk are not given again, though no row of them was read", async () => {
  await notebook.add("people", ["a"]);
  await notebook.reload();
  expect((await notebook.add("people", ["b"])).name).toBe("people_2");
  expect((await notebook.add("cohortbook_draft_1", ["b"])).name).toBe("table_cohortbook_draft_1");
});

test("roles that are changed stay changed", async () => {
  await notebook.add("people", ["a"]);
  const columns = new Map([["n", { role: "amount" }]] as const);
  const info = await notebook.tables.updateMeta("people", { columns });
  expect(info.columns.map(({ role }) => role)).toEqual([null, "amount"]);
  await notebook.reload();
  expect(notebook.tables.describe("people")).toEqual(info);
  expect([...notebook.tables.meta("people").columns]).toEqual([
    ["user_id", { role: null }],
    ["n", { role: "amount" }],
  ]);
});

test("what a cell does to an imported table lasts as long as the tab", async () => {
  await notebook.add("people", ["a"]);
  await notebook.tables.database.query("INSERT INTO people VALUES ('z', 1)");
  expect(notebook.tables.describe("people")).toMatchObject({ rows: 2, kept: "disk" });
  await notebook.tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id");
  expect(notebook.tables.describe("people")).toMatchObject({
    rows: 1,
    source: { kind: "query" },
    kept: "memory",
  });
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
});

test("a table that is kept anew comes back as it is now, of every type, and its old file is gone", async () => {
  await notebook.add("people", ["a"]);
  const meta = notebook.tables.meta("people");
  const values = `7 AS n, 'ä' AS s, NULL::VARCHAR AS none, true AS f, 0.1::DOUBLE AS x, 12.50::DECIMAL(9, 2) AS d,
    DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 10:11:12.345678' AS at, [1, 2] AS list`;
  const all = `SELECT ${values}, range AS row FROM range(200000)`;
  await notebook.tables.database.query(`CREATE OR REPLACE TABLE people AS ${all}`);
  const info = await notebook.tables.keep("people", meta);
  expect(info).toMatchObject({ rows: 200_000, source, kept: "disk" });
  expect(notebook.disk.names("n")).toHaveLength(2);
  await notebook.reload();
  expect(notebook.tables.describe("people")).toEqual(info);
  await notebook.tables.loaded("people");
  const differ = await notebook.tables.database.query(`FROM people EXCEPT ${all}`);
  expect(tableFromArrow(differ).numRows).toBe(0);
  expect(notebook.tables.describe("people")).toEqual(info);
});

test("a table that is kept anew on a full disk is in memory, and the one before it stays on disk", async () => {
  await notebook.add("people", ["a"]);
  const meta = notebook.tables.meta("people");
  await notebook.tables.database.query(
    "CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id FROM range(9999)",
  );
  notebook.disk.quota = notebook.disk.used + 100;
  expect(await notebook.tables.keep("people", meta)).toMatchObject({ rows: 9999, kept: "disk-full" });
  notebook.disk.quota = Infinity;
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
});

test("a damaged file costs its own table alone, which can be deleted", async () => {
  await notebook.add("people", ["a"]);
  await notebook.add("other", ["b"]);
  const id = notebook.tables.kept.tables.find(({ name }) => name === "people")!.id;
  notebook.disk.damage("n", `${id}.arrows`, (bytes) => bytes.slice(0, -3));
  await notebook.reload();
  await notebook.tables.allLoaded();
  expect(await notebook.users("other")).toEqual(["b"]);
  await expect(notebook.tables.loaded("people")).rejects.toThrow(
    'table "people" could not be read from disk',
  );
  await notebook.tables.drop("people");
  await notebook.reload();
  expect(notebook.names()).toEqual(["other"]);
});

test("a column that gets another type after a reload adds to the rejected rows that are on disk", async () => {
  await notebook.add("people", ["1", "x"]);
  await retype(notebook.tables, notebook.tables.describe("people"), "user_id", "integer");
  await notebook.reload();
  await notebook.tables.loaded("people");
  await retype(notebook.tables, notebook.tables.describe("people"), "n", "date");
  await notebook.reload();
  expect(notebook.tables.describe("people_rejected")).toMatchObject({ rows: 3, source, kept: "disk" });
  const types = notebook.tables.describe("people").columns.map(({ sqlType, role }) => [sqlType, role]);
  expect(types).toEqual([
    ["BIGINT", "user"],
    ["DATE", null],
  ]);
});

test("tables that are asked for at once are read once", async () => {
  await notebook.add("people", ["a"]);
  await notebook.reload();
  await Promise.all([
    notebook.tables.allLoaded(),
    notebook.tables.loaded("people"),
    notebook.tables.allLoaded(),
  ]);
  expect(notebook.tables.list()).toMatchObject([{ name: "people", rows: 1 }]);
});
