import type { Value } from "../../data/column.ts";

/** Digits that a number with decimals is shown with. */
const digits = 6;

/** A value of a table in full: a number to its last digit, dates as in ISO 8601. */
export function cellText(value: Value): string {
  if (value === null) return "";
  if (value instanceof Date) return dateText(value);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** A value of a table as it is shown: in full, but of a number with decimals six significant digits, and the whole part where that is longer. */
export function shownText(value: Value): string {
  if (typeof value !== "number" || Number.isInteger(value)) return cellText(value);
  return String(Math.abs(value) < 10 ** digits ? Number(value.toPrecision(digits)) : Math.round(value));
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "invalid date";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z")
    ? text.slice(0, 10)
    : text.replace("T", " ").replace(/(\.000)?Z$/, "");
}
