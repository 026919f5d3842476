import type { Json } from "../../specs/pack.ts";

/** JSON as an object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value from a file is a `CellError`, so that the page can rely on its parts. */
export function isCellError(value: Json | undefined): boolean {
  return (
    isObject(value) &&
    [value.name, value.message, value.stack].every(isText) &&
    isListOf(
      value.frames,
      (frame) =>
        isText(frame.cell) &&
        isCount(frame.line) &&
        isCount(frame.column) &&
        (frame.name === null || isText(frame.name)),
    )
  );
}

/** Whether a value from a file is a `TableSummary`. */
export function isTableSummary(value: Json | undefined): value is JsonObject {
  return (
    isObject(value) &&
    (value.rows === null || isCount(value.rows)) &&
    isCount(value.kept) &&
    (value.result === undefined || isText(value.result)) &&
    isListOf(value.columns, (column) => isText(column.name) && isText(column.type))
  );
}

/** Whether a value from a file is a whole number of at least 0. */
export function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isListOf(value: Json | undefined, holds: (item: JsonObject) => boolean): boolean {
  return Array.isArray(value) && (value as readonly Json[]).every((item) => isObject(item) && holds(item));
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string";
}
