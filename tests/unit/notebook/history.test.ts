import { expect, test } from "vitest";
import { seededRandom, type Random } from "../../../src/core/random.ts";
import { applyChange, invertChange } from "../../../src/notebook/apply-change.ts";
import { newCell, newId, newNotebook } from "../../../src/notebook/create.ts";
import type { Change, NotebookDocument } from "../../../src/notebook/document.ts";
import {
  append,
  openLog,
  redoChange,
  replay,
  undoChange,
  type ChangeLog,
} from "../../../src/notebook/history.ts";
import type { Output } from "../../../src/protocol/output.ts";

const output: Output = { id: "o", data: { "text/plain": "1" }, metadata: {}, buffers: [new ArrayBuffer(8)] };

const notebook = (...sources: string[]): NotebookDocument => ({
  ...newNotebook(seededRandom(1), "Title"),
  cells: sources.map((source, i) => newCell("abcd"[i]!, "code", source)),
});

const edit = (at: number, offset: number, removed: number, text: string): Change => ({
  at,
  change: "edit-source",
  cell: "a",
  offset,
  removed,
  text,
});

const all = (log: ChangeLog, ...changes: Change[]): ChangeLog => changes.reduce(append, log);
const undo = (log: ChangeLog): ChangeLog => append(log, undoChange(log, 9e9)!);
const redo = (log: ChangeLog): ChangeLog => append(log, redoChange(log, 9e9)!);
const source = (log: ChangeLog): string => log.document.cells[0]!.source;

/** One change that fits the document, of any kind. */
function randomChange(random: Random, document: NotebookDocument, at: number): Change {
  const cell = document.cells[random.integer(Math.max(1, document.cells.length))];
  const ids = new Set(document.cells.map(({ id }) => id));
  const pick = random.integer(10);
  if (!cell || pick === 0)
    return {
      at,
      change: "insert-cell",
      index: random.integer(document.cells.length + 1),
      cell: newCell(newId(random, ids), random.next() < 0.5 ? "code" : "markdown", "text"),
    };
  const offset = random.integer(cell.source.length + 1);
  const removed = random.integer(cell.source.length - offset + 1);
  const lastRun = { state: "done", count: at, seconds: 1, device: null } as const;
  const kinds: Change[] = [
    { at, change: "delete-cell", cell: cell.id },
    { at, change: "move-cell", cell: cell.id, index: random.integer(document.cells.length) },
    {
      at,
      change: "edit-source",
      cell: cell.id,
      offset,
      removed,
      text: "a漢🙂 b\n".slice(0, random.integer(8)),
    },
    { at, change: "edit-source", cell: cell.id, offset, removed: 0, text: "xyz ".charAt(random.integer(4)) },
    {
      at,
      change: "set-kind",
      cell: cell.id,
      kind: (["code", "sql", "markdown"] as const)[random.integer(3)]!,
    },
    {
      at,
      change: "set-cell-metadata",
      cell: cell.id,
      key: "name",
      value: random.next() < 0.3 ? null : `n${at}`,
    },
    { at, change: "set-outputs", cell: cell.id, outputs: [output], lastRun },
    { at, change: "set-title", title: `t${at}` },
    {
      at,
      change: "set-metadata",
      key: "ab".charAt(random.integer(2)),
      value: random.next() < 0.3 ? null : { at },
    },
  ];
  return kinds[pick - 1]!;
}

test("every change taken back gives the document there was", () => {
  const random = seededRandom(7);
  let document = notebook("one", "two");
  for (let at = 0; at < 5000; at++) {
    const change = randomChange(random, document, at);
    const after = applyChange(document, change);
    expect(applyChange(after, invertChange(document, change))).toEqual(document);
    expect(structuredClone(change)).toEqual(change);
    document = after;
  }
});

test("undoing everything gives the start, and redoing everything the end", () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = seededRandom(seed);
    const start = notebook("one", "two", "three");
    let log = openLog(start);
    // Runs are left out: their outputs are not a person's doing, and stay.
    for (let at = 0; at < 60; at++) {
      const change = randomChange(random, log.document, at * 400);
      if (change.change !== "set-outputs") log = append(log, change);
    }
    const end = log.document;
    while (log.undo) log = undo(log);
    expect(log.document, `seed ${seed}`).toEqual(start);
    while (log.redo) log = redo(log);
    expect(log.document, `seed ${seed}`).toEqual(end);
    expect(replay(start, log.changes)).toEqual(log);
  }
});

