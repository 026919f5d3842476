import { identifier } from "../core/sql-text.ts";
import { tableFromArrow } from "../data/arrow.ts";
import type { Roles, Table } from "../data/table.ts";
import type { NotebookData, SqlParameter } from "../protocol/data.ts";
import { inspect } from "./inspect.ts";
import { bindSql, releaseAll } from "./sql-binding.ts";
import { ownError } from "./remote-error.ts";

/** The tag `sql`: a Table between the quotes is a relation, any other value a bound parameter, never pasted text. */
export function createSql(
  data: NotebookData,
): (strings: TemplateStringsArray, ...values: unknown[]) => Promise<Table> {
  return async (strings, ...values) => {
    const { text, parameters, relations } = await bindSql(data, strings, values);
    try {
      return await query(data, text, parameters);
    } finally {
      await releaseAll(data, relations);
    }
  };
}

/** The rows of the table of that name, e.g. `telco` or `shop.orders`, with the roles of its columns. */
export async function readTable(data: NotebookData, name: string): Promise<Table> {
  if (typeof name !== "string") throw new TypeError(`table: expected a name, got ${inspect(name)}`);
  const rows = await query(data, `select * from ${nameParts(name).map(identifier).join(".")}`, []);
  return rows.withRoles(await rolesOf(data, name));
}

/** The roles of a table's columns; a view has none. */
async function rolesOf(data: NotebookData, table: string): Promise<Roles> {
  const { columns } = await data.describe(table).catch(() => ({ columns: [] }));
  return new Map(columns.flatMap(({ name, role }) => (role ? [[name, role] as const] : [])));
}

async function query(data: NotebookData, text: string, parameters: readonly SqlParameter[]): Promise<Table> {
  let rows: Uint8Array;
  try {
    rows = await data.query(text, parameters);
  } catch (error) {
    // A new error, so that its stack leads to the cell.
    throw ownError(error);
  }
  return tableFromArrow(rows);
}

/** The parts of a name: those in quotes, as SQL needs some of them, hold what stands between the quotes. */
function nameParts(name: string): string[] {
  const parts = name.match(/"(?:[^"]|"")+"|[^".]+/g) ?? [];
  if (parts.join(".") !== name) return name.split(".");
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}
