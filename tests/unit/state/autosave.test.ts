import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Change, NotebookDocument } from "../../../src/notebook/document.ts";
import { Autosave } from "../../../src/state/autosave.svelte.ts";
import type { NotebookStore } from "../../../src/state/storage.ts";
import { WriteAhead } from "../../../src/state/write-ahead.ts";
import { mapStorage } from "./map-storage.ts";

const document: NotebookDocument = { id: "n", title: "n", cells: [], metadata: {} };
const change = (title: string): Change => ({ at: 1, change: "set-title", title });

const titleOf = (change: Change): string => (change.change === "set-title" ? change.title : change.change);
const full = Object.assign(new Error("full"), { name: "QuotaExceededError" });
const taken = Object.assign(new Error("taken"), { name: "ConstraintError" });

/** A store that remembers what it was given, and fails while `failing` says so. */
function memory() {
  const written: string[] = [];
  const sequences: number[] = [];
  const state = { failing: null as Error | null };
  const append = async (_: unknown, sequence: number, changes: readonly Change[]): Promise<void> => {
    if (state.failing) throw state.failing;
    sequences.push(sequence);
    written.push(...changes.map(titleOf));
  };
  const create = async (): Promise<void> => {
    if (state.failing) throw state.failing;
    written.push("beginning");
  };
  const snapshot = vi.fn(async () => undefined);
  const ahead = new WriteAhead(mapStorage(), "here");
  const store = { append, snapshot, ahead } as unknown as NotebookStore;
  const keptAhead = (): (readonly [number, string])[] =>
    [...ahead.all("n")].map(([number, { change }]) => [number, titleOf(change!)]);
  return { store, create, written, sequences, state, snapshot, keptAhead };
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
  state.failing = full;
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
  state.failing = taken;
  autosave.add(change("a"));
  await autosave.flush();
  expect(autosave.status).toMatchObject({ state: "unsaved", why: "elsewhere" });
  state.failing = null;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(written).toEqual([]);
});

test("a change is kept ahead before the disk has it, and no longer", async () => {
  const { store, state, keptAhead } = memory();
  const autosave = new Autosave(store, 7, () => document);
  state.failing = full;
  autosave.add(change("a"));
  expect(keptAhead()).toEqual([[8, "a"]]);
  await autosave.flush();
  autosave.add(change("b"));
  expect(keptAhead()).toEqual([
    [8, "a"],
    [9, "b"],
  ]);
  state.failing = null;
  await autosave.flush();
  expect(keptAhead()).toEqual([]);
});

test("what a tab left ahead is written, and what comes after continues the numbers", async () => {
  const { store, written, sequences, keptAhead } = memory();
  store.ahead.keep("n", 3, change("a"));
  const autosave = new Autosave(store, 2, () => document);
  autosave.recover([change("a")]);
  autosave.add(change("b"));
  expect(keptAhead()).toEqual([
    [3, "a"],
    [4, "b"],
  ]);
  await autosave.flush();
  expect(written).toEqual(["a", "b"]);
  expect(sequences).toEqual([2]);
  expect(keptAhead()).toEqual([]);
});

test("once it is closed it writes no more, and what could not be written stays ahead", async () => {
  const { store, written, state, keptAhead } = memory();
  const autosave = new Autosave(store, 0, () => document);
  autosave.add(change("a"));
  await autosave.flush();
  state.failing = full;
  autosave.add(change("b"));
  await autosave.close();
  expect(autosave.over).toBe(true);
  state.failing = null;
  await vi.advanceTimersByTimeAsync(20_000);
  autosave.add(change("c"));
  await autosave.flush();
  expect(written).toEqual(["a"]);
  expect(keptAhead()).toEqual([[2, "b"]]);
});

test("what can be kept nowhere else is tried again after it is closed", async () => {
  const { store, written, state } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = full;
  autosave.add({ at: 1, change: "set-outputs", cell: "a", outputs: [], lastRun: null });
  await autosave.close();
  expect(autosave.over).toBe(false);
  state.failing = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual(["set-outputs"]);
  expect(autosave.over).toBe(true);
});

test("where another tab has the notebook nothing is left ahead of what that tab wrote", async () => {
  const { store, state, keptAhead } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = taken;
  autosave.add(change("a"));
  await autosave.flush();
  autosave.add(change("b"));
  expect(keptAhead()).toEqual([]);
});

test("a snapshot that cannot be stored costs nothing, and is tried again", async () => {
  const { store, snapshot } = memory();
  snapshot.mockRejectedValueOnce(full);
  const autosave = new Autosave(store, 0, () => document);
  for (let i = 0; i < 200; i++) autosave.add(change(`${i}`));
  await autosave.flush();
  expect(autosave.status.state).toBe("saved");
  autosave.add(change("last"));
  await autosave.flush();
  expect(snapshot).toHaveBeenLastCalledWith(document, 201);
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

test("a notebook that could not be stored as it began is stored before its changes, and is at risk until then", async () => {
  const { store, create, written, state } = memory();
  state.failing = full;
  const autosave = new Autosave(store, 0, () => document, create);
  await autosave.flush();
  expect(autosave.status).toMatchObject({ state: "unsaved", why: "full" });
  autosave.add(change("a"));
  await autosave.close();
  expect([autosave.over, autosave.atRisk]).toEqual([false, true]);
  state.failing = null;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(written).toEqual(["beginning", "a"]);
  expect([autosave.over, autosave.atRisk]).toEqual([true, false]);
});

test("changes that are kept ahead, and those that are written, are at no risk", async () => {
  const { store, state } = memory();
  const autosave = new Autosave(store, 0, () => document);
  state.failing = full;
  autosave.add(change("a"));
  await autosave.flush();
  expect(autosave.atRisk).toBe(false);
  autosave.add({ at: 1, change: "set-outputs", cell: "a", outputs: [], lastRun: null });
  expect(autosave.atRisk).toBe(true);
  state.failing = null;
  await autosave.flush();
  expect(autosave.atRisk).toBe(false);
});
