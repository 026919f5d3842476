import type { ImportRefusal } from "../../protocol/import.ts";
import { fileLines } from "./file-lines.ts";
import { parseJson } from "./parse-json.ts";
import type { Reject } from "./rejects.ts";
import { TextTable } from "./text-table.ts";

/** A table of values, or why there is none. */
export type Values = { readonly table: TextTable } | { readonly refusal: ImportRefusal };

/** What is called while a file is read. */
export interface Reading {
  /** Takes how many bytes are read; throws where reading is to end. */
  readonly step: (done: number) => Promise<void>;
  /** Takes what could not be read. */
  readonly reject: (reject: Reject) => void;
}

/** Bytes of text that can be understood as a whole. */
const mostBytes = 384 * 1024 * 1024;

/** A JSON text as a table: rows as objects or lists, an object of columns, or either as the one list within an object. */
export async function readJson(file: Blob, reading: Reading): Promise<Values> {
  if (file.size > mostBytes) return { refusal: { why: "too-large", bytes: file.size, most: mostBytes } };
  await reading.step(0);
  const text = await file.text();
  await reading.step(file.size);
  let value: unknown;
  try {
    value = parseJson(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // One object a line is JSON too, of another kind.
    const lines = await readNdjson(file, { ...reading, step: () => reading.step(file.size) });
    return "table" in lines ? lines : unreadable((error as Error).message);
  }
  await reading.step(file.size);
  const table = tableOf(value);
  if (!table) return unreadable("expected rows: a list of objects or of lists, or an object of columns");
  return table.length ? { table } : { refusal: { why: "empty" } };
}

/** One JSON object a line (NDJSON, JSON Lines) as a table; a line that is none is rejected. */
export async function readNdjson(file: Blob, { step, reject }: Reading): Promise<Values> {
  const table = new TextTable();
  let first: Reject | null = null;
  let line = 0;
  await step(0);
  for await (const { lines, done } of fileLines(file)) {
    for (const each of lines) {
      line++;
      const value = each.trim();
      const reason = value === "" ? null : addRow(table, value);
      if (reason === null) continue;
      const rejected = { line, column: null, value, reason };
      first ??= rejected;
      reject(rejected);
    }
    await step(done);
  }
  if (table.length) return { table };
  return {
    refusal: first ? { why: "unreadable", message: first.reason, line: first.line } : { why: "empty" },
  };
}

/** Adds the row that a text is to a table; gives why not where it is none. */
function addRow(table: TextTable, text: string): string | null {
  try {
    const row = parseJson(text);
    if (!isObject(row)) return "expected an object";
    table.add(Object.entries(row));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
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
