import { toast } from "svelte-sonner";
import type { Cell } from "../../notebook/document.ts";
import type { Page } from "../../state/page.svelte.ts";
import { cellsText } from "../../text/cells.ts";
import { dataText } from "../../text/data.ts";
import { lessons } from "../../text/lessons.ts";
import { shellText } from "../../text/shell.ts";
import { speedText } from "../../text/speed.ts";
import type { Language } from "../../text/text.ts";
import { fill } from "../../text/text.ts";
import { ipynbText } from "../outputs/ipynb-text.ts";
import { deleteCell, insertBeside, makeKind } from "./cells.ts";
import { download, openFiles, pickFiles, takeFiles } from "./files.ts";
import { chooseLanguage } from "./language.ts";
import { leave } from "./leave.ts";
import { openLesson } from "./lesson.ts";
import { importClipboard } from "./pasted.ts";
import { stopRun } from "./stop.ts";
import { tellTruthStays } from "./truth.ts";

/** Something a person can have done, by menu, key or name. */
export interface Command {
  readonly id: string;
  readonly title: (language: Language) => string;
  readonly keys?: string;
  readonly run: (page: Page) => unknown;
}

/** Every command of the page, in the order of the list. */
export const commands: readonly Command[] = [
  { id: "run-all", title: (l) => shellText[l].runAll, run: ({ open }) => open?.runner.runAll() },
  { id: "stop", title: (l) => shellText[l].stopAll, run: stopRun },
  { id: "restart", title: (l) => shellText[l].restartKernel, run: restartKernel },
  { id: "new", title: (l) => shellText[l].newNotebook, run: (page) => leave(page, () => page.create()) },
  { id: "open", title: (l) => shellText[l].openFile, run: openPicked },
  ...lessons.map((lesson): Command => ({
    id: `lesson-${lesson.id}`,
    title: (l) => fill(shellText[l].openLesson, { title: lesson.title[l] }),
    run: (page) => openLesson(page, lesson),
  })),
  { id: "save-ipynb", title: (l) => shellText[l].saveIpynb, keys: "Ctrl+S", run: saveIpynb },
  { id: "save-markdown", title: (l) => shellText[l].saveMarkdown, run: saveMarkdown },
  { id: "copy-link", title: (l) => shellText[l].copyLink, run: copyLink },
  { id: "data", title: (l) => dataText[l].panel, run: ({ layout }) => layout.showData() },
  { id: "speed", title: (l) => speedText[l].title, run: ({ layout }) => layout.showSpeed() },
  { id: "import", title: (l) => dataText[l].pick, run: importPicked },
  { id: "import-folder", title: (l) => dataText[l].pickFolder, run: importFolder },
  { id: "import-clipboard", title: (l) => dataText[l].paste, run: importClipboard },
  { id: "undo", title: (l) => shellText[l].undoDelete, keys: "Z", run: (page) => takeBack(page, "undo") },
  { id: "redo", title: (l) => shellText[l].redo, keys: "Shift+Z", run: (page) => takeBack(page, "redo") },
  {
    id: "insert-above",
    title: (l) => shellText[l].keyAbove,
    keys: "A",
    run: ({ open }) => open && insertBeside(open, "above"),
  },
  {
    id: "insert-below",
    title: (l) => shellText[l].keyBelow,
    keys: "B",
    run: ({ open }) => open && insertBeside(open, "below"),
  },
  {
    id: "insert-sql",
    title: (l) => cellsText[l].addSql,
    run: ({ open }) => open && insertBeside(open, "below", "", "sql"),
  },
  { id: "delete-cell", title: (l) => shellText[l].keyDelete, keys: "D D", run: deleteSelected },
  {
    id: "to-prose",
    title: (l) => cellsText[l].toProse,
    keys: "M",
    run: (page) => makeSelected(page, "markdown"),
  },
  { id: "to-code", title: (l) => cellsText[l].toCode, keys: "Y", run: (page) => makeSelected(page, "code") },
  { id: "to-sql", title: (l) => cellsText[l].toSql, keys: "Q", run: (page) => makeSelected(page, "sql") },
  { id: "side", title: (l) => shellText[l].keySide, keys: "[", run: (page) => page.layout.toggleSide() },
  { id: "keys", title: (l) => shellText[l].keys, keys: "?", run: (page) => (page.layout.dialog = "keys") },
  {
    id: "light",
    title: (l) => `${shellText[l].theme}: ${shellText[l].themeLight}`,
    run: ({ settings }) => settings.setTheme("light"),
  },
  {
    id: "dark",
    title: (l) => `${shellText[l].theme}: ${shellText[l].themeDark}`,
    run: ({ settings }) => settings.setTheme("dark"),
  },
  {
    id: "system",
    title: (l) => `${shellText[l].theme}: ${shellText[l].themeSystem}`,
    run: ({ settings }) => settings.setTheme("system"),
  },
  {
    id: "en",
    title: (l) => `${shellText[l].language}: ${shellText[l].english}`,
    run: (page) => chooseLanguage(page, "en"),
  },
  {
    id: "zh",
    title: (l) => `${shellText[l].language}: ${shellText[l].chinese}`,
    run: (page) => chooseLanguage(page, "zh-CN"),
  },
];

