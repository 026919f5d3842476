import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { Cell, Change, NotebookDocument } from "../../../src/notebook/document.ts";
import { NotebookStore } from "../../../src/state/storage.ts";
import { WriteAhead } from "../../../src/state/write-ahead.ts";
import { mapStorage } from "./map-storage.ts";

const cell = (id: string, source = ""): Cell => ({
  id,
  kind: "code",
  source,
  outputs: [],
  lastRun: null,
  metadata: {},
});
const notebook = (id: string): NotebookDocument => ({ id, title: id, cells: [cell("a", "1")], metadata: {} });
const typed = (offset: number, text: string): Change => ({
  at: offset,
  change: "edit-source",
  cell: "a",
  offset,
  removed: 0,
  text,
});
const entry = (id: string, updated = 1) => ({ id, title: id, updated });

let stores = 0;
const fresh = (): NotebookStore =>
  new NotebookStore(new WriteAhead(mapStorage(), "here"), `test-${stores++}`);

test("a notebook comes back with every change that was appended", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2"), typed(2, "3")]);
  await store.append(entry("n"), 2, [typed(3, "4")]);
  const stored = await store.load("n");
  expect(stored).toMatchObject({ sequence: 3, lost: 0 });
  expect(stored!.log.document.cells[0]!.source).toBe("1234");
});

test("what was typed can be undone after a reload", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2")]);
  expect((await store.load("n"))!.log.undo?.back).toMatchObject({ change: "edit-source", removed: 1 });
});

test("a snapshot gives the same document, and edits after it still apply", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2")]);
  await store.snapshot((await store.load("n"))!.log.document, 1);
  await store.append(entry("n"), 1, [typed(2, "3")]);
  const stored = await store.load("n");
  expect(stored!.sequence).toBe(2);
  expect(stored!.log.document.cells[0]!.source).toBe("123");
});

test("changes that no longer apply cost themselves alone, and are counted", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2"), typed(99, "x"), typed(2, "3")]);
  const stored = await store.load("n");
  expect(stored!.log.document.cells[0]!.source).toBe("12");
  expect(stored!.lost).toBe(2);
});

test("a tab that is behind cannot write over what another tab wrote", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2")]);
  await expect(store.append(entry("n"), 0, [typed(1, "lost")])).rejects.toMatchObject({
    name: "ConstraintError",
  });
  expect((await store.load("n"))!.log.document.cells[0]!.source).toBe("12");
});

test("notebooks are listed with the latest first, and a removed one is gone with its log", async () => {
  const store = fresh();
  await store.create(notebook("old"), 1);
  await store.create(notebook("new"), 2);
  expect((await store.list()).map(({ id }) => id)).toEqual(["new", "old"]);
  await store.append(entry("old", 3), 0, [typed(1, "2")]);
  expect((await store.list()).map(({ id }) => id)).toEqual(["old", "new"]);
  await store.remove("old");
  expect(await store.load("old")).toBeNull();
  expect((await store.list()).map(({ id }) => id)).toEqual(["new"]);
});

test("an output too large for the disk is kept as text that says so", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  const output = {
    id: "o",
    data: { "text/plain": "table", "application/vnd.apache.arrow.stream": { rows: 1, columns: [], kept: 1 } },
    metadata: {},
    buffers: [new ArrayBuffer(20_000_000)],
  };
  await store.append(entry("n"), 0, [
    { at: 1, change: "set-outputs", cell: "a", outputs: [output], lastRun: null },
  ]);
  const [kept] = (await store.load("n"))!.log.document.cells[0]!.outputs;
  expect(kept!.buffers).toEqual([]);
  expect(kept!.data["text/plain"]).toMatch(/^table\n\[.*MB.*\]$/);
});

const keepAhead = (store: NotebookStore, from: number, ...changes: Change[]): void =>
  changes.forEach((change, i) => store.ahead.keep("n", from + i, change));

test("changes that were on their way to the disk when the tab ended are had back, those that had arrived once", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  await store.append(entry("n"), 0, [typed(1, "2")]);
  expect(await store.sequence("n")).toBe(1);
  keepAhead(store, 1, typed(1, "2"), typed(2, "3"), typed(3, "4"));
  const stored = await store.load("n");
  expect(stored!.log.document.cells[0]!.source).toBe("1234");
  expect(stored).toMatchObject({ sequence: 1, lost: 0, ahead: [{ text: "3" }, { text: "4" }] });
});

test("changes ahead that no longer apply are counted, and not written anew", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  keepAhead(store, 1, typed(1, "2"), typed(99, "x"), typed(2, "3"));
  expect(await store.load("n")).toMatchObject({ sequence: 0, lost: 2, ahead: [{ text: "2" }] });
});

test("a notebook that is removed takes what was kept ahead with it", async () => {
  const store = fresh();
  await store.create(notebook("n"), 1);
  keepAhead(store, 1, typed(1, "2"));
  await store.remove("n");
  await store.create(notebook("n"), 1);
  expect((await store.load("n"))!.ahead).toEqual([]);
});

test("the last change on disk has the number of the snapshot where it is the later, and 0 where there is none", async () => {
  const store = fresh();
  expect(await store.sequence("n")).toBe(0);
  await store.create(notebook("n"), 1);
  expect(await store.sequence("n")).toBe(0);
  const outputs: Change = { at: 1, change: "set-outputs", cell: "a", outputs: [], lastRun: null };
  await store.append(entry("n"), 0, [typed(1, "2"), outputs]);
  await store.snapshot((await store.load("n"))!.log.document, 2);
  expect(await store.sequence("n")).toBe(2);
});
