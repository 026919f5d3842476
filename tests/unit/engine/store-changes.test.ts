import { expect, test } from "vitest";
import { notebookOnDisk, source } from "./notebook-on-disk.ts";

const notebook = notebookOnDisk();

test("a table and the one of its rejected rows are renamed together, for good", async () => {
  await notebook.add("people", ["a"], 1);
  await notebook.reload();
  expect(await notebook.tables.rename("people", "Buyers")).toMatchObject({
    name: "Buyers",
    rows: 1,
    kept: "disk",
  });
  expect(notebook.names()).toEqual(["Buyers", "Buyers_rejected"]);
  await notebook.tables.rename("Buyers", "buyers");
  await notebook.reload();
  expect(notebook.names()).toEqual(["buyers", "buyers_rejected"]);
  expect(await notebook.users("buyers")).toEqual(["a"]);
});

test("a table is not renamed to what SQL does not take, or to what is taken", async () => {
  await notebook.add("people", ["a"]);
  await notebook.add("other", ["b"]);
  for (const name of ["select", "a b", "1st", "", 'x"y', "cohortbook_draft_9", "OTHER", "people.x"])
    await expect(notebook.tables.rename("people", name)).rejects.toThrow(`got ${JSON.stringify(name)}`);
  expect(notebook.names()).toEqual(["other", "people"]);
});

test("a table that cannot be renamed on disk keeps its name", async () => {
  await notebook.add("people", ["a"]);
  notebook.disk.quota = notebook.disk.used;
  await expect(notebook.tables.rename("people", "buyers")).rejects.toThrow("full");
  expect(notebook.tables.list()).toMatchObject([{ name: "people", kept: "disk" }]);
});

test("a deleted table comes back with all that was known of it, and else is gone for good", async () => {
  const info = await notebook.add("people", ["a", "b"]);
  await notebook.add("other", ["c"]);
  const dropped = await notebook.tables.drop("people");
  expect(notebook.names()).toEqual(["other"]);
  expect(await notebook.tables.restore(dropped)).toEqual(info);
  expect(await notebook.users("people")).toEqual(["a", "b"]);
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a", "b"]);
  await notebook.tables.drop("people");
  await notebook.reload();
  expect(notebook.names()).toEqual(["other"]);
  expect(notebook.disk.names("n")).toHaveLength(2);
});

test("a deleted table comes back with the rows that a cell had changed", async () => {
  await notebook.add("people", ["a", "b"]);
  await notebook.tables.database.query("UPDATE people SET user_id = 'changed' WHERE user_id = 'a'");
  const dropped = await notebook.tables.drop("people");
  await notebook.tables.restore(dropped);
  expect(await notebook.users("people")).toEqual(["changed", "b"]);
  await notebook.tables.drop("people");
  await notebook.add("other", ["c"]);
  await notebook.tables.drop("other");
  expect(notebook.database.rows("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'main'")).toHaveLength(1);
});

test("a deleted table that was never kept comes back too", async () => {
  await notebook.tables.database.query(
    "CREATE TABLE made AS SELECT 7 AS x; CREATE SCHEMA s; CREATE TABLE s.t AS FROM made",
  );
  for (const name of ["made", "s.t"]) {
    const before = notebook.tables.list();
    const dropped = await notebook.tables.drop(name);
    expect(notebook.names()).not.toContain(name);
    expect((await notebook.tables.restore(dropped)).name).toBe(name);
    expect(notebook.tables.list()).toEqual(before);
    expect(notebook.tables.database.rows(`FROM ${name}`)).toEqual([{ x: 7 }]);
  }
});

test("a deleted table whose name was given away comes back under another one", async () => {
  await notebook.add("people", ["a"]);
  const dropped = await notebook.tables.drop("people");
  await notebook.add("people", ["b"]);
  expect((await notebook.tables.restore(dropped)).name).toBe("people_2");
  await notebook.reload();
  expect([await notebook.users("people"), await notebook.users("people_2")]).toEqual([["b"], ["a"]]);
});

test("only the table that was deleted last comes back, and once", async () => {
  await notebook.add("people", ["a"]);
  await notebook.add("other", ["b"]);
  const first = await notebook.tables.drop("people");
  const last = await notebook.tables.drop("other");
  await expect(notebook.tables.restore(first)).rejects.toThrow("the table is gone");
  await notebook.tables.restore(last);
  await expect(notebook.tables.restore(last)).rejects.toThrow("the table is gone");
  expect(notebook.names()).toEqual(["other"]);
});

test("a full disk keeps nobody from deleting a table, nor from having it back", async () => {
  await notebook.add("people", ["a"]);
  notebook.disk.quota = notebook.disk.used;
  const dropped = await notebook.tables.drop("people");
  expect(notebook.rowFiles()).toEqual([]);
  notebook.disk.quota = Infinity;
  expect(await notebook.tables.restore(dropped)).toMatchObject({ name: "people", rows: 1, kept: "disk" });
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
});

test("a deleted table that a cell had put in the place of an imported one comes back, and that one too", async () => {
  await notebook.add("people", ["a"]);
  await notebook.tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id");
  const dropped = await notebook.tables.drop("people");
  expect(notebook.rowFiles()).toHaveLength(1);
  expect(notebook.tables.describe("people")).toMatchObject({ kept: "disk", source });
  expect((await notebook.tables.restore(dropped)).name).toBe("people");
  expect(await notebook.users("people")).toEqual(["q"]);
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
});

test("who deletes the table that a cell had put in the place of an imported one keeps that one", async () => {
  await notebook.add("people", ["a"]);
  await notebook.tables.database.query("CREATE OR REPLACE TABLE people AS SELECT 'q' AS user_id");
  const dropped = await notebook.tables.drop("people");
  expect(await notebook.users("people")).toEqual(["a"]);
  expect((await notebook.tables.restore(dropped)).name).toBe("people_2");
  await notebook.tables.drop("people_2");
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
  await notebook.tables.drop("people");
  expect(notebook.names()).toEqual([]);
});

test("a table that is deleted while it is read stays deleted", async () => {
  await notebook.add("people", ["a"]);
  await notebook.reload();
  const reading = notebook.tables.loaded("people").catch(() => undefined);
  await notebook.tables.drop("people");
  await reading;
  expect(notebook.names()).toEqual([]);
});
