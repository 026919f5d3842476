import type { ColumnType } from "../data/column.ts";
import type { Table } from "../data/table.ts";

/** A column of a table of the notebook. */
export interface KnownColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly role: string | null;
}

/** What a running cell lends to the library: a fit inside a cell shows itself and stops with the cell. */
export interface Session {
  /** Aborted when the person stops the cell. */
  readonly signal: AbortSignal;
  /** Shows a value below the cell; the same id updates it in place. Once what it gives is awaited, the page has drawn the value, or a newer one. */
  readonly display: (value: unknown, options?: { readonly id?: string }) => unknown;
  /** Calls back when the person presses Stop in the live view of that fit; gives the way to stop listening. */
  readonly onStopFit: (fit: string, stop: () => void) => () => void;
  /** What a table of the notebook is: its columns, and the roles they have. */
  readonly describe: (table: string) => Promise<{ readonly columns: readonly KnownColumn[] }>;
  readonly sql: (strings: TemplateStringsArray, ...values: unknown[]) => Promise<Table>;
}

let current: Session | null = null;

/** The session of the cell that runs, or null outside a cell (Node, tests): a fit is silent there. */
export function session(): Session | null {
  return current;
}

/** Sets the session for the cell that is about to run; null when it has ended. Called by the kernel alone. */
export function setSession(next: Session | null): void {
  current = next;
}
