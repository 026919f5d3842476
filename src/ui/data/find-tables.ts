import type { TableInfo } from "../../protocol/table-info.ts";

/** A table that was looked for, and its first column of that name where the table's own name is another. */
export interface FoundTable {
  readonly table: TableInfo;
  readonly column: string | null;
}

/** The tables whose name, or the name of a column, holds the text; all of them for a blank one. */
export function findTables(tables: readonly TableInfo[], text: string): readonly FoundTable[] {
  const wanted = text.trim().toLowerCase();
  return tables.flatMap((table): FoundTable[] => {
    if (table.name.toLowerCase().includes(wanted)) return [{ table, column: null }];
    const column = table.columns.find(({ name }) => name.toLowerCase().includes(wanted));
    return column ? [{ table, column: column.name }] : [];
  });
}
