import type { Value } from "../../data/column.ts";

/** A value of a table as the page shows it: numbers in full, dates as in ISO 8601. */
export function cellText(value: Value): string {
  if (value === null) return "";
  if (value instanceof Date) return dateText(value);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "invalid date";
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z")
    ? text.slice(0, 10)
    : text.replace("T", " ").replace(/(\.000)?Z$/, "");
}
