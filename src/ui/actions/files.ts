import { toast } from "svelte-sonner";
import type { Page } from "../../state/page.svelte.ts";
import { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";
import { unreadableWords } from "../parts/unreadable-words.ts";

const notebookFile = /\.(ipynb|md|markdown)$/i;

/** Takes files that were dropped or picked: notebooks are opened, the rest become tables. */
export async function takeFiles(page: Page, files: readonly File[]): Promise<void> {
  for (const file of files) {
    if (notebookFile.test(file.name)) await openFile(page, file);
    else if (files.length === 1) await importAndShow(page, file);
    else void page.tables.importFile(file);
  }
}

/** Reads a file into a table and opens its preview, unless another dialog or notebook was opened meanwhile. */
async function importAndShow(page: Page, file: File): Promise<void> {
  const { open } = page;
  const result = await page.tables.importFile(file);
  if (result.state === "imported" && page.open === open && page.layout.dialog === null)
    page.layout.dialog = { preview: result.table.name };
}

/** Opens a notebook file as a new notebook; says so where it cannot be read. */
export async function openFile(page: Page, file: File): Promise<void> {
  try {
    await page.openText(await file.text(), file.name);
  } catch (error) {
    const t = shellText[page.settings.language];
    toast.error(fill(t.fileFailed, { file: file.name, message: unreadableWords(error, t) }));
  }
}

/** Lets a person pick files. */
export function pickFiles(accept: string, multiple: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.multiple = multiple;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

/** Gives a person a file of this text. */
export function download(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
