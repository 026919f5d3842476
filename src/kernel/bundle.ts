import { tableToArrow } from "../data/arrow.ts";
import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import { isOutput } from "../protocol/check.ts";
import { mime, type Output, type TableSummary } from "../protocol/output.ts";
import { packSpec, type Json } from "../specs/pack.ts";
import { isViewSpec, viewMime } from "../specs/spec.ts";
import { inspect } from "./inspect.ts";
import { LargeResult } from "./large-result.ts";
import { tableText } from "./table-text.ts";

/** Method by which a value says how it is shown, as Deno's Jupyter kernel has it: gives a MIME bundle. */
export const displaySymbol = Symbol.for("Jupyter.display");

const mostTableRows = 1_000_000;

/** The output that shows `value`, under `id`: always `text/plain`, and what else fits. A value that is shown by no plain data is a TypeError. */
export function bundle(id: string, value: unknown): Output {
  const output = outputOf(id, value);
  if (!isOutput(output))
    throw new TypeError(
      `display: expected an id of text and a MIME bundle of plain data, got ${inspect(output)}`,
    );
  return output;
}

function outputOf(id: string, value: unknown): Output {
  if (value instanceof Table) return tableOutput(id, value);
  if (value instanceof LargeResult) return largeOutput(id, value);
  if (isMatrix(value)) return tableOutput(id, matrixTable(value), `Matrix ${value.rows} × ${value.columns}`);
  if (isViewSpec(value)) {
    const { json, buffers } = packSpec(value);
    return {
      id,
      data: { "text/plain": inspect(value), [viewMime(value.view)]: json },
      metadata: {},
      buffers,
    };
  }
  const own = ownBundle(value);
  if (own) return { id, data: { "text/plain": inspect(value), ...own }, metadata: {}, buffers: [] };
  if (isRows(value)) return tableOutput(id, Table.from(value), inspect(value));
  return { id, data: { "text/plain": inspect(value) }, metadata: {}, buffers: [] };
}

function tableOutput(id: string, table: Table, text = tableText(table)): Output {
  const kept = Math.min(table.numRows, mostTableRows);
  const rows = kept < table.numRows ? table.head(kept) : table;
  const summary = { ...summaryOf(table), kept };
  return withRows(id, text, summary, rows);
}

/** The first rows, and where the page reads the others. */
function largeOutput(id: string, { first, numRows, id: result }: LargeResult): Output {
  const { columns, kept } = summaryOf(first);
  return withRows(id, tableText(first, numRows), { rows: numRows, columns, kept, result }, first);
}

function summaryOf(table: Table): TableSummary {
  return {
    rows: table.numRows,
    columns: table.columns.map((name) => ({ name, type: table.column(name).type })),
    kept: table.numRows,
  };
}

function withRows(id: string, text: string, summary: TableSummary, rows: Table): Output {
  return {
    id,
    data: { "text/plain": text, [mime.table]: summary as unknown as Json },
    metadata: {},
    buffers: [exact(tableToArrow(rows))],
  };
}

/** The buffer of exactly these bytes, so that it can be transferred alone. */
function exact(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}

function isMatrix(value: unknown): value is Matrix {
  return value instanceof Matrix;
}

function matrixTable(matrix: Matrix): Table {
  return Table.from(
    Object.fromEntries(Array.from({ length: matrix.columns }, (_, j) => [String(j), matrix.column(j)])),
  );
}

function ownBundle(value: unknown): Record<string, Json> | null {
  if (typeof value !== "object" || value === null || !(displaySymbol in value)) return null;
  const make = value[displaySymbol];
  return typeof make === "function" ? (make.call(value) as Record<string, Json>) : null;
}

/** Whether a value is a list of plain row objects of scalars, which reads best as a table. */
function isRows(value: unknown): value is object[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostTableRows) return false;
  const scalar = (item: unknown): boolean => item == null || typeof item !== "object" || item instanceof Date;
  const types = new Map<string, string>();
  return value.every(
    (row: unknown) =>
      typeof row === "object" &&
      row !== null &&
      Object.getPrototypeOf(row) === Object.prototype &&
      Object.entries(row).every(([key, item]) => {
        if (
          !scalar(item) ||
          typeof item === "bigint" ||
          typeof item === "function" ||
          typeof item === "symbol"
        )
          return false;
        if (item == null) return true;
        const type = item instanceof Date ? "date" : typeof item;
        const seen = types.get(key) ?? type;
        types.set(key, seen);
        return seen === type;
      }),
  );
}