test("a change that does not fit is a RangeError that says why", () => {
  const document = notebook("abc", "");
  const at = 0;
  const refused: readonly (readonly [Change, RegExp])[] = [
    [{ at, change: "insert-cell", index: 3, cell: newCell("z", "code") }, /index from 0 to 2, got 3/],
    [{ at, change: "insert-cell", index: 0, cell: newCell("a", "code") }, /already/],
    [{ at, change: "delete-cell", cell: "q" }, /no cell "q"/],
    [{ at, change: "move-cell", cell: "a", index: 2 }, /index from 0 to 1, got 2/],
    [{ at, change: "move-cell", cell: "a", index: -1 }, /got -1/],
    [{ at, change: "set-kind", cell: "q", kind: "code" }, /no cell/],
    [edit(0, 2, 2, ""), /within 3 characters, got 2 \+ 2/],
    [edit(0, -1, 0, ""), /got -1/],
    [edit(0, NaN, 0, ""), /got NaN/],
  ];
  for (const [change, message] of refused) {
    expect(() => applyChange(document, change)).toThrow(RangeError);
    expect(() => applyChange(document, change)).toThrow(message);
  }
});

test("a deleted cell comes back with its outputs, where it was", () => {
  const lastRun = { state: "done", count: 1, seconds: 2, device: null } as const;
  const log = all(
    openLog(notebook("one", "two")),
    { at: 1, change: "set-outputs", cell: "a", outputs: [output], lastRun },
    { at: 2, change: "delete-cell", cell: "a" },
  );
  expect(undo(log).document.cells[0]).toMatchObject({ id: "a", outputs: [output], lastRun });
});

test("outputs are no step of their own", () => {
  const log = all(openLog(notebook("")), edit(1, 0, 0, "x"), {
    at: 2,
    change: "set-outputs",
    cell: "a",
    outputs: [output],
    lastRun: null,
  });
  const back = undo(log);
  expect(back.document.cells[0]).toMatchObject({ source: "", outputs: [output] });
  expect(undoChange(back, 3)).toBe(null);
});

test("typing is taken back word by word", () => {
  const text = "let x  = 1";
  let log = all(openLog(notebook("")), ...[...text].map((letter, i) => edit(i * 100, i, 0, letter)));
  const seen = [];
  while (log.undo) seen.push(source((log = undo(log))));
  expect(seen).toEqual(["let x  = ", "let x  ", "let ", ""]);
  while (log.redo) log = redo(log);
  expect(source(log)).toBe(text);
});

test("a pause, another place, another cell and a new line start a new step", () => {
  const steps = (...changes: Change[]): number => {
    let log = all(openLog(notebook("", "")), ...changes);
    let count = 0;
    for (; log.undo; count++) log = undo(log);
    expect(source(log)).toBe("");
    return count;
  };
  expect(steps(edit(0, 0, 0, "a"), edit(900, 1, 0, "b"))).toBe(1);
  expect(steps(edit(0, 0, 0, "a"), edit(1100, 1, 0, "b"))).toBe(2);
  expect(steps(edit(0, 0, 0, "a"), edit(1, 0, 0, "b"))).toBe(2);
  expect(steps(edit(0, 0, 0, "a"), edit(1, 1, 0, "\n"))).toBe(2);
  expect(steps(edit(0, 0, 0, "a"), { ...edit(1, 0, 0, "b"), cell: "b" } as Change)).toBe(2);
  expect(steps(edit(0, 0, 0, "a"), { at: 1, change: "set-title", title: "t" }, edit(2, 1, 0, "b"))).toBe(3);
});

test("backspacing joins what it deletes, and what was typed and deleted at once is no step", () => {
  const deleted = all(openLog(notebook("abc")), edit(0, 2, 1, ""), edit(1, 1, 1, ""), edit(2, 0, 1, ""));
  expect(source(undo(deleted))).toBe("abc");
  const forward = all(openLog(notebook("abc")), edit(0, 0, 1, ""), edit(1, 0, 1, ""));
  expect(source(undo(forward))).toBe("abc");
  const typo = all(
    openLog(notebook("")),
    edit(0, 0, 0, "a"),
    edit(1, 1, 0, "x"),
    edit(2, 1, 1, ""),
    edit(3, 1, 0, "b"),
  );
  expect(source(typo)).toBe("ab");
  expect(source(undo(typo))).toBe("");
  expect(all(openLog(notebook("")), edit(0, 0, 0, "a"), edit(1, 0, 1, "")).undo).toBe(null);
});

test("a new edit after undo leaves nothing to redo", () => {
  const log = append(undo(all(openLog(notebook("")), edit(0, 0, 0, "a"))), edit(5000, 0, 0, "b"));
  expect(redoChange(log, 0)).toBe(null);
});

test("the log holds every change, undo among them, and is all that is needed to find it again", () => {
  const start = notebook("");
  const log = redo(undo(all(openLog(start), edit(0, 0, 0, "a"), edit(5000, 1, 0, "b"))));
  expect(log.changes.map(({ by }) => by)).toEqual([undefined, undefined, "undo", "redo"]);
  expect(undo(replay(start, log.changes)).document).toEqual(undo(log).document);
});

test("ids are fit for nbformat 4.5, and never taken twice", () => {
  const random = seededRandom(3);
  const taken = new Set<string>();
  for (let i = 0; i < 1000; i++) taken.add(newId(random, taken));
  expect(taken.size).toBe(1000);
  for (const id of taken) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
});
