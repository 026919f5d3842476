import type { ColumnInfo, TableInfo, TableSource } from "../protocol/table-info.ts";
import { columnType } from "./column-type.ts";

/** What is known of a column beside its values. */
export type ColumnMeta = Pick<ColumnInfo, "role" | "description" | "unit">;

/** What is known of a table beside its rows; columns of which nothing is known are not listed. */
export interface TableMeta {
  readonly source: TableSource;
  readonly columns: ReadonlyMap<string, ColumnMeta>;
}

/** What is known of a table that is in the database. */
export interface TableFacts {
  readonly meta: TableMeta;
  readonly kept: TableInfo["kept"];
  /** What it is kept as, where it is kept, be it as it was before a change for which the disk had no room. */
  readonly id: string | null;
}

/** What is known of a table that a cell made. */
export const madeByQuery: TableFacts = {
  meta: { source: { kind: "query" }, columns: new Map() },
  kept: "memory",
  id: null,
};

/** Columns as the page lists them. */
export function columnInfos(
  columns: readonly { readonly name: string; readonly sqlType: string }[],
  meta: TableMeta,
): ColumnInfo[] {
  return columns.map(({ name, sqlType }) => ({
    name,
    type: columnType(sqlType),
    sqlType,
    role: null,
    ...meta.columns.get(name),
  }));
}

/** What a listed table tells beside its rows. */
export function metaOf({ source, columns }: Pick<TableInfo, "source" | "columns">): TableMeta {
  return {
    source,
    columns: new Map(
      columns.map(({ name, role, description, unit }) => [
        name,
        { role, ...(description && { description }), ...(unit !== undefined && { unit }) },
      ]),
    ),
  };
}
