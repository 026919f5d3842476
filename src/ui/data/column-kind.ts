import type { Column } from "../../data/column.ts";
import type { ColumnInfo, ColumnKind } from "../../protocol/table-info.ts";
import { dataText } from "../../text/data.ts";
import { panelText } from "../../text/panel.ts";
import type { Language } from "../../text/text.ts";

/** Every type that a person can give a column, in the order in which they are offered. */
export const columnKinds: readonly ColumnKind[] = [
  "text",
  "boolean",
  "integer",
  "double",
  "date",
  "timestamp",
];

/** The type a person would call an SQL type; null for one that has no plain name, such as a list. */
export function columnKind(sqlType: string): ColumnKind | null {
  const type = sqlType.toUpperCase();
  if (type.endsWith("[]")) return null;
  if (type.startsWith("VARCHAR")) return "text";
  if (type === "BOOLEAN") return "boolean";
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return "integer";
  if (type === "DOUBLE" || type === "FLOAT") return "double";
  if (type === "DATE") return "date";
  return type.startsWith("TIMESTAMP") ? "timestamp" : null;
}

/** What a column's type is called, wherever it is named. */
export function typeWords(
  { type, sqlType }: Pick<ColumnInfo, "type" | "sqlType">,
  language: Language,
): string {
  const kind = columnKind(sqlType);
  return kind ? panelText[language][`kind-${kind}`] : dataText[language][`type-${type}`];
}

/** What a column's type is called where its values alone tell it; of a part of the rows nobody knows whether all of them are whole numbers. */
export function heldWords(column: Column, isAll: boolean, language: Language): string {
  const t = panelText[language];
  switch (column.type) {
    case "number":
      return isAll && holdsOnly(column, Number.isInteger) ? t["kind-integer"] : t["kind-double"];
    case "date":
      return holdsOnly(column, isDay) ? t["kind-date"] : t["kind-timestamp"];
    case "string":
      return t["kind-text"];
    case "boolean":
      return t["kind-boolean"];
    case "other":
      return dataText[language]["type-other"];
    default:
      return column.type satisfies never;
  }
}

/** Whether all values that are there pass, and there are any. */
function holdsOnly(column: Column, passes: (value: unknown) => boolean): boolean {
  if (column.nullCount === column.length) return false;
  for (const value of column) if (value !== null && !passes(value)) return false;
  return true;
}

function isDay(value: unknown): boolean {
  return (value as Date).getTime() % 86_400_000 === 0;
}
