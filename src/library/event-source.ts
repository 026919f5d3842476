import { identifier } from "../core/sql-text.ts";
import { Table } from "../data/table.ts";
import { session, type KnownColumn, type Session } from "./session.ts";
import { unixTime } from "./unix-time.ts";

/** What a column is to a function of retention. */
export type EventRole = "user" | "time" | "event" | "amount";

/**
 * Rows of who did what when: the name of a table in the notebook, or a Table. A time column of numbers holds seconds (1e8 to 1e11) or
 * milliseconds (1e11 to 1e14) since 1970.
 */
export type EventRows = string | Table;

/** Names of columns, by role; those that are not given are the ones that have that role in the notebook, in a Table too that `table` gave. */
export type EventColumns = { readonly [role in EventRole]?: string };

/** Rows of events, and how SQL names their columns. */
export interface EventSource<Role extends EventRole> {
  readonly columns: { readonly [role in Role]: string };
  /** Runs SQL in which `events` is the table, and gives its rows. */
  query(sql: string): Promise<Table>;
}

/** Finds the columns of these roles; an Error says which is missing, and what to give. */
export async function eventSource<Role extends EventRole>(
  caller: string,
  rows: EventRows,
  roles: readonly Role[],
  given: EventColumns,
): Promise<EventSource<Role>> {
  const cell = session();
  if (!cell)
    throw new Error(`${caller}: expected to run in a cell of a notebook, whose tables it reads by SQL`);
  const known = await columnsOf(caller, cell, rows);
  const columns = Object.fromEntries(
    roles.map((role) => {
      const name = given[role] ?? known.find((column) => column.role === role)?.name;
      if (name === undefined)
        throw new TypeError(
          `${caller}: expected to know the ${role} column: give { ${role}: "…" }${typeof rows === "string" ? `, or give a column of ${rows} that role` : ""}`,
        );
      if (!known.some((column) => column.name === name))
        throw new RangeError(
          `${caller}: no column "${name}"; there are ${known.map((column) => `"${column.name}"`).join(", ")}`,
        );
      checkType(
        caller,
        role,
        known.find((column) => column.name === name)!,
      );
      return [role, identifier(name)] as const;
    }),
  ) as EventSource<Role>["columns"];
  const { time } = columns as EventSource<EventRole>["columns"];
  const isUnix = known.some(({ name, type }) => identifier(name) === time && type === "number");
  const events = `with events as (${isUnix ? `select * replace (${unixTime(time)} as ${time}) ` : ""}from `;
  return {
    columns,
    async query(sql) {
      if (typeof rows === "string") return cell.sql(template(`${events}${rows}) ${sql}`));
      return cell.sql(template(events, `) ${sql}`), rows);
    },
  };
}

/** Amounts are numbers, times are dates or numbers; a column of text is a TypeError that names it. */
function checkType(caller: string, role: EventRole, { name, type }: KnownColumn): void {
  if (type !== "string" || (role !== "amount" && role !== "time")) return;
  const expected = role === "amount" ? "numbers" : "dates";
  throw new TypeError(
    `${caller}: expected ${expected} in the ${role} column "${name}", got text: give the column another type in the data panel, or cast it in SQL`,
  );
}

/** A positive number of days; another value is a RangeError. */
export function checkedDays(caller: string, name: string, days: number): number {
  if (!(Number.isFinite(days) && days > 0))
    throw new RangeError(`${caller}: expected ${name} to be a number of days above 0, got ${days}`);
  return days;
}

async function columnsOf(caller: string, cell: Session, rows: EventRows): Promise<readonly KnownColumn[]> {
  if (typeof rows === "string") return (await cell.describe(rows)).columns;
  if (rows instanceof Table)
    return rows.columns.map((name) => ({
      name,
      type: rows.column(name).type,
      role: rows.roles.get(name) ?? null,
    }));
  throw new TypeError(`${caller}: expected a Table or the name of one, got ${typeof rows}`);
}

function template(...texts: string[]): TemplateStringsArray {
  return Object.assign(texts, { raw: texts });
}