/** Does the command of that id. */
export function run(page: Page, id: string): void {
  const command = commands.find((each) => each.id === id);
  void command?.run(page);
}

/** Undoes the last change, or makes it again, and shows where it was. */
async function takeBack(page: Page, way: "undo" | "redo"): Promise<void> {
  const { open, settings } = page;
  if (!open || open.readOnly) return;
  if (open.notebook.takesBack(way, "truth") && !(await page.mayChangeTruth())) return tellTruthStays(page);
  const cell = way === "undo" ? open.notebook.undo() : open.notebook.redo();
  if (cell === null) toast(shellText[settings.language].nothingToUndo);
  else if (cell !== undefined) open.selection.select(cell);
}

async function restartKernel(page: Page): Promise<void> {
  await page.open?.runner.restart();
  toast(shellText[page.settings.language].restarted);
}

async function openPicked(page: Page): Promise<void> {
  const picked = await pickFiles({ accept: ".ipynb,.md,.markdown", multiple: false });
  await openFiles(
    page,
    picked.map(({ file }) => file),
  );
}

async function importPicked(page: Page): Promise<void> {
  await takeFiles(page, await pickFiles({ accept: "", multiple: true }));
}

async function importFolder(page: Page): Promise<void> {
  await takeFiles(page, await pickFiles("folder"));
}

async function saveIpynb({ open, settings }: Page): Promise<void> {
  if (!open) return;
  const { document } = open.notebook;
  const text = await ipynbText(document, settings.language);
  download(text, `${fileName(document.title)}.ipynb`, "application/x-ipynb+json");
}

async function saveMarkdown({ open }: Page): Promise<void> {
  if (!open) return;
  const { document } = open.notebook;
  const { writeMarkdown } = await import("../../notebook/formats/markdown.ts");
  download(writeMarkdown(document), `${fileName(document.title)}.md`, "text/markdown");
}

async function copyLink({ open, settings }: Page): Promise<void> {
  if (!open) return;
  const t = shellText[settings.language];
  try {
    const { toFragment } = await import("../../notebook/formats/link.ts");
    const link = new URL(`#${await toFragment(open.notebook.document)}`, location.href);
    await navigator.clipboard.writeText(link.href);
    const length = new Intl.NumberFormat(settings.language).format(link.href.length);
    toast.success(fill(t.linkCopied, { length }));
  } catch (error) {
    toast.error(fill(t.linkFailed, { message: (error as Error).message }));
  }
}

function deleteSelected(page: Page): void {
  const cell = page.open?.selection.cell;
  if (cell != null) deleteCell(page, cell);
}

function makeSelected({ open }: Page, kind: Cell["kind"]): void {
  const cell = open?.notebook.cell(open.selection.cell ?? "");
  if (open && cell && cell.kind !== kind && !open.readOnly) makeKind(open, cell, kind);
}

function fileName(title: string): string {
  return title.replace(/[\\/:*?"<>|\s]+/g, "-").replace(/^-+|-+$/g, "") || "notebook";
}
