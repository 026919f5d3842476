import { expect, test } from "vitest";
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
