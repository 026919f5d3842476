import { expect, test, vi } from "vitest";
import { retype } from "../../../src/engine/tables/retype.ts";
import { undoRetype } from "../../../src/engine/tables/undo-retype.ts";
import type { ColumnKind, Retyped } from "../../../src/protocol/table-info.ts";
import { notebookOnDisk } from "./notebook-on-disk.ts";

const notebook = notebookOnDisk();

const retyped = (kind: ColumnKind, column = "user_id"): Promise<Retyped> =>
  retype(notebook.tables, notebook.tables.describe("people"), column, kind);

const everything = (): unknown => ({
  list: notebook.tables.list(),
  rows: notebook.database.rows("FROM people"),
});

test("a column that lost values is had back with them, and nothing is left of the change", async () => {
  await notebook.add("people", ["007", "x", "3"]);
  const before = everything();
  const { table, undo } = await retyped("integer");
  expect(table).toMatchObject({
    rejected: "people_rejected",
    columns: [{ sqlType: "BIGINT", role: "user" }, {}],
  });
  expect(await undoRetype(notebook.tables, undo!)).toMatchObject({ rejected: null, kept: "disk" });
  expect(everything()).toEqual(before);
  expect(notebook.database.rows("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'main'")).toHaveLength(1);
  expect(notebook.rowFiles()).toHaveLength(1);
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["007", "x", "3"]);
  await expect(undoRetype(notebook.tables, undo!)).rejects.toThrow("the column as it was is gone");
});

test("what was noted of a column's type gives way to its new one, and is back with it", async () => {
  const { tables } = notebook;
  const few = { count: 1, of: 2, value: "x", line: 3 };
  const notes = [
    { note: "misfits", column: "v", ...few },
    { note: "misfits", column: "w", ...few },
  ] as const;
  const draft = await tables.draft("v VARCHAR, w VARCHAR");
  notebook.database.run(`INSERT INTO main.${draft.name} VALUES ('1', '2'), ('x', 'x')`);
  const source = { kind: "file", files: ["pairs.csv"], bytes: 2, recognised: null } as const;
  await draft.commit({ name: "pairs", source, roles: new Map(), notes: () => notes });
  const change = (kind: ColumnKind): Promise<Retyped> => retype(tables, tables.describe("pairs"), "v", kind);
  await change("text");
  const noted = (kind: ColumnKind) => [notes[1], { note: "retyped", column: "v", kind }];
  expect(tables.describe("pairs").notes).toEqual(noted("text"));
  const { table, undo } = await change("integer");
  expect(table.notes).toEqual(noted("integer"));
  expect((await undoRetype(tables, undo!)).notes).toEqual(noted("text"));
  await notebook.reload();
  expect(notebook.tables.describe("pairs").notes).toEqual(noted("text"));
});

test("rows that were rejected before stay rejected, those of the change do not", async () => {
  await notebook.add("people", ["1", "x"], 2);
  const before = notebook.database.rows("FROM people_rejected");
  const { undo } = await retyped("integer");
  expect(notebook.tables.describe("people_rejected").rows).toBe(3);
  await undoRetype(notebook.tables, undo!);
  expect(notebook.database.rows("FROM people_rejected")).toEqual(before);
  await notebook.reload();
  expect(notebook.tables.describe("people_rejected")).toMatchObject({ rows: 2, kept: "disk" });
  expect(notebook.tables.describe("people").rejected).toBe("people_rejected");
});

test("a change that loses nothing has no way back, and ends the one there was", async () => {
  await notebook.add("people", ["1", "x"]);
  const { undo } = await retyped("integer");
  expect((await retyped("text", "n")).undo).toBeNull();
  await expect(undoRetype(notebook.tables, undo!)).rejects.toThrow(RangeError);
});

test.each([
  ["renamed", () => notebook.tables.rename("people", "buyers")],
  ["deleted", () => notebook.tables.drop("people_rejected")],
])("there is no way back once a table was %s", async (_, change) => {
  await notebook.add("people", ["1", "x"]);
  const { undo } = await retyped("integer");
  await change();
  await expect(undoRetype(notebook.tables, undo!)).rejects.toThrow(RangeError);
});

test("a deleted table can still be had back after a column was", async () => {
  await notebook.add("people", ["1", "x"]);
  await notebook.add("other", ["a"]);
  const dropped = await notebook.tables.drop("other");
  await undoRetype(notebook.tables, (await retyped("integer")).undo!);
  expect((await notebook.tables.restore(dropped)).name).toBe("other");
});

test("where the column that is had back cannot be written, what is on disk still tells what it lost", async () => {
  await notebook.add("people", ["1", "x"]);
  const { undo } = await retyped("integer");
  notebook.disk.quota = notebook.disk.used;
  expect(await undoRetype(notebook.tables, undo!)).toMatchObject({ kept: "disk-full" });
  expect(await notebook.users("people")).toEqual(["1", "x"]);
  await notebook.reload();
  expect(await notebook.users("people")).toEqual([1, null]);
  expect(notebook.tables.describe("people").rejected).toBe("people_rejected");
  await notebook.tables.loaded("people_rejected");
  expect(notebook.database.rows("SELECT value FROM people_rejected")).toEqual([{ value: "x" }]);
});

test("there is no way back from a change during whose writing tables were changed", async () => {
  await notebook.add("people", ["1", "x"]);
  const { tables } = notebook;
  const keep = tables.keep.bind(tables);
  vi.spyOn(tables, "keep").mockImplementationOnce((table, meta) => {
    tables.retyped.forget();
    return keep(table, meta);
  });
  const { undo } = await retyped("integer");
  await expect(undoRetype(tables, undo!)).rejects.toThrow("the column as it was is gone");
});

test("a column is not put into a table that has more or fewer rows by now", async () => {
  await notebook.add("people", ["1", "x", "3"]);
  const { undo } = await retyped("integer");
  notebook.database.run("DELETE FROM people WHERE user_id = 1");
  await expect(undoRetype(notebook.tables, undo!)).rejects.toThrow("rows of people were added or deleted");
  expect(await notebook.users("people")).toEqual([null, 3]);
  expect(notebook.database.rows("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'main'")).toHaveLength(2);
});

test.each([0, 2])("a change that is refused leaves %i rejected rows as they were", async (rejected) => {
  await notebook.add("people", ["1", "x"], rejected);
  await notebook.tables.allLoaded();
  const before = notebook.tables.list();
  notebook.database.run("CREATE INDEX by_user ON people (user_id)");
  await expect(retyped("integer")).rejects.toThrow("an index depends on it");
  expect(notebook.tables.list()).toEqual(before);
  expect(notebook.database.rows("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'main'")).toHaveLength(
    rejected ? 2 : 1,
  );
});
