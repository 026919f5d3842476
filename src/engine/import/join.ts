import type { NotebookTables } from "../notebook-tables.ts";
import { identifier, literal } from "../sql.ts";
import type { TableDraft } from "../table-draft.ts";
import { typesOf, type Group } from "./groups.ts";
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
  { parts, types }: Group,
  signal: AbortSignal,
): Promise<Joined> {
  const { database } = tables;
  const [first] = parts;
  const names = first!.columns;
  const joint = (types ?? typesOf(database, first!)).map((type) => type ?? "VARCHAR");
  const amount = first!.recognition?.amount;
  const added = [
    ...(amount ? [{ name: "amount", type: "DOUBLE", value: () => productOf(amount) }] : []),
    ...(parts.length > 1
      ? [{ name: fileColumn(names), type: "VARCHAR", value: ({ path }: Staged) => literal(path) }]
      : []),
  ];
  const columns = [...names, ...added.map(({ name }) => name)];
  const sqlTypes = [...joint, ...added.map(({ type }) => type)];
  const columnsSql = columns.map((name, i) => `${identifier(name)} ${sqlTypes[i]!}`).join(", ");
  const draft = await tables.draft(columnsSql);
  try {
    for (const each of parts) {
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

function productOf(names: readonly string[]): string {
  return names.map((name) => `TRY_CAST(${identifier(name)} AS DOUBLE)`).join(" * ");
}

function fileColumn(names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  let name = "file";
  for (let n = 2; taken.has(name); n++) name = `file_${n}`;
  return name;
}
