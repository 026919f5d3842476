import type { Json } from "../../specs/pack.ts";

/** What stands above the cells of a Markdown notebook. */
export interface FrontMatter {
  readonly title: string | null;
  readonly metadata: { readonly [key: string]: Json };
  /** The text below. */
  readonly body: string;
}

/** Title and metadata as front matter: one `key: value` a line, the value plain or as JSON, which YAML reads too. */
export function writeFrontMatter(title: string, metadata: { readonly [key: string]: Json }): string {
  const lines = Object.entries({ title, ...metadata }).map(([key, value]) => `${key}: ${written(value)}`);
  return `---\n${lines.join("\n")}\n---\n`;
}

/** The front matter of a text; lines of it that are no `key: value` are passed over, but prose between two rules is no front matter. */
export function readFrontMatter(text: string): FrontMatter {
  const match = /^---[^\S\n]*\n((?:.*\n)*?)---[^\S\n]*(?:\n|$)/.exec(text);
  if (!match) return { title: null, metadata: {}, body: text };
  const entries = match[1]!.split("\n").flatMap((line): [string, Json][] => {
    const pair = /^([^\s:#-][^:]*?)\s*:(?:\s+(.*?))?\s*$/.exec(line);
    return pair ? [[pair[1]!, value(pair[2] ?? "")]] : [];
  });
  if (entries.length === 0 && match[1]!.trim() !== "") return { title: null, metadata: {}, body: text };
  const { title = null, ...metadata } = Object.fromEntries(entries);
  return {
    title: title === null || typeof title === "object" ? null : String(title),
    metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null)),
    body: text.slice(match[0].length),
  };
}

/** Text that can be read as nothing but itself is written plain. */
function written(value: Json): string {
  return typeof value === "string" &&
    /^\p{L}[\p{L}\p{N} .,;()'’–—/+-]*$/u.test(value) &&
    value === plain(value)
    ? value
    : JSON.stringify(value);
}

function plain(text: string): Json {
  return text === text.trim() ? value(text) : null;
}

function value(text: string): Json {
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
