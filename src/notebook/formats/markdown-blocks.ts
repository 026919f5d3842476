import type { Json } from "../../specs/pack.ts";
import type { Cell } from "../document.ts";

/** One cell as it stands in a Markdown text. */
export type Block = Pick<Cell, "kind" | "source" | "metadata">;

/** A fence whose text is a cell: ```` ```ts ````, ```` ```sql name=monthly ````, with what else there is of metadata as JSON. */
const codeFence =
  /^`+(?:(?<language>sql)(?:\s+name=(?<name>[\p{L}_$][\p{L}\p{N}_$]*))?|ts|typescript)(?:\s+(?<json>\{.*\}))?\s*$/u;

/** The cells of a Markdown text, in order. Text is lines that end in `\n`. */
export function readBlocks(text: string): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let prose: string[] = [];
  const endProse = (): void => {
    const source = prose
      .join("\n")
      .replace(/^(?:[^\S\n]*\n)+/, "")
      .trimEnd();
    if (source.trim() !== "") blocks.push({ kind: "markdown", source, metadata: {} });
    prose = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line);
    const mark = /^<!-- (prose(?: \d+)?)(?: (\{.*\}))? -->$/.exec(line);
    if (line === "<!-- cell -->") endProse();
    else if (fence) {
      const end = closing(lines, i + 1, fence[1]!);
      const code = codeFence.exec(line)?.groups;
      if (code) {
        endProse();
        const name = code.name === undefined ? {} : { name: code.name };
        blocks.push({
          kind: code.language === "sql" ? "sql" : "code",
          source: lines.slice(i + 1, end).join("\n"),
          metadata: { ...name, ...attributes(code.json) },
        });
      } else prose.push(...lines.slice(i, end + 1));
      i = end;
    } else if (mark && lines.includes(`<!-- /${mark[1]!} -->`, i + 1)) {
      endProse();
      const end = lines.indexOf(`<!-- /${mark[1]!} -->`, i + 1);
      blocks.push({
        kind: "markdown",
        source: lines.slice(i + 1, end).join("\n"),
        metadata: attributes(mark[2]),
      });
      i = end;
    } else prose.push(line);
  }
  endProse();
  return blocks;
}

/** The index of the line that closes a fence; past the last line where none does. */
function closing(lines: readonly string[], from: number, fence: string): number {
  const end = new RegExp(`^ {0,3}${fence[0]!}{${fence.length},}\\s*$`);
  const at = lines.findIndex((line, i) => i >= from && end.test(line));
  return at < 0 ? lines.length : at;
}

function attributes(json: string | undefined): { readonly [key: string]: Json } {
  if (json === undefined) return {};
  try {
    return JSON.parse(json) as { readonly [key: string]: Json };
  } catch {
    return {};
  }
}
