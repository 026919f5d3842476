import { csvField, csvQuoted } from "../../core/csv-field.ts";
import type { Column, Value } from "../../data/column.ts";
import type { Table } from "../../data/table.ts";

/** The header of a CSV file (RFC 4180). */
export function csvHeader(columns: readonly string[]): string {
  return `${columns.map(quoted).join(",")}\r\n`;
}

/** Rows as CSV: missing values are empty, an empty text is `""`, dates are ISO 8601, numbers in full. `days` are the columns of dates without a time. */
export function csvRows(table: Table, days: ReadonlySet<string>): string {
  const columns = table.columns.map((name) => [table.column(name), days.has(name)] as const);
  const lines: string[] = [];
  for (let row = 0; row < table.numRows; row++)
    lines.push(columns.map(([column, isDay]) => field(column, row, isDay)).join(","));
  return lines.length ? `${lines.join("\r\n")}\r\n` : "";
}

function field(column: Column, row: number, isDay: boolean): string {
  const value: Value = column.at(row);
  if (value === null) return "";
  if (value instanceof Date)
    return value
      .toISOString()
      .slice(0, isDay ? 10 : 23)
      .replace(/\.000$/, "");
  if (typeof value === "string") return value === "" ? '""' : quoted(value);
  if (typeof value === "object") return quoted(JSON.stringify(value));
  return String(value);
}

function quoted(text: string): string {
  // Readers that trim fields leave what stands in quotation marks.
  return /^\s|\s$/.test(text) ? csvQuoted(text) : csvField(text);
}
