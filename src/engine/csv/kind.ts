/** What the fields of a CSV column are. Some of them are never inferred: a caller who knows the file gives them. */
export type Kind = InferredKind | "date-compact" | "timestamp-seconds" | "timestamp-milliseconds";

/**
 * What the fields of a column can be found to be, by all of them together. Slashed dates have the day or the month first. A `grouped`
 * number is one like `1,234.5`, a `decimal-comma` one like `1.234,5`.
 */
export type InferredKind =
  | "text"
  | "boolean"
  | "integer"
  | "double"
  | "integer-grouped"
  | "double-grouped"
  | "integer-decimal-comma"
  | "double-decimal-comma"
  | "date"
  | "timestamp"
  | "date-day-first"
  | "date-month-first"
  | "timestamp-day-first"
  | "timestamp-month-first";

/** The SQL type of a column of each kind. */
export const sqlTypes: Readonly<Record<Kind, string>> = {
  text: "VARCHAR",
  boolean: "BOOLEAN",
  integer: "BIGINT",
  double: "DOUBLE",
  "integer-grouped": "BIGINT",
  "double-grouped": "DOUBLE",
  "integer-decimal-comma": "BIGINT",
  "double-decimal-comma": "DOUBLE",
  date: "DATE",
  "date-day-first": "DATE",
  "date-month-first": "DATE",
  "date-compact": "DATE",
  timestamp: "TIMESTAMP",
  "timestamp-day-first": "TIMESTAMP",
  "timestamp-month-first": "TIMESTAMP",
  "timestamp-seconds": "TIMESTAMP",
  "timestamp-milliseconds": "TIMESTAMP",
};

/** Whether numbers of that kind have a comma before their decimals. */
export function hasDecimalComma(kind: Kind): boolean {
  return kind === "integer-decimal-comma" || kind === "double-decimal-comma";
}

/** Words that stand for a missing value, where the rest of the column are numbers, dates or truth values. */
export const missingWords: ReadonlySet<string> = new Set([
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "NaN",
  "nan",
  "NULL",
  "Null",
  "null",
  "None",
  "\\N",
]);

/** The bytes as text, one character each: good enough for whatever is not plain text. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
