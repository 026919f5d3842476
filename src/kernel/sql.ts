import { tableFromArrow, tableToArrow } from "../data/arrow.ts";
import { Table } from "../data/table.ts";
import type { NotebookData, SqlParameter } from "../protocol/data.ts";
import { inspect } from "./inspect.ts";

/** Thrown where DuckDB refuses a statement; the message is DuckDB's. */
class SqlError extends Error {
  override readonly name = "SqlError";
}

/** The tag `sql`: a Table between the quotes is a relation, any other value a bound parameter, never pasted text. */
export function createSql(
  data: NotebookData,
): (strings: TemplateStringsArray, ...values: unknown[]) => Promise<Table> {
  return async (strings, ...values) => {
    const relations: string[] = [];
    const parameters: SqlParameter[] = [];
    try {
      let text = strings[0]!;
      for (const [i, value] of values.entries()) {
        if (value instanceof Table) {
          const relation = await data.register(tableToArrow(value));
          relations.push(relation);
          text += relation;
        } else {
          parameters.push(parameter(value, parameters.length + 1));
          text += "?";
        }
        text += strings[i + 1]!;
      }
      return await query(data, text, parameters);
    } finally {
      for (const relation of relations) await data.release(relation);
    }
  };
}

/** The rows of the table of that name, e.g. `telco` or `shop.orders`. */
export async function readTable(data: NotebookData, name: string): Promise<Table> {
  if (typeof name !== "string") throw new TypeError(`table: expected a name, got ${inspect(name)}`);
  return query(data, `select * from ${nameParts(name).map(quoteName).join(".")}`, []);
}

async function query(data: NotebookData, text: string, parameters: readonly SqlParameter[]): Promise<Table> {
  let rows: Uint8Array;
  try {
    rows = await data.query(text, parameters);
  } catch (error) {
    // A new error, so that its stack leads to the cell.
    throw new SqlError((error as Error).message);
  }
  return tableFromArrow(rows);
}

function parameter(value: unknown, position: number): SqlParameter {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint" && BigInt(Number(value)) === value) return Number(value);
  if (
    typeof value === "boolean" ||
    typeof value === "number" ||
    typeof value === "string" ||
    value instanceof Date
  )
    return value;
  throw new TypeError(
    `sql: parameter ${position}: expected a number, string, boolean, Date or Table, got ${inspect(value)}`,
  );
}

/** The parts of a name: those in quotes, as SQL needs some of them, hold what stands between the quotes. */
function nameParts(name: string): string[] {
  const parts = name.match(/"(?:[^"]|"")+"|[^".]+/g) ?? [];
  if (parts.join(".") !== name) return name.split(".");
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
