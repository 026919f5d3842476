import type { Random } from "../../core/random.ts";
import type { Json } from "../../specs/pack.ts";
import { newCell, newId, newNotebook } from "../create.ts";
import type { Cell, NotebookDocument } from "../document.ts";
import { readFrontMatter, writeFrontMatter } from "./front-matter.ts";
import { readBlocks, type Block } from "./markdown-blocks.ts";
import { titleOf } from "./title.ts";

/**
 * A notebook as Markdown: prose as it stands, code cells as fences of `ts` and `sql`, title and metadata as front matter. Outputs and ids are left
 * out, so that it diffs well.
 */
export function writeMarkdown({ title, cells, metadata }: NotebookDocument): string {
  const parts: string[] = [];
  for (const [i, cell] of cells.entries()) {
    const prose = cell.kind === "markdown" && isPlain(cell);
    if (prose && cells[i - 1]?.kind === "markdown" && isPlain(cells[i - 1]!)) parts.push("<!-- cell -->");
    parts.push(cell.kind !== "markdown" ? writeCode(cell) : prose ? cell.source : writeMarked(cell));
  }
  return `${writeFrontMatter(title, metadata)}\n${parts.join("\n\n")}\n`;
}

/** The notebook in a Markdown text: fences of `ts` and `sql` are code cells, what is between them is prose. */
export function readMarkdown(text: string, file: string, random: Random): NotebookDocument {
  const { title, metadata, body } = readFrontMatter(text.replace(/\r\n?/g, "\n"));
  const taken = new Set<string>();
  const cells = readBlocks(body).map(({ kind, source, metadata }) => {
    const id = newId(random, taken);
    taken.add(id);
    return newCell(id, kind, source, metadata);
  });
  return newNotebook(random, title ?? titleOf(cells, file), cells, metadata);
}

function writeCode({ kind, source, metadata }: Cell): string {
  const longest = Math.max(2, ...[...source.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const { name, ...rest } = metadata;
  const named = kind === "sql" && typeof name === "string" && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
  const head = kind === "sql" ? `sql${named ? ` name=${name}` : ""}` : "ts";
  return `${fence}${head}${attributes(named ? rest : metadata)}\n${source === "" ? "" : `${source}\n`}${fence}`;
}

/** Prose that would not read back as one cell of just this text stands between marks. */
function writeMarked({ source, metadata }: Cell): string {
  let mark = "prose";
  for (let n = 2; source.includes(`<!-- /${mark} -->`); n++) mark = `prose ${n}`;
  return `<!-- ${mark}${attributes(metadata)} -->\n${source}\n<!-- /${mark} -->`;
}

function isPlain({ source, metadata }: Cell): boolean {
  if (Object.keys(metadata).length > 0 || /^<!-- (?:\/?prose|cell)/m.test(source)) return false;
  const blocks: readonly Block[] = readBlocks(`${source}\n\n\`\`\`ts\n\`\`\`\n`);
  return blocks.length === 2 && blocks[0]!.kind === "markdown" && blocks[0]!.source === source;
}

function attributes(metadata: { readonly [key: string]: Json }): string {
  if (Object.keys(metadata).length === 0) return "";
  // A `>` could end the comment the attributes stand in, and a backtick is not allowed after a fence.
  return ` ${JSON.stringify(metadata).replaceAll(">", "\\u003e").replaceAll("`", "\\u0060")}`;
}
