import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import { LargeResult } from "./large-result.ts";

const mostText = 1_000_000;
const mostItems = 100;
const mostItemsInside = 6;
const mostDepth = 4;
const wide = 100;
const short = 24;
const mostInAll = 5000;

/** A value as text, as a person would write it in code: numbers in full precision, long lists cut and counted. */
export function inspect(value: unknown): string {
  const text =
    typeof value === "string" ? value : write(value, 0, { above: new Set(), left: { items: mostInAll } });
  return text.length > mostText
    ? `${text.slice(0, mostText)}\n… cut after ${mostText} of ${text.length} characters`
    : text;
}

/** What a value is written within: the objects around it, and how many more items may be written in all. */
interface Within {
  readonly above: ReadonlySet<object>;
  readonly left: { items: number };
}

function write(value: unknown, depth: number, within: Within): string {
  if (--within.left.items < 0) return "…";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "function":
      return `[${/^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function"} ${value.name || "(anonymous)"}]`;
    case "object":
      return value === null ? "null" : writeObject(value, depth, within);
    case "boolean":
    case "symbol":
    case "undefined":
      return String(value);
  }
}

function writeObject(value: object, depth: number, { above, left }: Within): string {
  if (above.has(value)) return "[circular]";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise (await it to see its value)";
  if (value instanceof Table) return `Table ${value.numRows} × ${value.columns.length}`;
  if (value instanceof LargeResult) return `LargeResult ${value.numRows ?? "?"} × ${value.columns.length}`;
  if (value instanceof Matrix) return `Matrix ${value.rows} × ${value.columns}`;
  if (depth >= mostDepth) return Array.isArray(value) ? "[…]" : "{…}";
  const inside = { above: new Set(above).add(value), left };
  const inner = (item: unknown): string => write(item, depth + 1, inside);
  if (Array.isArray(value)) return list("[", value, value.length, "]", inner, depth);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as unknown as ArrayLike<unknown>;
    const most = depth ? mostItemsInside : mostItems;
    return list(`${value.constructor.name} [`, array, array.length, "]", inner, depth, most);
  }
  if (value instanceof Set) return list("Set {", [...value], value.size, "}", inner, depth);
  if (value instanceof Map) {
    const pairs = [...value].slice(0, mostItems).map(([key, item]) => `${inner(key)} => ${inner(item)}`);
    return join("Map {", pairs, value.size, "}", depth);
  }
  const name = value.constructor as { name?: string } | undefined;
  const prefix = name?.name && name.name !== "Object" ? `${name.name} ` : "";
  const params = paramsOf(value);
  if (params) return `${prefix}${write(params, depth, inside)}`;
  const keys = Object.keys(value);
  const members = keys.slice(0, mostItems).map((key) => `${quoteKey(key)}: ${inner(read(value, key))}`);
  return join(`${prefix}{`, members, keys.length, "}", depth);
}

function list(
  open: string,
  items: ArrayLike<unknown>,
  count: number,
  close: string,
  inner: (item: unknown) => string,
  depth: number,
  most = mostItems,
): string {
  const shown = Array.from({ length: Math.min(count, most) }, (_, i) => inner(items[i]));
  return join(open, shown, count, close, depth);
}

/** On one line where it fits; else short items fill lines, and long ones have a line each. */
function join(open: string, shown: readonly string[], count: number, close: string, depth: number): string {
  const items = count > shown.length ? [...shown, `… ${count - shown.length} more`] : shown;
  if (items.length === 0) return open + close;
  const gap = open.endsWith("{") ? " " : "";
  const line = `${open}${gap}${items.join(", ")}${gap}${close}`;
  if (line.length <= wide && !line.includes("\n")) return line;
  const indent = "  ".repeat(depth + 1);
  const lines = items.every((item) => item.length <= short) ? filled(items) : items;
  return `${open}\n${lines.map((item) => indent + item).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}

function filled(items: readonly string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const longer = lines.length ? `${lines.at(-1)}, ${item}` : item;
    if (lines.length && longer.length <= wide) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}

/** What an estimator was made with, as scikit-learn shows one; null where the value is none. */
function paramsOf(value: object): unknown {
  try {
    const { getParams } = value as { getParams?: () => unknown };
    return typeof getParams === "function" ? getParams.call(value) : null;
  } catch {
    return null;
  }
}

function quoteKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** A getter that throws is shown as such rather than failing the cell. */
function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch (error) {
    return error;
  }
}
