import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change, NotebookDocument } from "../../../src/notebook/document.ts";
import { Autosave } from "../../../src/state/autosave.svelte.ts";
import type { NotebookStore } from "../../../src/state/storage.ts";

const document: NotebookDocument = { id: "n", title: "n", cells: [], metadata: {} };
const change = (title: string): Change => ({ at: 1, change: "set-title", title });

/** A store that remembers what it was given, and fails while `failing` says so. */
function memory() {
  const written: string[] = [];
  const sequences: number[] = [];
  const state = { failing: null as Error | null };
  const append = async (_: unknown, sequence: number, changes: readonly Change[]): Promise<void> => {
    if (state.failing) throw state.failing;
    sequences.push(sequence);
    written.push(...changes.map((each) => (each.change === "set-title" ? each.title : each.change)));
  };
  const snapshot = vi.fn(async () => undefined);
  const ahead = { sequence: 0, titles: [] as string[] };
  const keepAhead = (_: unknown, sequence: number, changes: readonly Change[]): void => {
    Object.assign(ahead, { sequence, titles: changes.map((each) => "title" in each && each.title) });
  };
  const store = { append, snapshot, keepAhead } as unknown as NotebookStore;
  return { store, written, sequences, state, snapshot, ahead };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a change is written at once, and several of one moment are written together", async () => {
  const { store, written, sequences } = memory();
  const autosave = new Autosave(store, 0, () => document);
  autosave.add(change("a"));
  autosave.add(change("b"));
  expect(autosave.status.state).toBe("saving");
  await vi.advanceTimersByTimeAsync(0);
  expect(written).toEqual(["a", "b"]);
  expect(sequences).toEqual([0]);
  expect(autosave.status.state).toBe("saved");
});

test("flush writes at once, and what comes after continues the numbers", async () => {
  const { store, written, sequences } = memory();
  const autosave = new Autosave(store, 7, () => document);
  autosave.add(change("a"));
  await autosave.flush();
  autosave.add(change("b"));
  await autosave.flush();
  expect(written).toEqual(["a", "b"]);
  expect(sequences).toEqual([7, 8]);
});

test("a full disk is said, nothing is lost, and it is tried again", async () => {
  const { store, written, state } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  autosave.add(change("a"));
  await autosave.flush();
  expect(autosave.status).toMatchObject({ state: "unsaved", why: "full" });
  state.failing = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual(["a"]);
  expect(autosave.status.state).toBe("saved");
});

test("a notebook that another tab wrote to is not written over again and again", async () => {
  const { store, written, state } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = Object.assign(new Error("taken"), { name: "ConstraintError" });
  autosave.add(change("a"));
  await autosave.flush();
  expect(autosave.status).toMatchObject({ state: "unsaved", why: "elsewhere" });
  state.failing = null;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(written).toEqual([]);
});

test("a change is kept ahead before the disk has it, and no longer", async () => {
  const { store, state, ahead } = memory();
  const autosave = new Autosave(store, 7, () => document);
  state.failing = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  autosave.add(change("a"));
  expect(ahead).toEqual({ sequence: 7, titles: ["a"] });
  await autosave.flush();
  autosave.add(change("b"));
  expect(ahead).toEqual({ sequence: 7, titles: ["a", "b"] });
  state.failing = null;
  await autosave.flush();
  expect(ahead).toEqual({ sequence: 9, titles: [] });
});

test("once it is closed it writes no more, and what could not be written stays ahead", async () => {
  const { store, written, state, ahead } = memory();
  const autosave = new Autosave(store, 0, () => document);
  autosave.add(change("a"));
  await autosave.flush();
  state.failing = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  autosave.add(change("b"));
  await autosave.close();
  state.failing = null;
  await vi.advanceTimersByTimeAsync(20_000);
  autosave.add(change("c"));
  await autosave.flush();
  expect(written).toEqual(["a"]);
  expect(ahead).toEqual({ sequence: 1, titles: ["b"] });
});

test("what another tab keeps ahead is left alone once it has the notebook", async () => {
  const { store, state, ahead } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = Object.assign(new Error("taken"), { name: "ConstraintError" });
  autosave.add(change("a"));
  await autosave.flush();
  autosave.add(change("b"));
  expect(ahead.titles).toEqual(["a"]);
});

test("every 200 changes a snapshot is stored", async () => {
  const { store, snapshot } = memory();
  const autosave = new Autosave(store, 0, () => document);
  for (let i = 0; i < 199; i++) autosave.add(change(`${i}`));
  await autosave.flush();
  expect(snapshot).not.toHaveBeenCalled();
  autosave.add(change("last"));
  await autosave.flush();
  expect(snapshot).toHaveBeenCalledExactlyOnceWith(document, 200);
});
