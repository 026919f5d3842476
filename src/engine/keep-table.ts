import type { TableInfo } from "../protocol/table-info.ts";
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
  const know = (state: TableInfo["kept"], id: string | null): TableInfo =>
    index.info(index.know(table.schema, table.name, { meta, kept: state, id }));
  if (meta.source.kind !== "file") return know("memory", null);
  const before = kept.tables.find((each) => each.name === table.name)?.id ?? null;
  const file = await writeFile(database, kept, table.sqlName);
  if (!file) return know(kept.unkept, before);
  try {
    const now = keptTable(know("disk", file.id), meta, file);
    await kept.change((tables) => [...tables.filter(({ id }) => id !== before), now]);
  } catch {
    // There is no room for the list of tables: what was kept before is all that is kept.
    await file.discard().catch(() => undefined);
    return know(kept.unkept, before);
  }
  // What cannot be removed now is removed when the notebook is opened next.
  if (before !== null) await kept.purge(before).catch(() => undefined);
  return index.info(index.find(name));
}

async function writeFile(database: Database, kept: KeptTables, table: string): Promise<RowFileWriter | null> {
  const file = await kept.newFile().catch(() => null);
  if (!file) return null;
  try {
    for await (const rows of database.pieces(`FROM ${table}`)) file.write(rows);
    file.finish();
    return file;
  } catch {
    await file.discard().catch(() => undefined);
    return null;
  }
}
