import type { TableNames } from "./compiled.ts";

/**
 * The tables a SQL text reads (`from`, `join`, `insert into` …) and makes (`create table`, `create view`), in lower case. Best effort:
 * a name that a parameter gives is not seen.
 */
export function tablesInSql(sql: string): TableNames {
  const words = tokens(sql);
  const uses = new Set<string>();
  const defines = new Set<string>();
  const common = new Set<string>();
  /** One entry an open parenthesis: whether a query stands in it, so that `extract(year from day)` names no table. */
  const groups = [true];
  for (const [i, word] of words.entries()) {
    const before = lower(words[i - 1]);
    if (word === "(") groups.push(/^(select|from|with)$/.test(lower(words[i + 1])));
    else if (word === ")" && groups.length > 1) groups.pop();
    switch (lower(word)) {
      case "as":
        common.add(commonTable(words, i));
        break;
      case "table":
      case "view":
        if (/^(create|replace|temp|temporary)$/.test(before))
          read(words, lower(words[i + 1]) === "if" ? i + 4 : i + 1, defines);
        break;
      case "from":
        if (groups.at(-1) && before !== "distinct") readList(words, i + 1, uses);
        break;
      case "join":
      case "into":
      case "update":
      case "describe":
      case "summarize":
        read(words, i + 1, uses);
    }
  }
  return { uses: [...uses].filter((name) => !common.has(name)), defines: [...defines] };
}

/** Words, names in double quotes, text in single quotes and punctuation, one by one; comments are left out. */
function tokens(sql: string): string[] {
  const parts = sql.matchAll(
    /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[^\s]/gu,
  );
  return [...parts].map(([part]) => part).filter((part) => !/^(--|\/\*)/.test(part));
}

/** Adds the tables of a `from` list that starts at index i: `a, b as c, range(10) d`. */
function readList(words: readonly string[], i: number, names: Set<string>): void {
  const after = read(words, i, new Set());
  let next = words[after] === "(" ? closing(words, after) : read(words, i, names);
  if (lower(words[next]) === "as") next++;
  if (isName(words[next]) && !clause.test(words[next]!)) next++;
  if (words[next] === ",") readList(words, next + 1, names);
}

/** Adds the table name at index i, if one stands there; gives the index after it. */
function read(words: readonly string[], i: number, names: Set<string>): number {
  if (!isName(words[i]) || lower(words[i]) === "lateral") return i;
  const path = [plain(words[i]!)];
  let next = i + 1;
  for (; words[next] === "." && isName(words[next + 1]); next += 2) path.push(plain(words[next + 1]!));
  names.add(path.join("."));
  return next;
}

/** The name that the `as` at index i gives a query in parentheses (`with a as (`, `b (x) as materialized (`), else "". */
function commonTable(words: readonly string[], i: number): string {
  const open = words.slice(i + 1, i + 4).findIndex((word) => !/^(not|materialized)$/i.test(word)) + i + 1;
  if (words[open] !== "(") return "";
  const before = words[i - 1] === ")" ? words.lastIndexOf("(", i) - 1 : i - 1;
  return isName(words[before]) ? plain(words[before]!) : "";
}

/** The index after the parenthesis that closes the one at index i. */
function closing(words: readonly string[], i: number): number {
  let depth = 0;
  for (let next = i; next < words.length; next++) {
    if (words[next] === "(") depth++;
    if (words[next] === ")" && --depth === 0) return next + 1;
  }
  return words.length;
}

/** Words that may follow a table's name and are no alias of it. */
const clause =
  /^(where|join|on|using|group|order|limit|having|union|except|intersect|left|right|inner|full|cross|natural|asof|window|qualify|select|tablesample)$/i;

function isName(word: string | undefined): boolean {
  return word !== undefined && /^["\p{L}_]/u.test(word);
}

function plain(word: string): string {
  return lower(word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word);
}

function lower(word: string | undefined): string {
  return word?.toLowerCase() ?? "";
}
