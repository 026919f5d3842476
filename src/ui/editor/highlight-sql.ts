import { highlight, type Token } from "./highlight.ts";
import { sqlKeywords, sqlTypes } from "./sql-words.ts";

const keywords = new Set(sqlKeywords);
const types = new Set(sqlTypes);

const pattern =
  /(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*'?|\$\$[^]*?(?:\$\$|$))|(?<hole>\$\{(?:[^{}]|\{[^{}]*\})*\}?)|(?<name>"(?:[^"]|"")*"?)|(?<number>\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?\b)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/giu;

/** The tokens of a SQL cell's source, in order and without gaps; what stands in `${…}` is TypeScript. */
export function highlightSql(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: "plain", text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    if (match.groups?.hole === undefined)
      tokens.push({ kind: kindOf(match, source.slice(end, end + 24)), text: match[0] });
    else tokens.push({ kind: "plain", text: "${" }, ...highlight(match[0].slice(2)));
  }
  if (end < source.length) tokens.push({ kind: "plain", text: source.slice(end) });
  return tokens;
}

function kindOf({ groups }: RegExpMatchArray, after: string): Token["kind"] {
  if (groups?.comment !== undefined) return "comment";
  if (groups?.string !== undefined) return "string";
  if (groups?.number !== undefined) return "number";
  const word = groups?.word?.toLowerCase();
  if (word === undefined) return "plain";
  if (keywords.has(word)) return "keyword";
  if (types.has(word)) return "type";
  return /^\s*\(/.test(after) ? "function" : "plain";
}
