import type { Random } from "../../core/random.ts";
import type { NotebookDocument } from "../document.ts";
import { readIpynb } from "./ipynb.ts";
import { readMarkdown } from "./markdown.ts";
import { UnreadableNotebook } from "./unreadable.ts";

/** The notebook in the text of a file, told by its name, or by its first character; an UnreadableNotebook names the file and what is wrong. */
export function readNotebook(text: string, file: string, random: Random): NotebookDocument {
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") throw new UnreadableNotebook(file, { why: "empty" });
  const json = /^\s*\{/.test(content);
  // Bytes that are no UTF-8 arrive as U+FFFD; in JSON it may be what a cell showed.
  if ((json ? /\0/ : /[\0\uFFFD]/).test(content.slice(0, 4096)))
    throw new UnreadableNotebook(file, { why: "not-text" });
  if (/\.ipynb$/i.test(file) || json) return readIpynb(content, file, random);
  if (/\.(md|markdown)$/i.test(file)) return readMarkdown(content, file, random);
  throw new UnreadableNotebook(file, { why: "unknown-format" });
}
