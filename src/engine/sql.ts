import { identifier, quoted } from "../core/sql-text.ts";
import type { SqlParameter } from "../protocol/data.ts";

export { identifier };

/** A value as a literal of SQL, of the type nearest to it. */
export function literal(value: SqlParameter): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
    return Number.isFinite(value) ? `(${value}::DOUBLE)` : `(${quoted(String(value))}::DOUBLE)`;
  }
  if (!(value instanceof Date))
    throw new TypeError(`sql: expected a number, string, boolean, Date or null, got ${typeof value}`);
  if (Number.isNaN(value.getTime())) throw new RangeError("sql: expected a date, got an invalid Date");
  return `make_timestamp(${value.getTime()} * 1000::BIGINT)`;
}

const opening = /^(?:\s|--[^\n]*|\/\*[^]*?\*\/|\()*/.source;
const query = new RegExp(`${opening}(?:select|from|values|table|pivot|unpivot)\\b`, "i");
const withQuery = new RegExp(`${opening}with\\b`, "i");
const report = new RegExp(
  `${opening}(?:show|describe|desc|summarize|pragma|explain(?![^]*\\banaly[sz]e))\\b`,
  "i",
);

/** Whether a statement is a query, which can be run again and stand within another one. */
export function isQuery(statement: string): boolean {
  return query.test(statement) || withQuery.test(statement);
}

/** Whether SQL is sure to change no table: one query or report. What `EXPLAIN ANALYZE` explains is run. */
export function readsOnly(sql: string): boolean {
  return !sql.includes(";") && (query.test(sql) || report.test(sql));
}

/** The statements of a script, each with as many empty lines before it that errors name the right line. */
export function splitStatements(sql: string, separators: readonly number[]): string[] {
  const bytes = new TextEncoder().encode(sql);
  const decoder = new TextDecoder();
  const ends = [...separators, bytes.length];
  let start = 0;
  return ends
    .map((end) => {
      const before = decoder.decode(bytes.subarray(0, start));
      const statement = decoder.decode(bytes.subarray(start, end));
      start = end + 1;
      return statement.trim() ? "\n".repeat(before.split("\n").length - 1) + statement : "";
    })
    .filter((statement) => statement !== "");
}
