import { toast } from "svelte-sonner";
import type { TableInfo } from "../../protocol/table-info.ts";
import type { DroppedTable, RetypedColumn } from "../../state/data.svelte.ts";
import type { Page } from "../../state/page.svelte.ts";
import { dataText } from "../../text/data.ts";
import { panelText } from "../../text/panel.ts";
import { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";
import { droppedWords } from "../data/table-words.ts";
import { insertBeside } from "./cells.ts";

/** Puts this source into the selected cell where it is empty code, else into a cell below it, and shows the notebook. */
function insertSource({ layout, open }: Page, source: string): void {
  layout.sheet = false;
  layout.dialog = null;
  if (!open || open.readOnly) return;
  const { notebook, selection } = open;
  const cell = notebook.cell(selection.cell ?? "");
  if (cell?.kind !== "code" || cell.source.trim() !== "") return insertBeside(open, "below", source);
  notebook.edit(cell.id, 0, cell.source.length, source);
  selection.select(cell.id);
}

/** Puts a cell that reads the table below the selected one, or into it where it is empty. */
export function insertTable(page: Page, table: string): void {
  insertSource(page, `await table(${JSON.stringify(table)})`);
}

/** Puts a cell that makes the sample dataset below the selected one, or into it where it is empty, and runs it. */
export function useDataset(
  page: Page,
  id: string,
  options: { readonly size: string; readonly seed: number },
): void {
  const { size, seed } = options;
  insertSource(page, `await dataset(${JSON.stringify(id)}, { size: "${size}", seed: ${seed} })`);
  const { open } = page;
  if (open?.selection.cell != null && !open.readOnly) void open.runner.run([open.selection.cell]);
}

/** Deletes a table. The data panel offers to have it back; where it is not open, a toast does. */
export async function deleteTable(page: Page, table: string): Promise<void> {
  const { layout, settings, tables } = page;
  const next = neighbour(tables.list, table);
  try {
    const dropped = await tables.drop(table);
    if (layout.dialog !== null && next) layout.showTable(next);
    else if (layout.dialog !== null) layout.showData();
    else tellDropped(page, dropped);
  } catch (error) {
    toast.error(fill(panelText[settings.language].deleteFailed, { message: (error as Error).message }));
  }
}

/** Puts a table that was imported beside another in its place. The data panel offers to undo it; where it is not open, a toast does. */
export async function replaceTable(page: Page, table: string, by: string): Promise<void> {
  const { layout, settings, tables } = page;
  try {
    const dropped = await tables.replace(table, by);
    // Its import is listed as of a table beside the other.
    tables.imports.dismissOf(by);
    if (layout.dialog !== null) layout.showTable(table);
    else tellDropped(page, dropped);
  } catch (error) {
    toast.error(fill(panelText[settings.language].renameFailed, { message: (error as Error).message }));
  }
}

function tellDropped(page: Page, dropped: DroppedTable): void {
  const { language } = page.settings;
  toast(droppedWords(dropped, language), {
    action: { label: shellText[language].undo, onClick: () => void restoreTable(page, dropped) },
  });
}

/** Imports what was joined in a table anew, each part as a table of its own; where all come in, they take its place. */
export async function importSeparately(page: Page, joined: string): Promise<void> {
  const { open, layout, settings, tables } = page;
  const results = await tables.imports.readParts(joined);
  // Another notebook may have a table of that name.
  if (page.open !== open) return;
  const made = results.flatMap((result) => (result.state === "imported" ? [result.table] : []));
  if (made.length < results.length) {
    toast.error(fill(dataText[settings.language].separateFailed, { table: joined }));
    return;
  }
  await deleteTable(page, joined);
  if (layout.dialog !== null) layout.showTable(made[0]!.name);
}

/** The table listed after this one, else the one before it. */
function neighbour(tables: readonly TableInfo[], table: string): string | undefined {
  const index = tables.findIndex(({ name }) => name === table);
  return (tables[index + 1] ?? tables[index - 1])?.name;
}

/** Has a deleted table back, and shows it where the data panel is open. */
export async function restoreTable({ layout, settings }: Page, { restore }: DroppedTable): Promise<void> {
  try {
    const table = await restore();
    if (table && layout.dialog !== null) layout.showTable(table.name);
  } catch (error) {
    toast.error(fill(panelText[settings.language].restoreFailed, { message: (error as Error).message }));
  }
}

/** Has a column back as it was before it lost values to another type. */
export async function restoreColumn({ settings }: Page, { restore }: RetypedColumn): Promise<void> {
  try {
    await restore();
  } catch (error) {
    toast.error(fill(panelText[settings.language].retypeFailed, { message: (error as Error).message }));
  }
}
