import type { TableInfo } from "../../protocol/table-info.ts";
import type { Database } from "../database.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { identifier } from "../sql.ts";
import type { ColumnBefore } from "./last-retype.ts";

/** Puts a column back as it was before it got another type, and takes away what was told of its losses; a RangeError where that is gone. */
export async function undoRetype(tables: NotebookTables, id: string): Promise<TableInfo> {
  const before = tables.retyped.take(id);
  const meta = tables.meta(before.table);
  await putBack(tables, before);
  const info = await tables.keep(before.table, { ...meta, notes: before.notes });
  // Where the values could not be written, the disk still holds the column without them: what was lost stays told.
  if (info.kept === "disk-full" || typeof info.kept === "object") return info;
  await untell(tables, before.rejects);
  return tables.describe(before.table);
}

/** Takes away what was told last in a table of rejected rows, and the table where it was made for that. */
export async function untell(tables: NotebookTables, { name, last }: ColumnBefore["rejects"]): Promise<void> {
  if (last === null) return tables.remove(name);
  const known = tables.meta(name);
  tables.database.run(`DELETE FROM ${name} WHERE rowid > ${last}`);
  await tables.keep(name, known);
}

async function putBack(
  { database, index, order }: NotebookTables,
  { table, column, values }: ColumnBefore,
): Promise<void> {
  const found = index.find(table);
  const schema = found.at === "database" ? found.table.schema : "main";
  const draft = index.catalogue.hiddenName();
  const place = `${identifier(schema)}.${draft}`;
  try {
    if (!hasAsMany(database, table, values))
      throw new RangeError(`the column as it was does not fit: rows of ${table} were added or deleted since`);
    await database.work(
      `CREATE TABLE ${place} AS SELECT now.* REPLACE (was.value AS ${identifier(column)}) FROM ${table} AS now POSITIONAL JOIN ${values} AS was`,
    );
    database.transaction([
      `DROP TABLE ${table}`,
      `ALTER TABLE ${place} RENAME TO ${identifier(found.table.name)}`,
    ]);
    order.clear();
  } finally {
    for (const each of [place, values]) database.run(`DROP TABLE IF EXISTS ${each}`);
  }
}

/** Whether two tables have as many rows. */
function hasAsMany(database: Database, one: string, other: string): boolean {
  const [row] = database.rows(
    `SELECT (SELECT count(*) FROM ${one}) = (SELECT count(*) FROM ${other}) AS same`,
  );
  return row!.same as boolean;
}
