import { identifier } from "../sql.ts";
import { ArrowRows } from "./arrow-rows.ts";
import type { Rejected } from "./fields.ts";
import { sqlTypes, type Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";

/** Where rows go as they are read. */
export interface RowSink {
  /** Makes the table; `columns` is the text between the brackets of CREATE TABLE. */
  create(columns: string): void | Promise<void>;
  /** Adds rows: an Arrow IPC stream. */
  insert(rows: Uint8Array): void;
  /** Leaves nothing of the table, which is made anew. */
  drop(): void | Promise<void>;
  /** Takes what is none of the kind that its column was given, and a row that is no row of the table, which has no column. */
  reject(rejected: Rejected, column: string | null): void;
}

const mostRejected = 32 * 1024 * 1024;
/** Bytes that a rejected value takes beside its text. */
const rejectedBytes = 100;

/**
 * A table that is filled while the kinds of its columns are still being found out. Mostly the first rows tell what all are, and then the
 * file need not be read again; where a later row changes a kind, or too much is rejected to be kept, the table is dropped.
 */
export class EagerTable {
  #arrow: ArrowRows | null = null;
  #kinds: readonly Kind[] | null = null;
  #rejected: Rejected[] = [];
  #size = 0;
  #dropped = false;

  constructor(private readonly sink: Omit<RowSink, "reject">) {}

  /** Whether it is still being filled. */
  get lives(): boolean {
    return !this.#dropped;
  }

  /** Takes rows from row `from` on, when their columns and those before are of these kinds. */
  async add(rows: Rows, from: number, kinds: readonly Kind[], names: () => readonly string[]): Promise<void> {
    if (this.#dropped || rows.count <= from) return;
    this.#kinds ??= kinds;
    if (!areEqual(kinds, this.#kinds)) return this.drop();
    if (!this.#arrow) {
      const columns = names();
      await this.sink.create(columnsSql(columns, kinds));
      this.#arrow = new ArrowRows(columns, kinds, (rejected) => this.#reject(rejected));
    }
    for (const slice of this.#arrow.add(rows, from)) this.sink.insert(slice);
    if (this.#size > mostRejected) await this.drop();
  }

  /** Ends the table: gives what was rejected, or null where there is none and the rows are to be read again. */
  finish(): readonly Rejected[] | null {
    if (this.#dropped || !this.#arrow) return null;
    for (const slice of this.#arrow.rest()) this.sink.insert(slice);
    return this.#rejected;
  }

  /** Leaves nothing of it. */
  async drop(): Promise<void> {
    const made = this.#arrow !== null;
    this.#dropped = true;
    this.#arrow = null;
    this.#rejected = [];
    if (made) await this.sink.drop();
  }

  #reject(rejected: Rejected): void {
    this.#size += rejectedBytes + rejected.value.length;
    this.#rejected.push(rejected);
  }
}

/** The text between the brackets of CREATE TABLE for columns of these names and kinds. */
export function columnsSql(names: readonly string[], kinds: readonly Kind[]): string {
  return names.map((name, i) => `${identifier(name)} ${sqlTypes[kinds[i]!]}`).join(", ");
}

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
