import type { Kept, TableInfo } from "../protocol/table-info.ts";
import type { Database } from "./database.ts";
import { keptTable, type KeptTables } from "./store/kept-tables.ts";
import type { RowFileWriter } from "./store/row-file.ts";
import type { TableMeta } from "./table-facts.ts";
import type { TableIndex } from "./table-index.ts";

/** Writes a table of the database to disk as it is now, in the place of what is kept under its name. Only tables of files are kept. */
export async function keepTable(
  database: Database,
  index: TableIndex,
  kept: KeptTables,
  name: string,
  known: TableMeta,
): Promise<TableInfo> {
  const found = index.find(name);
  if (found.at === "disk") return index.info(found);
  const { table } = found;
  const meta = { ...known, identity: known.identity ?? crypto.randomUUID() };
  const know = (state: Kept, id: string | null): TableInfo =>
    index.info(index.know(table.schema, table.name, { meta, kept: state, id }));
  if (meta.source.kind !== "file") return know("memory", null);
  const before = kept.tables.find((each) => each.name === table.name)?.id ?? null;
  let file: RowFileWriter | null = null;
  try {
    file = await writeFile(database, kept, table.sqlName);
    if (!file) return know(kept.unkept(null), before);
    const now = keptTable(know("disk", file.id), meta, file);
    await kept.change((tables) => [...tables.filter(({ id }) => id !== before), now]);
  } catch (error) {
    // What was kept before is all that is kept.
    await file?.discard().catch(() => undefined);
    return know(kept.unkept(error), before);
  }
  // What cannot be removed now is removed when the notebook is opened next.
  if (before !== null) await kept.purge(before).catch(() => undefined);
  return index.info(index.find(name));
}

/** A file of all rows of a table; null where tables are not kept. */
async function writeFile(database: Database, kept: KeptTables, table: string): Promise<RowFileWriter | null> {
  const file = await kept.newFile();
  if (!file) return null;
  try {
    for await (const rows of database.pieces(`FROM ${table}`)) file.write(rows);
    file.finish();
    return file;
  } catch (error) {
    await file.discard().catch(() => undefined);
    throw error;
  }
}
