import type { Database } from "../database.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import { identifier, literal } from "../sql.ts";
import type { TableDraft } from "../table-draft.ts";
import type { Staged } from "./stage.ts";

/** Tables of one shape, one after the other. */
export interface Joined {
  readonly draft: TableDraft;
  readonly columns: readonly string[];
}

/**
 * Makes one draft of those whose columns have the same names, with the amounts that a recognised set lacks, and for several files that of
 * each row in a last column. Theirs are gone then.
 */
export async function joinStaged(
  tables: NotebookTables,
  group: readonly Staged[],
  signal: AbortSignal,
): Promise<Joined> {
  const { database } = tables;
  const types = group.map((each) => typesOf(database, each));
  const names = group[0]!.columns;
  const joint = names.map((_, i) =>
    commonType(types.map((each) => each[i]!).filter((type): type is string => type !== null)),
  );
  const amount = group[0]!.recognition?.amount;
  const added = [
    ...(amount ? [{ name: "amount", type: "DOUBLE", value: () => productOf(amount) }] : []),
    ...(group.length > 1
      ? [{ name: fileColumn(names), type: "VARCHAR", value: ({ path }: Staged) => literal(path) }]
      : []),
  ];
  const columns = [...names, ...added.map(({ name }) => name)];
  const sqlTypes = [...joint, ...added.map(({ type }) => type)];
  const columnsSql = columns.map((name, i) => `${identifier(name)} ${sqlTypes[i]!}`).join(", ");
  const draft = await tables.draft(columnsSql);
  try {
    for (const each of group) {
      const { draft: part, columns: own } = each;
      const values = own.map(
        (name, i) => `CAST(${identifier(name)} AS ${joint[i]!}) AS ${identifier(names[i]!)}`,
      );
      for (const { name, value } of added) values.push(`${value(each)} AS ${identifier(name)}`);
      const rows = `SELECT ${values.join(", ")} FROM main.${part.name}`;
      for await (const piece of database.pieces(rows)) {
        draft.insert(piece);
        signal.throwIfAborted();
      }
      await part.abort();
    }
    return { draft, columns };
  } catch (error) {
    await draft.abort();
    throw error;
  }
}

/** The type of each column, null for one without a value: it says nothing of what other files have there. */
function typesOf(database: Database, { draft, columns }: Staged): (string | null)[] {
  const types = database.rows(
    `SELECT data_type AS type FROM duckdb_columns() WHERE table_name = '${draft.name}' ORDER BY column_index`,
  );
  const counts = columns.map((name, i) => `count(${identifier(name)}) AS c${i}`);
  const [values] = database.rows(`SELECT ${counts.join(", ")} FROM main.${draft.name}`);
  return types.map(({ type }, i) => (values![`c${i}`] ? (type as string) : null));
}

/** The type that holds the values of all: theirs where it is one, and texts where nothing nearer holds them. */
function commonType(types: readonly string[]): string {
  if (!types.length) return "VARCHAR";
  const different = new Set(types);
  if (different.size === 1) return types[0]!;
  const within = (...some: readonly string[]): boolean => [...different].every((type) => some.includes(type));
  if (within("BIGINT", "DOUBLE")) return "DOUBLE";
  if (within("DATE", "TIMESTAMP")) return "TIMESTAMP";
  return "VARCHAR";
}

function productOf(names: readonly string[]): string {
  return names.map((name) => `TRY_CAST(${identifier(name)} AS DOUBLE)`).join(" * ");
}

function fileColumn(names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  let name = "file";
  for (let n = 2; taken.has(name); n++) name = `file_${n}`;
  return name;
}
