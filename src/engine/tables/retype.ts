import type { ImportNote } from "../../protocol/import.ts";
import type {
  ColumnInfo,
  ColumnKind,
  DateOrder,
  Retyped,
  TableInfo,
  TypeLoss,
} from "../../protocol/table-info.ts";
import type { Database } from "../database.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { identifier, literal } from "../sql.ts";
import { newMeta, type TableMeta } from "../table-facts.ts";
import { bestWriting, castOf, inOrder, noTexts, sqlTypeOf, writingCounts, type Writing } from "./casts.ts";
import { columnOf } from "./filters.ts";
import type { ColumnBefore } from "./last-retype.ts";
import { untell } from "./undo-retype.ts";

const kinds = Object.keys(sqlTypeOf) as ColumnKind[];
const dateOrders: readonly DateOrder[] = ["day-first", "month-first"];
const mostExamples = 3;

/** A type that a column may take, and how its dates are to be read. */
interface Choice {
  readonly kind: ColumnKind;
  readonly order: DateOrder | null;
}

/** What each type would cost a column: how many values would be missing, and some of them. */
export async function typeLosses(database: Database, table: TableInfo, name: string): Promise<TypeLoss[]> {
  const column = columnOf(table, name);
  const writing = await writingOf(database, table, column);
  const value = identifier(name);
  const choices = kinds.flatMap((kind) => choicesOf(kind, writing));
  const losses = choices.map(({ kind, order }, i) => {
    const isLost = `${value} IS NOT NULL AND ${castOf(column, kind, inOrder(writing, order))} IS NULL`;
    return `count(*) FILTER (${isLost}) AS lost${i}, (list(DISTINCT CAST(${value} AS VARCHAR)) FILTER (${isLost}))[1:${mostExamples}] AS examples${i}`;
  });
  const readings = await readingsOf(database, table, column, writing);
  const [row] = await database.read(`SELECT ${losses.join(", ")} FROM ${table.name}`);
  return choices.flatMap(({ kind, order }, i) => {
    const reading = readings.find((each) => each.order === order) ?? null;
    // Where both ways give the same days, there is nothing to choose.
    if (order !== null && !reading) return [];
    const examples = [...((row![`examples${i}`] as string[] | null) ?? [])].sort();
    return [{ kind, lost: row![`lost${i}`] as number, examples, reading }];
  });
}

function choicesOf(kind: ColumnKind, { dates }: Writing): Choice[] {
  const isDated = kind === "date" || kind === "timestamp";
  const orders: (DateOrder | null)[] = isDated && dates.length > 1 ? [null, ...dateOrders] : [null];
  return orders.map((order) => ({ kind, order }));
}

/** What each order of day and month makes of one and the same text of a column; none where all texts give the same days either way. */
async function readingsOf(
  database: Database,
  table: TableInfo,
  column: ColumnInfo,
  writing: Writing,
): Promise<readonly NonNullable<TypeLoss["reading"]>[]> {
  if (writing.dates.length < 2) return [];
  const [day, month] = dateOrders.map((order) => castOf(column, "timestamp", inOrder(writing, order)));
  const text = identifier(column.name);
  const [row] = await database.read(
    `SELECT ${text} AS text, strftime(${day}, '%Y-%m-%d') AS day, strftime(${month}, '%Y-%m-%d') AS month FROM ${table.name} WHERE ${day} <> ${month} LIMIT 1`,
  );
  if (!row) return [];
  const example = row.text as string;
  return [
    { order: "day-first", text: example, date: row.day as string },
    { order: "month-first", text: example, date: row.month as string },
  ];
}

/**
 * Gives a column another type, all rows or none; what does not fit becomes missing, and is told with its row in the table of what was
 * rejected. Where something is, there is a way back.
 */
export async function retype(
  tables: NotebookTables,
  table: TableInfo,
  name: string,
  kind: ColumnKind,
  order: DateOrder | null = null,
): Promise<Retyped> {
  const { database, index } = tables;
  if (!kinds.includes(kind)) throw new RangeError(`retype: expected one of ${kinds.join(", ")}, got ${kind}`);
  const column = columnOf(table, name);
  const cast = castOf(column, kind, inOrder(await writingOf(database, table, column), order));
  const meta = index.meta(table.name);
  tables.retyped.forget();
  const lost = `FROM ${table.name} WHERE ${identifier(name)} IS NOT NULL AND ${cast} IS NULL`;
  const [{ n } = { n: 0 }] = await database.read(`SELECT count(*) AS n ${lost}`);
  const losing = n ? await noteLost(tables, table, name, `${rejectedRows(table, name, kind)} ${lost}`) : null;
  try {
    database.run(
      `ALTER TABLE ${table.name} ALTER COLUMN ${identifier(name)} SET DATA TYPE ${sqlTypeOf[kind]} USING ${cast}`,
    );
  } catch (error) {
    if (losing) await abandon(tables, losing.before);
    throw error;
  }
  // From here on whatever changes tables ends the way back.
  const undo = losing && tables.retyped.remember(losing.before);
  tables.order.clear();
  if (losing) await tables.keep(losing.before.rejects.name, losing.meta);
  const rejected = losing?.meta.identity ?? meta.rejected;
  const notes = [...meta.notes.filter((note) => !isOfType(note, name)), ...notesOf(table, name, kind)];
  const info = await tables.keep(table.name, { ...meta, rejected, notes });
  return { table: info, undo };
}

