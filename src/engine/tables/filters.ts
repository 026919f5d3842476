import type { ColumnFilter, ColumnInfo, TableInfo } from "../../protocol/table-info.ts";
import { identifier, literal } from "../sql.ts";

const comparisons = { equal: "=", unequal: "IS DISTINCT FROM", less: "<", greater: ">" } as const;

/** The WHERE of a table's filters, or nothing; a RangeError names the column where a value is none of its type. */
export function whereOf(table: TableInfo, filters: readonly ColumnFilter[]): string {
  const conditions = filters.map((filter) => condition(columnOf(table, filter.column), filter));
  return conditions.length ? `WHERE ${conditions.join(" AND ")}` : "";
}

/** The column of that name; an unknown one is a RangeError. */
export function columnOf({ name, columns }: TableInfo, column: string): ColumnInfo {
  const found = columns.find((each) => each.name === column);
  if (!found) throw new RangeError(`table ${name}: no column ${JSON.stringify(column)}`);
  return found;
}

function condition(column: ColumnInfo, { is, value }: ColumnFilter): string {
  const name = identifier(column.name);
  switch (is) {
    case "missing":
      return `${name} IS NULL`;
    case "present":
      return `${name} IS NOT NULL`;
    case "contains":
      return `contains(lower(CAST(${name} AS VARCHAR)), lower(${literal(value)}))`;
    case "equal":
    case "unequal":
    case "less":
    case "greater":
      return `${name} ${comparisons[is]} ${typed(column, value)}`;
    default:
      return is satisfies never;
  }
}

/** A value that a person typed, as a literal of the column's type. */
function typed(column: ColumnInfo, value: string): string {
  const text = value.trim();
  switch (column.type) {
    case "number": {
      const number = text === "" ? NaN : Number(text);
      if (Number.isNaN(number) && text.toLowerCase() !== "nan") fail(column, "a number", value);
      return literal(number);
    }
    case "boolean":
      if (!/^(true|false)$/i.test(text)) fail(column, "true or false", value);
      return text.toUpperCase();
    case "date":
      if (
        !/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text) ||
        Number.isNaN(Date.parse(text))
      )
        fail(column, "a date such as 2024-12-31", value);
      return `TIMESTAMP ${literal(text)}`;
    case "string":
    case "other":
      return literal(value);
    default:
      return column.type satisfies never;
  }
}

function fail({ name }: ColumnInfo, expected: string, value: string): never {
  throw new RangeError(`column "${name}": expected ${expected}, got ${JSON.stringify(value)}`);
}
