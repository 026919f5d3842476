import { expect, test } from "vitest";
import { retype } from "../../../src/engine/tables/retype.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { notebookOnDisk } from "./notebook-on-disk.ts";

const notebook = notebookOnDisk();

const retyped = (table: string): Promise<unknown> =>
  retype(notebook.tables, notebook.tables.describe(table), "user_id", "integer");

const foreign = (name: string): Promise<unknown> =>
  notebook.database.query(`CREATE TABLE ${name} AS SELECT 7 AS x`);

const rowsOf = (name: string): object[] => notebook.database.rows(`FROM ${name}`);

/** The notes and the rejected rows of a table, as the page lists them. */
function tied({ notes, rejected }: TableInfo): unknown {
  return { notes, rejected };
}

test("a column is retyped though a table of another's has the name of rejected rows", async () => {
  await foreign("people_rejected");
  await notebook.add("people", ["1", "x"]);
  await retyped("people");
  expect(notebook.tables.describe("people").rejected).toBe("people_rejected_2");
  expect(rowsOf("people_rejected")).toEqual([{ x: 7 }]);
  expect(rowsOf("people_rejected_2")).toMatchObject([{ value: "x" }]);
  await notebook.reload();
  expect(notebook.tables.describe("people").rejected).toBe("people_rejected_2");
});

test("what is noted of rejected rows names their table, whatever it is called, and outlives a reload", async () => {
  await foreign("people_rejected");
  const info = await notebook.add("people", ["a"], 2);
  const noted = (table: string | null): object => ({
    notes: [{ note: "rejected", count: 2, table }],
    rejected: table,
  });
  expect(tied(info)).toEqual(noted("people_rejected_2"));
  await notebook.reload();
  expect(tied(notebook.tables.describe("people"))).toEqual(noted("people_rejected_2"));
  expect(tied(await notebook.tables.rename("people", "buyers"))).toEqual(noted("buyers_rejected"));
  await notebook.tables.rename("buyers_rejected", "odd");
  expect(tied(await notebook.tables.rename("buyers", "people"))).toEqual(noted("odd"));
  const dropped = await notebook.tables.drop("odd");
  expect(tied(notebook.tables.describe("people"))).toEqual(noted(null));
  await notebook.tables.restore(dropped);
  await notebook.reload();
  expect(tied(notebook.tables.describe("people"))).toEqual(noted("odd"));
});

test("a table of another's is neither renamed nor deleted with the one whose name it has", async () => {
  await notebook.add("people", ["a"]);
  await notebook.add("people_rejected", ["b"]);
  await notebook.tables.rename("people", "buyers");
  expect(notebook.names()).toEqual(["buyers", "people_rejected"]);
  await notebook.tables.rename("buyers", "people");
  await notebook.tables.drop("people");
  await notebook.reload();
  expect(notebook.names()).toEqual(["people_rejected"]);
});

test("rejected rows are deleted with their table, and come back with it", async () => {
  const info = await notebook.add("people", ["a"], 2);
  for (const loaded of [true, false]) {
    if (!loaded) await notebook.reload();
    const dropped = await notebook.tables.drop("people");
    expect(notebook.names()).toEqual([]);
    expect(await notebook.tables.restore(dropped)).toEqual(info);
    expect(notebook.names()).toEqual(["people", "people_rejected"]);
  }
  await notebook.reload();
  expect(await notebook.users("people")).toEqual(["a"]);
  expect(notebook.tables.describe("people_rejected")).toMatchObject({ rows: 2, kept: "disk" });
  await notebook.tables.drop("people");
  await notebook.reload();
  expect(notebook.rowFiles()).toEqual([]);
});

test("a table that was renamed by a person is no longer noted as renamed", async () => {
  const draft = await notebook.tables.draft("x BIGINT");
  const source = { kind: "file", files: ["select.csv"], bytes: 2, recognised: null } as const;
  const notes = (to: string) =>
    [{ note: "renamed-table", from: "select", to }, { note: "no-header" }] as const;
  await draft.commit({ name: "select", source, roles: new Map(), notes });
  const [{ name, notes: before }] = notebook.tables.list() as [TableInfo];
  expect(before).toEqual(notes(name));
  await notebook.tables.rename(name, "mine");
  await notebook.reload();
  expect(notebook.tables.describe("mine").notes).toEqual([{ note: "no-header" }]);
});

test("a table that an earlier version noted as renamed says which of two reasons it had", async () => {
  const source = { kind: "file", files: ["x.csv"], bytes: 2, recognised: null } as const;
  const renamed = [
    { note: "renamed-table", from: "sales", to: "sales_2" },
    { note: "renamed-table", from: "select", to: "table_select" },
  ] as const;
  for (const note of renamed) {
    const draft = await notebook.tables.draft("x BIGINT");
    await draft.commit({ name: note.to, source, roles: new Map(), notes: () => [note] });
  }
  await notebook.reload();
  expect(notebook.tables.list().flatMap(({ notes }) => notes)).toEqual([
    { ...renamed[0], note: "beside-table" },
    renamed[1],
  ]);
});

test("tables that an earlier version kept are tied to their rejected rows by name, where the columns are those", async () => {
  await notebook.add("people", ["a"], 1);
  await notebook.add("other", ["a"]);
  await notebook.add("other_rejected", ["b"]);
  await notebook.forgetTies();
  await notebook.reload();
  expect(notebook.tables.list().map(({ name, rejected }) => [name, rejected])).toEqual([
    ["other", null],
    ["other_rejected", null],
    ["people", "people_rejected"],
    ["people_rejected", null],
  ]);
  await notebook.tables.rename("people", "buyers");
  await notebook.reload();
  expect(notebook.tables.describe("buyers").rejected).toBe("buyers_rejected");
});
