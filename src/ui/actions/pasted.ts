import { toast } from "svelte-sonner";
import type { ImportFile } from "../../protocol/import.ts";
import type { Page } from "../../state/page.svelte.ts";
import { dataText } from "../../text/data.ts";
import { takeFiles, withPath } from "./files.ts";

const separators = ["\t", ",", ";", "|"];
/** Lines that are looked at to tell a table from prose. */
const looked = 20;

/** The file that a pasted text makes, called `pasted`; null where the text is no table. */
export function pastedTable(text: string): ImportFile | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const separator = separators.find((each) => isEven(lines.slice(0, looked), each));
  if (lines.length < 2 || separator === undefined) return null;
  const name = separator === "\t" ? "pasted.tsv" : "pasted.csv";
  return { file: new File([text], name, { type: "text/plain" }), path: name };
}

/** Makes a table of what is pasted outside a text: of files, or of the cells of a sheet. */
export function onPaste(page: Page, event: ClipboardEvent): void {
  const data = event.clipboardData;
  if (!data || !page.open || isWriting(event.target)) return;
  const table = pastedTable(data.getData("text/plain"));
  const files = data.files.length > 0 ? [...data.files].map(withPath) : table ? [table] : [];
  if (files.length === 0) return;
  event.preventDefault();
  void takeFiles(page, files);
}

/** Makes a table of the text on the clipboard; says so where it is none. */
export async function importClipboard(page: Page): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => "");
  const table = pastedTable(text);
  if (table) await takeFiles(page, [table]);
  else toast(dataText[page.settings.language].pastedNothing);
}

/** Whether every line has the separator, and equally often, below a header without gaps: quotes aside, that is a table. A comma that is always followed by a space is prose. */
function isEven(lines: readonly string[], separator: string): boolean {
  const bare = lines.map((line) => line.replace(/"[^"]*"/g, "_").split(separator));
  const [header] = bare;
  if (!header || header.length < 2 || header.some((name) => name.trim() === "")) return false;
  const isProse =
    separator !== "\t" && bare.every((fields) => fields.slice(1).every((field) => /^\s/.test(field)));
  return !isProse && bare.every((fields) => fields.length === header.length);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], .monaco-editor") !== null
  );
}
