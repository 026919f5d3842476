import type { ColumnType } from "../data/column.ts";

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/;
const dated = /^(DATE|TIMESTAMP)/;
const textual = /^(VARCHAR|UUID|TIME|ENUM)/;

/** What a column of that SQL type arrives as in a cell. */
export function columnType(sqlType: string): ColumnType {
  if (sqlType.endsWith("]")) return "other";
  if (numeric.test(sqlType)) return "number";
  if (dated.test(sqlType)) return "date";
  if (sqlType === "BOOLEAN") return "boolean";
  return textual.test(sqlType) ? "string" : "other";
}
