import { toast } from "svelte-sonner";
import type { ImportFile } from "../../protocol/import.ts";
import type { Page } from "../../state/page.svelte.ts";
import { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";
import { unreadableWords } from "../parts/unreadable-words.ts";
import { leave } from "./leave.ts";

const notebookFile = /\.(ipynb|md|markdown)$/i;
/** How much of a JSON file is looked at to tell a notebook from data, in bytes. */
const glance = 1 << 16;

/** Takes files that were dropped, picked or pasted: notebooks are opened, the rest become tables. Those in folders are data alone. */
export async function takeFiles(page: Page, files: readonly ImportFile[]): Promise<void> {
  const data: ImportFile[] = [];
  const notebooks: File[] = [];
  for (const each of files) {
    const isNotebook = await holdsNotebook(each.file);
    if (!isNotebook) data.push(each);
    else if (!each.path.includes("/")) notebooks.push(each.file);
  }
  await openFiles(page, notebooks);
  if (data.length > 0) await importAndShow(page, data);
}

/** Reads files into tables; where they make one table, the data panel opens on it, and where it is open, it shows the first of them. */
async function importAndShow(page: Page, files: readonly ImportFile[]): Promise<void> {
  const { open, tables, layout } = page;
  const results = await tables.imports.read(files);
  const [first] = results.flatMap((result) => (result.state === "imported" ? [result.table] : []));
  // Something else may have been opened meanwhile.
  const isOpen = layout.data !== null;
  const isFree = isOpen || (layout.dialog === null && results.length === 1);
  if (!first || page.open !== open || !isFree) return;
  const { name, source } = first;
  const isKnown = source.kind === "file" && source.recognised !== null;
  layout.showTable(name, isKnown ? "rows" : "columns");
}

async function holdsNotebook(file: File): Promise<boolean> {
  if (notebookFile.test(file.name)) return true;
  if (!/\.json$/i.test(file.name)) return false;
  const start = await file.slice(0, glance).text();
  return /^\s*\{/.test(start) && /"nbformat"\s*:|"cell_type"\s*:/.test(start);
}

/** Opens notebook files as new notebooks, the last of them in view; says so where one cannot be read. */
export async function openFiles(page: Page, files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await leave(page, async () => {
    for (const file of files) await openNotebook(page, file);
  });
}

async function openNotebook(page: Page, file: File): Promise<void> {
  try {
    await page.openText(await file.text(), file.name);
  } catch (error) {
    const t = shellText[page.settings.language];
    toast.error(fill(t.fileFailed, { file: file.name, message: unreadableWords(error, t) }));
  }
}

/** Lets a person pick files: of the kinds in `accept`, or a whole folder. */
export function pickFiles(
  pick: { readonly accept: string; readonly multiple: boolean } | "folder",
): Promise<readonly ImportFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    if (pick === "folder") input.webkitdirectory = true;
    else Object.assign(input, pick);
    input.onchange = () => resolve([...(input.files ?? [])].map(withPath).filter(isSeen));
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** A file with its place in the folder it came with. */
export function withPath(file: File): ImportFile {
  return { file, path: file.webkitRelativePath || file.name };
}

/** Whether a person would see the file in its folder: no part of its path begins with a dot, and none is what macOS adds to archives. */
export function isSeen({ path }: Pick<ImportFile, "path">): boolean {
  return !path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}

/** Gives a person a file of this content. */
export function download(content: string | Blob, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
