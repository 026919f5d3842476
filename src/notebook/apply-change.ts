import type { Json } from "../specs/pack.ts";
import type { Cell, Change, NotebookDocument } from "./document.ts";

/** The document after a change. A change that does not fit it is a RangeError. */
export function applyChange(document: NotebookDocument, change: Change): NotebookDocument {
  const { cells } = document;
  switch (change.change) {
    case "insert-cell":
      if (cells.some(({ id }) => id === change.cell.id))
        throw new RangeError(`insert-cell: there is a cell "${change.cell.id}" already`);
      checkIndex(change.change, change.index, cells.length);
      return { ...document, cells: cells.toSpliced(change.index, 0, change.cell) };
    case "delete-cell":
      return { ...document, cells: cells.toSpliced(indexOf(document, change.cell), 1) };
    case "move-cell": {
      const from = indexOf(document, change.cell);
      checkIndex(change.change, change.index, cells.length - 1);
      return { ...document, cells: cells.toSpliced(from, 1).toSpliced(change.index, 0, cells[from]!) };
    }
    case "edit-source": {
      const { offset, removed, text } = change;
      return withCell(document, change.cell, (cell) => {
        if (!(offset >= 0 && removed >= 0 && offset + removed <= cell.source.length))
          throw new RangeError(
            `edit-source: expected a range within ${cell.source.length} characters, got ${offset} + ${removed}`,
          );
        return { ...cell, source: cell.source.slice(0, offset) + text + cell.source.slice(offset + removed) };
      });
    }
    case "set-kind":
      return withCell(document, change.cell, (cell) => ({ ...cell, kind: change.kind }));
    case "set-cell-metadata":
      return withCell(document, change.cell, (cell) => ({
        ...cell,
        metadata: withEntry(cell.metadata, change.key, change.value),
      }));
    case "set-outputs":
      return withCell(document, change.cell, (cell) => ({
        ...cell,
        outputs: change.outputs,
        lastRun: change.lastRun,
      }));
    case "set-title":
      return { ...document, title: change.title };
    case "set-metadata":
      return { ...document, metadata: withEntry(document.metadata, change.key, change.value) };
    default:
      return change satisfies never;
  }
}

/** The change that takes `change` back, once it has been applied to `document`. */
export function invertChange(document: NotebookDocument, change: Change): Change {
  const { at } = change;
  switch (change.change) {
    case "insert-cell":
      return { at, change: "delete-cell", cell: change.cell.id };
    case "delete-cell":
      return {
        at,
        change: "insert-cell",
        index: indexOf(document, change.cell),
        cell: cellOf(document, change.cell),
      };
    case "move-cell":
      return { at, change: "move-cell", cell: change.cell, index: indexOf(document, change.cell) };
    case "edit-source": {
      const { cell, offset, removed, text } = change;
      const taken = cellOf(document, cell).source.slice(offset, offset + removed);
      return { at, change: "edit-source", cell, offset, removed: text.length, text: taken };
    }
    case "set-kind":
      return { at, change: "set-kind", cell: change.cell, kind: cellOf(document, change.cell).kind };
    case "set-cell-metadata": {
      const { cell, key } = change;
      const value = cellOf(document, cell).metadata[key] ?? null;
      return { at, change: "set-cell-metadata", cell, key, value };
    }
    case "set-outputs": {
      const { outputs, lastRun } = cellOf(document, change.cell);
      return { at, change: "set-outputs", cell: change.cell, outputs, lastRun };
    }
    case "set-title":
      return { at, change: "set-title", title: document.title };
    case "set-metadata":
      return { at, change: "set-metadata", key: change.key, value: document.metadata[change.key] ?? null };
    default:
      return change satisfies never;
  }
}

function indexOf(document: NotebookDocument, cell: string): number {
  const index = document.cells.findIndex(({ id }) => id === cell);
  if (index < 0) throw new RangeError(`no cell "${cell}" in this notebook`);
  return index;
}

function cellOf(document: NotebookDocument, cell: string): Cell {
  return document.cells[indexOf(document, cell)]!;
}

function withCell(document: NotebookDocument, id: string, change: (cell: Cell) => Cell): NotebookDocument {
  const index = indexOf(document, id);
  return { ...document, cells: document.cells.with(index, change(document.cells[index]!)) };
}

/** The metadata with one entry set, or without it where `value` is null. */
function withEntry(metadata: Cell["metadata"], key: string, value: Json | null): Cell["metadata"] {
  const { [key]: _before, ...rest } = metadata;
  return value === null ? rest : { ...rest, [key]: value };
}

function checkIndex(change: string, index: number, most: number): void {
  if (!Number.isInteger(index) || index < 0 || index > most)
    throw new RangeError(`${change}: expected an index from 0 to ${most}, got ${index}`);
}
