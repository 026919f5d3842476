import type { Page } from "../../state/page.svelte.ts";
import { insertBeside, insertCell } from "./cells.ts";
import { run } from "./commands.ts";

const chordWithin = 800;
let lastD = 0;

/** Acts on a key pressed anywhere, before anything on the page sees it: Jupyter's keys, and those of the page. */
export function onKey(page: Page, event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || page.layout.dialog !== null) return;
  if (pageKey(page, event) || runKey(page, event) || commandKey(page, event)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function pageKey(page: Page, event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  switch (event.key.toLowerCase()) {
    case "k":
      page.layout.dialog = "palette";
      return true;
    case "s":
      run(page, "save-ipynb");
      return true;
    default:
      return false;
  }
}

function runKey({ open }: Page, event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || !open || !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey))
    return false;
  if (!within(event.target, "[data-cell]") && isOperable(event.target)) return false;
  const { notebook, selection, runner } = open;
  const id = selection.cell ?? notebook.document.cells[0]?.id;
  if (id === undefined || open.readOnly) return false;
  void runner.run([id]);
  const { cells } = notebook.document;
  const next = cells.findIndex((cell) => cell.id === id) + 1;
  if (event.altKey) insertCell(open, next, "code");
  else if (!event.shiftKey) selection.select(id);
  else if (next < cells.length) selection.select(cells[next]!.id);
  else insertCell(open, next, "code");
  selection.awaited = id;
  return true;
}

function commandKey(page: Page, event: KeyboardEvent): boolean {
  const { open } = page;
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return false;
  if (event.key === "?") return done(run(page, "keys"));
  if (event.key === "[") return done(run(page, "side"));
  if (!open || !onCell(event.target)) return false;
  const { notebook, selection } = open;
  const index = notebook.document.cells.findIndex(({ id }) => id === selection.cell);
  const cell = notebook.document.cells[index];
  if (!cell) return false;
  switch (event.key) {
    case "ArrowUp":
    case "k":
      return index > 0 ? done(selection.select(notebook.document.cells[index - 1]!.id)) : true;
    case "ArrowDown":
    case "j":
      return index + 1 < notebook.document.cells.length
        ? done(selection.select(notebook.document.cells[index + 1]!.id))
        : true;
    default:
      return open.readOnly ? false : editKey(page, event);
  }
}

/** Keys that change the notebook. */
function editKey(page: Page, event: KeyboardEvent): boolean {
  const open = page.open!;
  switch (event.key) {
    case "Enter":
      return done(open.selection.select(open.selection.cell!, "edit"));
    case "a":
      return done(insertBeside(open, "above"));
    case "b":
      return done(insertBeside(open, "below"));
    case "z":
      return done(run(page, "undo"));
    case "Z":
      return done(run(page, "redo"));
    case "m":
      return done(run(page, "to-prose"));
    case "y":
      return done(run(page, "to-code"));
    case "q":
      return done(run(page, "to-sql"));
    case "d":
      if (event.timeStamp - lastD < chordWithin) {
        lastD = 0;
        return done(run(page, "delete-cell"));
      }
      lastD = event.timeStamp;
      return true;
    default:
      return false;
  }
}

function done(_: void): true {
  return true;
}

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

/** Whether keys go into a text there. */
function isWriting(target: EventTarget | null): boolean {
  return within(target, "input, textarea, select, [contenteditable], .monaco-editor");
}

/** Whether the target has keys of its own: a button, a menu, a text. */
function isOperable(target: EventTarget | null): boolean {
  return within(target, "button, a, summary, [role=menu], [role=dialog]") || isWriting(target);
}

/** Whether a key is meant for the selected cell: it has the focus, or nothing has. */
function onCell(target: EventTarget | null): boolean {
  if (target === document.body || target === document.documentElement) return true;
  return target instanceof HTMLElement && target.matches("section[data-cell], section[data-cell] .code");
}
