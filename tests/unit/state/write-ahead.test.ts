import { expect, test } from "vitest";
import type { Cell, Change } from "../../../src/notebook/document.ts";
import { WriteAhead } from "../../../src/state/write-ahead.ts";
import { mapStorage } from "./map-storage.ts";

const title = (text: string): Change => ({ at: 1, change: "set-title", title: text });
const output = { id: "o", data: { "text/plain": "42" }, metadata: {}, buffers: [new ArrayBuffer(8)] };
const cell: Cell = { id: "a", kind: "code", source: "42", outputs: [output], lastRun: null, metadata: {} };

test("changes come back by notebook, those beyond the log alone", () => {
  const ahead = new WriteAhead(mapStorage());
  ahead.keep("n", 5, [title("a"), title("b")]);
  ahead.keep("m", 0, [title("c")]);
  expect(ahead.beyond("n", 5)).toEqual([title("a"), title("b")]);
  expect(ahead.beyond("n", 6)).toEqual([title("b")]);
  expect(ahead.beyond("n", 7)).toEqual([]);
  ahead.keep("n", 7, []);
  expect(ahead.beyond("n", 5)).toEqual([]);
  expect(ahead.beyond("m", 0)).toEqual([title("c")]);
});

test("outputs are left out, and their numbers are counted all the same", () => {
  const ahead = new WriteAhead(mapStorage());
  ahead.keep("n", 0, [
    { at: 1, change: "set-outputs", cell: "a", outputs: [output], lastRun: null },
    { at: 1, change: "insert-cell", index: 0, cell },
    title("b"),
  ]);
  const inserted = { at: 1, change: "insert-cell", index: 0, cell: { ...cell, outputs: [] } };
  expect(ahead.beyond("n", 0)).toEqual([inserted, title("b")]);
  expect(ahead.beyond("n", 2)).toEqual([title("b")]);
});

test("outputs alone leave nothing behind", () => {
  const storage = mapStorage();
  const ahead = new WriteAhead(storage);
  ahead.keep("n", 0, [title("b")]);
  ahead.keep("n", 1, [{ at: 1, change: "set-outputs", cell: "a", outputs: [output], lastRun: null }]);
  expect(storage.getItem("cohortbook.ahead.n")).toBeNull();
});

test("a storage that is full, forbidden or holds something else costs nothing more", () => {
  const full = new WriteAhead(mapStorage(200));
  full.keep("n", 0, [title("a")]);
  full.keep("n", 0, [title("a"), title("b".repeat(1000))]);
  expect(full.beyond("n", 0)).toEqual([title("a")]);

  const storage = mapStorage();
  storage.setItem("cohortbook.ahead.n", "{");
  expect(new WriteAhead(storage).beyond("n", 0)).toEqual([]);

  const deny = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  const forbidden = new WriteAhead({ getItem: deny, setItem: deny, removeItem: deny });
  forbidden.keep("n", 0, [title("a")]);
  forbidden.forget("n");
  expect(forbidden.beyond("n", 0)).toEqual([]);
});
