import type { Cell, Change, LastRun, NotebookDocument } from "../notebook/document.ts";
import { append, redoChange, undoChange, type ChangeLog } from "../notebook/history.ts";
import type { Output } from "../protocol/output.ts";
import type { Json } from "../specs/pack.ts";

type Edit = Change extends infer C ? (C extends unknown ? Omit<C, "at"> : never) : never;

/** The open document. It changes by changes alone, each of which goes to `onchange` to be logged. */
export class Notebook {
  #log = $state.raw<ChangeLog>()!;

  constructor(
    log: ChangeLog,
    private readonly onchange: (change: Change) => void,
  ) {
    this.#log = log;
  }

  get document(): NotebookDocument {
    return this.#log.document;
  }

  /** The document with the changes that can be taken back. */
  get log(): ChangeLog {
    return this.#log;
  }

  cell(id: string): Cell | undefined {
    return this.document.cells.find((cell) => cell.id === id);
  }

  /** A cell's number on the page, counted from 1; 0 where there is no such cell. */
  numberOf(id: string): number {
    return this.document.cells.findIndex((cell) => cell.id === id) + 1;
  }

  /** Puts a cell at `index`. */
  insert(index: number, cell: Cell): void {
    this.#apply({ change: "insert-cell", index, cell });
  }

  remove(cell: string): void {
    this.#apply({ change: "delete-cell", cell });
  }

  move(cell: string, index: number): void {
    this.#apply({ change: "move-cell", cell, index });
  }

  /** Takes `removed` characters at `offset` of a cell's source away and puts `text` there. */
  edit(cell: string, offset: number, removed: number, text: string): void {
    this.#apply({ change: "edit-source", cell, offset, removed, text });
  }

  setKind(cell: string, kind: Cell["kind"]): void {
    this.#apply({ change: "set-kind", cell, kind });
  }

  /** Names the result of a SQL cell; "" takes the name away. */
  setResultName(cell: string, name: string): void {
    const value = name === "" ? null : name;
    if ((this.cell(cell)?.metadata.name ?? null) !== value)
      this.#apply({ change: "set-cell-metadata", cell, key: "name", value });
  }

  setOutputs(cell: string, outputs: readonly Output[], lastRun: LastRun | null): void {
    if (this.cell(cell)) this.#apply({ change: "set-outputs", cell, outputs, lastRun });
  }

  setTitle(title: string): void {
    if (title !== this.document.title) this.#apply({ change: "set-title", title });
  }

  /** Notes something of the whole document; null takes it away. */
  setMetadata(key: string, value: Json | null): void {
    this.#apply({ change: "set-metadata", key, value });
  }

  /** Takes the last step back; gives the cell it was in, undefined where it was in none, null where there is nothing to undo. */
  undo(): string | undefined | null {
    return this.#takeBack(undoChange(this.#log, Date.now()));
  }

  /** Takes the last undo back, and says where as `undo` does. */
  redo(): string | undefined | null {
    return this.#takeBack(redoChange(this.#log, Date.now()));
  }

  /** Whether the next undo or redo changes what is noted under this key of the document. */
  takesBack(way: "undo" | "redo", key: string): boolean {
    const change = (way === "undo" ? undoChange : redoChange)(this.#log, Date.now());
    return change?.change === "set-metadata" && change.key === key;
  }

  #takeBack(change: Change | null): string | undefined | null {
    if (!change) return null;
    this.#keep(change);
    switch (change.change) {
      case "insert-cell":
        return change.cell.id;
      case "set-title":
      case "set-metadata":
      case "delete-cell":
        return undefined;
      case "move-cell":
      case "edit-source":
      case "set-kind":
      case "set-cell-metadata":
      case "set-outputs":
        return change.cell;
      default:
        return change satisfies never;
    }
  }

  #apply(edit: Edit): void {
    this.#keep({ ...edit, at: Date.now() });
  }

  #keep(change: Change): void {
    // The changes themselves are in the store; here they would only hold the memory of old outputs.
    this.#log = { ...append(this.#log, change), changes: [] };
    this.onchange(change);
  }
}
