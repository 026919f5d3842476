/** A stretch of source and what it is; `plain` text needs no colour. */
export interface Token {
  readonly kind: "keyword" | "string" | "number" | "comment" | "function" | "type" | "plain";
  readonly text: string;
}

const keywords = new Set(
  (
    "abstract as async await break case catch class const continue debugger declare default delete do else enum export " +
    "extends false finally for from function get if implements import in instanceof interface keyof let namespace new null " +
    "of private protected public readonly return satisfies set static super switch this throw true try type typeof " +
    "undefined var void while with yield"
  ).split(" "),
);

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|(?<number>\b(?:0[xob][\da-f_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d+)?)n?\b)|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)/giu;

/** The tokens of a TypeScript source, in order and without gaps: enough to read it by, before an editor is loaded. */
export function highlight(source: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: "plain", text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    tokens.push({
      kind: kindOf(match, source.slice(end, end + 24), source[match.index - 1]),
      text: match[0],
    });
  }
  if (end < source.length) tokens.push({ kind: "plain", text: source.slice(end) });
  return tokens;
}

function kindOf({ groups }: RegExpMatchArray, after: string, before: string | undefined): Token["kind"] {
  if (groups?.comment !== undefined) return "comment";
  if (groups?.string !== undefined) return "string";
  if (groups?.number !== undefined) return "number";
  const word = groups?.word ?? "";
  if (keywords.has(word) && before !== ".") return "keyword";
  if (/^\s*(<[^>()]*>)?\(/.test(after) || after.startsWith("`"))
    return /^\p{Lu}/u.test(word) ? "type" : "function";
  return /^\p{Lu}\p{L}*\p{Ll}/u.test(word) ? "type" : "plain";
}
