import type { TableInfo } from "../../protocol/table-info.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { identifier } from "../sql.ts";
import type { ColumnBefore } from "./last-retype.ts";

/** Puts a column back as it was before it got another type, and takes away what was told of its losses; a RangeError where that is gone. */
export async function undoRetype(tables: NotebookTables, id: string): Promise<TableInfo> {
  const { index } = tables;
  const before = tables.retyped.take(id);
  const meta = index.meta(before.table);
  await putBack(tables, before);
  const { name, last } = before.rejects;
  if (last === null) await tables.remove(name);
  else {
    const known = index.meta(name);
    tables.database.run(`DELETE FROM ${name} WHERE rowid > ${last}`);
    await tables.keep(name, known);
  }
  return tables.keep(before.table, { ...meta, rejected: last === null ? null : meta.rejected });
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
