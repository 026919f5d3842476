import type { ColumnInfo, ColumnKind, TableInfo, TypeLoss } from "../../protocol/table-info.ts";
import type { Database } from "../database.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { identifier, literal } from "../sql.ts";
import { bestWriting, castOf, noTexts, sqlTypeOf, writingCounts, type Writing } from "./casts.ts";
import { columnOf } from "./filters.ts";

const kinds = Object.keys(sqlTypeOf) as ColumnKind[];
const mostExamples = 3;

/** What each type would cost a column: how many values would be missing, and some of them. */
export async function typeLosses(database: Database, table: TableInfo, name: string): Promise<TypeLoss[]> {
  const column = columnOf(table, name);
  const writing = await writingOf(database, table, column);
  const value = identifier(name);
  const losses = kinds.map((kind) => {
    const isLost = `${value} IS NOT NULL AND ${castOf(column, kind, writing)} IS NULL`;
    return `count(*) FILTER (${isLost}) AS "${kind}", (list(DISTINCT CAST(${value} AS VARCHAR)) FILTER (${isLost}))[1:${mostExamples}] AS "${kind} examples"`;
  });
  const [row] = await database.read(`SELECT ${losses.join(", ")} FROM ${table.name}`);
  return kinds.map((kind) => ({
    kind,
    lost: row![kind] as number,
    examples: [...((row![`${kind} examples`] as string[] | null) ?? [])].sort(),
  }));
}

/**
 * Gives a column another type, all rows or none; what does not fit becomes missing, and is told with its row in the table of what was
 * rejected.
 */
export async function retype(
  tables: NotebookTables,
  table: TableInfo,
  name: string,
  kind: ColumnKind,
): Promise<TableInfo> {
  const { database } = tables;
  if (!kinds.includes(kind)) throw new RangeError(`retype: expected one of ${kinds.join(", ")}, got ${kind}`);
  const column = columnOf(table, name);
  // The table of rejected rows may be on disk alone.
  await tables.allLoaded();
  const writing = await writingOf(database, table, column);
  const cast = castOf(column, kind, writing);
  const meta = tables.meta(table.name);
  const rejected = await rejectedTable(tables, table, column, kind, cast);
  database.run(
    `ALTER TABLE ${table.name} ALTER COLUMN ${identifier(name)} SET DATA TYPE ${sqlTypeOf[kind]} USING ${cast}`,
  );
  tables.order.clear();
  if (rejected) await tables.keep(rejected, { ...meta, columns: new Map() });
  return tables.keep(table.name, meta);
}

async function writingOf(database: Database, table: TableInfo, column: ColumnInfo): Promise<Writing> {
  if (column.type !== "string") return noTexts;
  const [counts] = await database.read(writingCounts(column, table.name));
  return bestWriting(counts!);
}

/** Notes each value that is lost in the table's `_rejected` table; gives its name, or null where none is lost. */
async function rejectedTable(
  tables: NotebookTables,
  table: TableInfo,
  column: ColumnInfo,
  kind: ColumnKind,
  cast: string,
): Promise<string | null> {
  const { database } = tables;
  const value = identifier(column.name);
  const lost = `FROM ${table.name} WHERE ${value} IS NOT NULL AND ${cast} IS NULL`;
  const [{ n } = { n: 0 }] = await database.read(`SELECT count(*) AS n ${lost}`);
  if (!n) return null;
  const name = rejectedName(table.name);
  database.run(
    `CREATE TABLE IF NOT EXISTS ${name} (file VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR)`,
  );
  await database.work(
    `INSERT INTO ${name} SELECT ${fileOf(table)}, NULL, ${literal(column.name)}, CAST(${value} AS VARCHAR), 'row ' || (rowid + 1) || ${literal(`: not a value of type ${kind}`)} ${lost}`,
  );
  return name;
}

/** The file that a row is from, as SQL has it: the column that a join adds tells it, and nothing where that is gone. */
function fileOf({ source, columns }: TableInfo): string {
  if (source.kind !== "file") return "NULL";
  if (source.files.length === 1) return literal(source.files[0]!);
  const name = columns.findLast(({ name: each }) => /^file(_\d+)?$/.test(each))?.name;
  return name === undefined ? "NULL" : `CAST(${identifier(name)} AS VARCHAR)`;
}

/** The name of a table's rejected rows, as SQL takes it. */
function rejectedName(table: string): string {
  return table.endsWith('"') ? `${table.slice(0, -1)}_rejected"` : `${table}_rejected`;
}