/** Whether a note tells why a column has the type it has. */
function isOfType(note: ImportNote, column: string): boolean {
  return (note.note === "misfits" || note.note === "retyped") && note.column === column;
}

function notesOf({ source }: TableInfo, column: string, kind: ColumnKind): ImportNote[] {
  return source.kind === "file" ? [{ note: "retyped", column, kind }] : [];
}

/** Keeps a column as it is, and tells in the table of rejected rows what it is about to lose. */
async function noteLost(
  tables: NotebookTables,
  table: TableInfo,
  column: string,
  rows: string,
): Promise<{ readonly before: ColumnBefore; readonly meta: TableMeta }> {
  const { database, index } = tables;
  const { meta, ...rejects } = await rejectsTable(tables, table.name);
  const values = `main.${index.catalogue.hiddenName()}`;
  const before = { table: table.name, column, values, rejects, notes: table.notes };
  try {
    await database.work(`CREATE TABLE ${values} AS SELECT ${identifier(column)} AS value FROM ${table.name}`);
    await database.work(`INSERT INTO ${rejects.name} ${rows}`);
    return { before, meta };
  } catch (error) {
    await abandon(tables, before);
    throw error;
  }
}

/** Leaves nothing of a change that did not come about. */
async function abandon(tables: NotebookTables, { values, rejects }: ColumnBefore): Promise<void> {
  tables.database.run(`DROP TABLE IF EXISTS ${values}`);
  await untell(tables, rejects);
}

async function writingOf(database: Database, table: TableInfo, column: ColumnInfo): Promise<Writing> {
  if (column.type !== "string") return noTexts;
  const [counts] = await database.read(writingCounts(column, table.name));
  return bestWriting(counts!);
}

/** The table of a table's rejected rows, in the database, and its last row; it is made where there is none. */
async function rejectsTable(
  { index, database }: NotebookTables,
  table: string,
): Promise<ColumnBefore["rejects"] & { readonly meta: TableMeta }> {
  const owner = index.find(table);
  const found = index.rejectedOf(owner);
  if (found) {
    const { name } = index.info(found);
    await index.load(name);
    const [row] = database.rows(`SELECT coalesce(max(rowid), -1) AS last FROM ${name}`);
    return { name, meta: index.meta(name), last: row!.last as number };
  }
  const schema = owner.at === "database" ? owner.table.schema : "main";
  const free = index.freeName(`${owner.table.name}_rejected`, schema);
  const name = index.catalogue.sqlName(schema, free);
  database.run(
    `CREATE TABLE ${name} (file VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR)`,
  );
  return { name, meta: newMeta(index.meta(table).source), last: null };
}

/** What a value of each kind is, in the words of an import. */
const expected: Readonly<Record<ColumnKind, string>> = {
  text: "text",
  boolean: "true or false",
  integer: "a whole number",
  double: "a number",
  date: "a date",
  timestamp: "a date and time",
};

/** What is noted of each value of a column that a kind does not hold. */
function rejectedRows(table: TableInfo, column: string, kind: ColumnKind): string {
  return `SELECT ${fileOf(table)}, NULL, ${literal(column)}, CAST(${identifier(column)} AS VARCHAR), 'row ' || (rowid + 1) || ${literal(`: expected ${expected[kind]}`)}`;
}

/** The file that a row is from, as SQL has it: the column that a join adds tells it, and nothing where that is gone. */
function fileOf({ source, columns }: TableInfo): string {
  if (source.kind !== "file") return "NULL";
  if (source.files.length === 1) return literal(source.files[0]!);
  const name = columns.findLast(({ name: each }) => /^file(_\d+)?$/.test(each))?.name;
  return name === undefined ? "NULL" : `CAST(${identifier(name)} AS VARCHAR)`;
}
