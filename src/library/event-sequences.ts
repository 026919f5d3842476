import type { Column } from "../data/column.ts";
import type { Table } from "../data/table.ts";
import type { Label } from "./estimator.ts";
import { describe } from "./inputs.ts";

/** An event of a sequence: its name, which is text or a whole number, or its name and the numbers that come with it, as many for each event. */
export type EventStep = string | number | readonly [event: string | number, ...numbers: number[]];

/** The events of one customer, oldest first. */
export type EventSequence = readonly EventStep[];

/** Names of the columns of a table of events; user, time and event need not be given where the Table has columns of these roles. */
export interface SequenceColumns {
  /** Whose event it is. */
  readonly user?: string;
  /** What orders a user's events: a time, be it seconds or milliseconds since 1970, or any other number; of equal ones the order of rows stays. */
  readonly time?: string;
  /** What happened: text or whole numbers that name kinds. */
  readonly event?: string;
  /** Numbers that come with each event. Default none. */
  readonly numbers?: readonly string[];
}

/** The events of each user of a table, oldest first, for `LSTMClassifier` and `GRUClassifier`. `users` are in the order of their first rows, and `sequences` stand beside them: labels go in that order too. Missing values are a TypeError that names column and row. */
export function eventSequences(
  events: Table,
  columns: SequenceColumns = {},
): { users: Label[]; sequences: EventStep[][] } {
  const [user, time, event] = (["user", "time", "event"] as const).map((role) =>
    columnOf(events, role, columns),
  ) as [string, string, string];
  const { numbers = [] } = columns;
  const ids = events.column(user);
  const times = Float64Array.from({ length: events.numRows }, (_, row) =>
    moment(events.column(time), time, row),
  );
  const kinds = events.column(event);
  const values = numbers.map((name) => events.column(name));
  const rowsOf = new Map<Label, number[]>();
  for (let row = 0; row < events.numRows; row++) {
    const id = named(ids, user, row);
    const rows = rowsOf.get(id);
    if (rows) rows.push(row);
    else rowsOf.set(id, [row]);
  }
  const step = (row: number): EventStep => {
    const kind = named(kinds, event, row);
    if (!values.length) return kind;
    return [kind, ...values.map((column, i) => amount(column, numbers[i]!, row))];
  };
  const sequences = [...rowsOf.values()].map((rows) => rows.sort((a, b) => times[a]! - times[b]!).map(step));
  return { users: [...rowsOf.keys()], sequences };
}

function columnOf(events: Table, role: "user" | "time" | "event", columns: SequenceColumns): string {
  const name = columns[role] ?? events.columns.find((each) => events.roles.get(each) === role);
  if (name === undefined)
    throw new TypeError(`eventSequences: expected to know the ${role} column: give { ${role}: "…" }`);
  return name;
}

function named(column: Column, name: string, row: number): string | number {
  const value: unknown = column.at(row);
  if (typeof value === "string" || (typeof value === "number" && !Number.isNaN(value))) return value;
  throw refusal(name, "text or a number", value, row);
}

function moment(column: Column, name: string, row: number): number {
  const value: unknown = column.at(row);
  const number = value instanceof Date ? value.getTime() : value;
  if (typeof number === "number" && !Number.isNaN(number)) return number;
  throw refusal(name, "a date or a number", value, row);
}

function amount(column: Column, name: string, row: number): number {
  const value: unknown = column.at(row);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw refusal(name, "a number", value, row);
}

function refusal(column: string, expected: string, value: unknown, row: number): TypeError {
  return new TypeError(
    `eventSequences: column "${column}": expected ${expected}, got ${describe(value)} in row ${row}`,
  );
}
