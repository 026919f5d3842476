import type { ImportRefusal } from "../../protocol/import.ts";
import { parseJson } from "./parse-json.ts";
import type { Reject } from "./rejects.ts";
import { TextTable } from "./text-table.ts";

/** A table of values, or why there is none. */
export type Values =
  { readonly table: TextTable; readonly rejects: readonly Reject[] } | { readonly refusal: ImportRefusal };

/** Bytes of text that can be understood as a whole. */
const mostBytes = 384 * 1024 * 1024;

/** A JSON text as a table: rows as objects or lists, an object of columns, or either as the one list within an object. */
export async function readJson(file: Blob): Promise<Values> {
  if (file.size > mostBytes) return { refusal: { why: "out-of-memory", bytes: file.size } };
  const text = (await file.text()).replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    // One object a line is JSON too, of another kind.
    const lines = readLines(text);
    if (lines.table.length) return lines;
    return unreadable((error as Error).message);
  }
  const table = tableOf(value);
  if (!table) return unreadable("expected rows: a list of objects or of lists, or an object of columns");
  return table.length ? { table, rejects: [] } : { refusal: { why: "empty" } };
}

/** One JSON object a line (NDJSON, JSON Lines) as a table; a line that is none is rejected. */
export async function readNdjson(file: Blob): Promise<Values> {
  if (file.size > mostBytes) return { refusal: { why: "out-of-memory", bytes: file.size } };
  const values = readLines((await file.text()).replace(/^\uFEFF/, ""));
  if (values.table.length) return values;
  const [first] = values.rejects;
  if (!first) return { refusal: { why: "empty" } };
  return { refusal: { why: "unreadable", message: first.reason, line: first.line } };
}

function readLines(text: string): { readonly table: TextTable; readonly rejects: Reject[] } {
  const table = new TextTable();
  const rejects: Reject[] = [];
  for (const [index, each] of text.split("\n").entries()) {
    const value = each.trim();
    if (value === "") continue;
    const reject = (reason: string): void => {
      rejects.push({ line: index + 1, column: null, value, reason });
    };
    try {
      const row = parseJson(value);
      if (isObject(row)) table.add(Object.entries(row));
      else reject("expected an object");
    } catch (error) {
      reject((error as Error).message);
    }
  }
  return { table, rejects };
}

function tableOf(value: unknown): TextTable | null {
  if (Array.isArray(value)) return tableOfList(value);
  if (!isObject(value)) return null;
  const lists = Object.entries(value).filter(([, each]) => Array.isArray(each)) as [string, unknown[]][];
  const sameLength = lists.every(([, list]) => list.length === lists[0]![1].length);
  const scalars = lists.every(([, list]) => list.every((each) => typeof each !== "object" || each === null));
  if (lists.length === Object.keys(value).length && lists.length > 0 && sameLength && scalars)
    return tableOfColumns(lists);
  const inner = lists.filter(([, list]) => list.length > 0 && list.every(isObject));
  if (inner.length === 1) return tableOfList(inner[0]![1]);
  const table = new TextTable();
  table.add(Object.entries(value));
  return table;
}

function tableOfList(list: readonly unknown[]): TextTable | null {
  const table = new TextTable();
  if (list.every(isObject)) {
    for (const row of list) table.add(Object.entries(row));
    return table;
  }
  if (!list.every(Array.isArray)) return null;
  const [first, ...rows] = list;
  const names = first!.every((each) => typeof each === "string") ? first : null;
  for (const row of names ? rows : list)
    table.add(row.map((each, i): [string, unknown] => [names?.[i] ?? `column_${i + 1}`, each]));
  return table;
}

function tableOfColumns(lists: readonly (readonly [string, readonly unknown[]])[]): TextTable {
  const table = new TextTable();
  for (let row = 0; row < lists[0]![1].length; row++)
    table.add(lists.map(([name, list]): [string, unknown] => [name, list[row]]));
  return table;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(message: string): { readonly refusal: ImportRefusal } {
  return { refusal: { why: "unreadable", message, line: null } };
}
