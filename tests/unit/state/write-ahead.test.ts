import { expect, test } from "vitest";
import type { Cell, Change } from "../../../src/notebook/document.ts";
import { following, WriteAhead } from "../../../src/state/write-ahead.ts";
import { mapStorage } from "./map-storage.ts";

const title = (text: string): Change => ({ at: 1, change: "set-title", title: text });
const output = { id: "o", data: { "text/plain": "42" }, metadata: {}, buffers: [new ArrayBuffer(8)] };
const cell: Cell = { id: "a", kind: "code", source: "42", outputs: [output], lastRun: null, metadata: {} };
const outputs: Change = { at: 1, change: "set-outputs", cell: "a", outputs: [output], lastRun: null };

test("changes come back by notebook, those that follow the log alone", () => {
  const ahead = new WriteAhead(mapStorage(), "here");
  expect(ahead.keep("n", 6, title("a"))).toBe(true);
  ahead.keep("n", 7, title("b"));
  ahead.keep("m", 1, title("c"));
  expect(following(ahead.all("n"), 5)).toEqual([title("a"), title("b")]);
  expect(following(ahead.all("n"), 6)).toEqual([title("b")]);
  expect(following(ahead.all("n"), 7)).toEqual([]);
  // The log ends sooner than it did when they were kept: they do not fit it.
  expect(following(ahead.all("n"), 4)).toEqual([]);
  ahead.forgetAll("n");
  expect(following(ahead.all("n"), 5)).toEqual([]);
  expect(following(ahead.all("m"), 0)).toEqual([title("c")]);
  ahead.keepOnly(["n"]);
  expect(following(ahead.all("m"), 0)).toEqual([]);
});

test("outputs are left out, which is said, and their numbers are counted all the same", () => {
  const ahead = new WriteAhead(mapStorage(), "here");
  const kept = [outputs, { at: 1, change: "insert-cell", index: 0, cell } as const, title("b")].map(
    (change, i) => ahead.keep("n", i + 1, change),
  );
  expect(kept).toEqual([false, false, true]);
  const inserted = { at: 1, change: "insert-cell", index: 0, cell: { ...cell, outputs: [] } };
  expect(following(ahead.all("n"), 0)).toEqual([inserted, title("b")]);
});

test("of two tabs each forgets what it kept itself, and a series is of one of them", () => {
  const storage = mapStorage();
  const [here, there] = [new WriteAhead(storage, "here"), new WriteAhead(storage, "there")];
  here.keep("n", 1, title("a"));
  there.keep("n", 2, title("b"));
  expect(following(here.all("n"), 0)).toEqual([title("a")]);
  here.forget("n", 1, 2);
  expect([...here.all("n").keys()]).toEqual([2]);
});

test("changes that are taken over are renumbered, and nothing else stays", () => {
  const storage = mapStorage();
  const there = new WriteAhead(storage, "there");
  there.keep("n", 3, title("old"));
  there.keep("n", 5, outputs);
  there.keep("n", 6, title("a"));
  const here = new WriteAhead(storage, "here");
  expect(here.replace("n", 4, following(here.all("n"), 4))).toEqual([true]);
  expect([...here.all("n")]).toEqual([[5, { writer: "here", change: title("a") }]]);
});

test("a storage that is full, forbidden or holds something else costs nothing more, and says so", () => {
  const full = new WriteAhead(mapStorage(200), "here");
  expect(full.keep("n", 1, title("a"))).toBe(true);
  expect(full.keep("n", 2, title("b".repeat(1000)))).toBe(false);
  expect(following(full.all("n"), 0)).toEqual([title("a")]);

  const storage = mapStorage();
  storage.setItem("cohortbook.ahead.n.1", "{");
  expect(following(new WriteAhead(storage, "here").all("n"), 0)).toEqual([]);

  const deny = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  const denied = { getItem: deny, setItem: deny, removeItem: deny, key: deny, length: 1 };
  const forbidden = new WriteAhead(denied, "here");
  expect(forbidden.keep("n", 1, title("a"))).toBe(false);
  forbidden.forgetAll("n");
  expect(forbidden.all("n").size).toBe(0);
});
