import { toast } from "svelte-sonner";
import type { Cell } from "../../notebook/document.ts";
import { emptyCell } from "../../state/new-cell.ts";
import type { OpenNotebook } from "../../state/open-notebook.svelte.ts";
import type { Page } from "../../state/page.svelte.ts";
import { cellsText } from "../../text/cells.ts";

/** Inserts an empty cell at `index`, selected: code in the editor, prose as well. */
export function insertCell({ notebook, selection }: OpenNotebook, index: number, kind: Cell["kind"]): void {
  const cell = emptyCell(kind);
  notebook.insert(index, cell);
  selection.select(cell.id, "edit");
}

/** Inserts a cell beside the selected one, or at the end where none is. */
export function insertBeside(
  open: OpenNotebook,
  side: "above" | "below",
  source = "",
  kind: Cell["kind"] = "code",
): void {
  const { notebook, selection } = open;
  const number = notebook.numberOf(selection.cell ?? "") || notebook.document.cells.length;
  const index = side === "above" ? Math.max(number - 1, 0) : number;
  const cell = emptyCell(kind, source);
  notebook.insert(index, cell);
  selection.select(cell.id);
}

/** Deletes a cell; a toast offers to undo it. */
export function deleteCell(page: Page, cell: string): void {
  const open = page.open;
  if (!open || open.readOnly) return;
  const { notebook, selection } = open;
  const removed = notebook.cell(cell);
  if (!removed) return;
  const index = notebook.numberOf(cell) - 1;
  notebook.remove(cell);
  const next = notebook.document.cells[Math.min(index, notebook.document.cells.length - 1)];
  if (next) selection.select(next.id);
  else selection.note(null, "command");
  const t = cellsText[page.settings.language];
  toast(t.deleted, {
    action: {
      label: t.undo,
      onClick: () => {
        if (notebook.cell(cell)) return;
        notebook.insert(Math.min(index, notebook.document.cells.length), removed);
        selection.select(cell);
      },
    },
  });
}

/** Puts a copy of a cell below it, without its outputs. */
export function duplicateCell({ notebook, selection }: OpenNotebook, cell: Cell): void {
  const copy = emptyCell(cell.kind, cell.source);
  notebook.insert(notebook.numberOf(cell.id), copy);
  selection.select(copy.id);
}

/** Makes another kind of cell of this one. */
export function makeKind({ notebook, selection }: OpenNotebook, cell: Cell, kind: Cell["kind"]): void {
  notebook.setKind(cell.id, kind);
  selection.select(cell.id);
}
