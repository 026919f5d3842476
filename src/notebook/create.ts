import type { Random } from "../core/random.ts";
import type { Json } from "../specs/pack.ts";
import type { Cell, NotebookDocument } from "./document.ts";

/** A fresh id of `length` letters and digits, fit for a cell of nbformat 4.5, that is none of `taken`. */
export function newId(random: Random, taken: ReadonlySet<string> = new Set(), length = 8): string {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  for (;;) {
    const id = Array.from({ length }, () => letters[random.integer(letters.length)]).join("");
    if (!taken.has(id)) return id;
  }
}

/** A cell that never ran. */
export function newCell(id: string, kind: Cell["kind"], source = "", metadata: Cell["metadata"] = {}): Cell {
  return { id, kind, source, outputs: [], lastRun: null, metadata };
}

/** A notebook of these cells, or of one empty code cell. */
export function newNotebook(
  random: Random,
  title: string,
  cells: readonly Cell[] = [newCell(newId(random), "code")],
  metadata: { readonly [key: string]: Json } = {},
): NotebookDocument {
  return { id: newId(random, new Set(), 16), title, cells, metadata };
}
