/** A table that a SQL statement reads, and the name it goes by there, in lower case. */
export interface ScopedTable {
  readonly table: string;
  readonly alias: string;
}

/** Where in a SQL cell the caret stands, as far as completion wants to know. */
export type SqlPlace =
  /** Where nothing is to be completed: a comment, a text in quotes. */
  | { readonly in: "text" }
  /** In a `${…}`. */
  | { readonly in: "hole" }
  /** Where a table's name is due; `path` is what stands before the last dot. */
  | { readonly in: "tables"; readonly path: string; readonly start: number }
  /** Anywhere else; `path` is what stands before the last dot, "" where there is none. */
  | { readonly in: "expression"; readonly path: string; readonly start: number };

/** Where the caret stands; `start` is the offset of the word that it ends. */
export function sqlPlaceAt(source: string, offset: number): SqlPlace {
  const before = source.slice(0, offset);
  const last = tokens(before).at(-1) ?? "";
  if (last.startsWith("${") && !last.endsWith("}")) return { in: "hole" };
  if (/^(?:--|\/\*|'|\$\$)/.test(last) && before.endsWith(last) && isOpen(last)) return { in: "text" };
  const [path] = /(?:(?:[\p{L}_][\p{L}\p{N}_]*|"(?:[^"]|"")*")\s*\.\s*)*(?:[\p{L}_][\p{L}\p{N}_]*)?$/u.exec(
    before,
  )!;
  const word = /[\p{L}_]?[\p{L}\p{N}_]*$/u.exec(path)![0];
  const head = words(before.slice(0, before.length - path.length));
  return {
    in: isTableDue(head) ? "tables" : "expression",
    path: path
      .slice(0, path.length - word.length)
      .replace(/[\s"]|\.\s*$/g, "")
      .toLowerCase(),
    start: offset - word.length,
  };
}

/** The tables that the statement around `offset` reads, in order. */
export function tablesInScope(source: string, offset: number): ScopedTable[] {
  const found: ScopedTable[] = [];
  const list = words(statementAround(source, offset));
  for (let i = 0; i < list.length; i++) {
    if (!isTableDue(list.slice(0, i)) || !isName(list[i])) continue;
    const path = [plain(list[i]!)];
    while (list[i + 1] === "." && isName(list[i + 2])) path.push(plain(list[(i += 2)]!));
    const next = list[i + 1]?.toLowerCase() === "as" ? i + 2 : i + 1;
    const alias = isName(list[next]) && !clause.test(list[next]!) ? plain(list[next]!) : path.at(-1)!;
    found.push({ table: path.join("."), alias });
  }
  return found;
}

const clause =
  /^(?:where|join|on|using|group|order|limit|having|union|except|intersect|left|right|inner|full|cross|natural|asof|semi|anti|positional|window|qualify|select|set|values|tablesample|returning)$/i;

const starters = /^(?:from|join|into|update|describe|summarize|table)$/i;

/** Whether a table's name comes next: after `from` and the like, and after a comma in a `from` list. */
function isTableDue(head: readonly string[]): boolean {
  const last = head.at(-1) ?? "";
  if (starters.test(last)) return true;
  if (last !== ",") return false;
  let depth = 0;
  for (const word of head.toReversed()) {
    if (word === ")") depth++;
    if (word === "(" && --depth < 0) return false;
    if (depth === 0 && /^from$/i.test(word)) return true;
    if (
      depth === 0 &&
      (clause.test(word) || word === ";") &&
      !/^(?:join|left|right|inner|full|cross|on|using)$/i.test(word)
    )
      return false;
  }
  return false;
}

/** The text between the semicolons around an offset. */
function statementAround(source: string, offset: number): string {
  let start = 0;
  let at = 0;
  for (const token of tokens(source)) {
    const place = source.indexOf(token, at);
    at = place + token.length;
    if (token !== ";") continue;
    if (place >= offset) return source.slice(start, place);
    start = at;
  }
  return source.slice(start);
}

function words(source: string): string[] {
  return tokens(source).filter((token) => !/^(?:--|\/\*)/.test(token));
}

function tokens(source: string): string[] {
  const parts = source.matchAll(
    /--[^\n]*\n?|\/\*[^]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|\$\$[^]*?(?:\$\$|$)|\$\{(?:[^{}]|\{[^{}]*\})*(?:\}|$)|"(?:[^"]|"")*(?:"|$)|[\p{L}_][\p{L}\p{N}_$]*|[^\s]/gu,
  );
  return [...parts].map(([part]) => part);
}

function isOpen(token: string): boolean {
  if (token.startsWith("--")) return !token.endsWith("\n");
  if (token.startsWith("/*")) return !token.endsWith("*/");
  if (token.startsWith("$$")) return token.length < 4 || !token.endsWith("$$");
  return (token.match(/'/g)?.length ?? 0) % 2 === 1;
}

function isName(word: string | undefined): boolean {
  return word !== undefined && /^["\p{L}_]/u.test(word);
}

function plain(word: string): string {
  return (word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word).toLowerCase();
}
