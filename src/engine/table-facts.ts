import type { ImportNote } from "../protocol/import.ts";
import type { ColumnInfo, Kept, TableSource } from "../protocol/table-info.ts";
import { columnType } from "./column-type.ts";
import type { KeptTable } from "./store/manifest.ts";

/** What is known of a column beside its values. */
export type ColumnMeta = Pick<ColumnInfo, "role" | "description" | "unit">;

/** What is known of a table beside its rows; columns of which nothing is known are not listed. */
export interface TableMeta {
  readonly source: TableSource;
  readonly columns: ReadonlyMap<string, ColumnMeta>;
  /** Stays what it is when the table is renamed or written anew; null for a table that the engine did not make. */
  readonly identity: string | null;
  /** The identity of the table of its rejected rows; null where it never had one. */
  readonly rejected: string | null;
  /** What was noted when it was imported. */
  readonly notes: readonly ImportNote[];
}

/** What is known of a table that is in the database. */
export interface TableFacts {
  readonly meta: TableMeta;
  readonly kept: Kept;
  /** What it is kept as, where it is kept, be it as it was before a change for which the disk had no room. */
  readonly id: string | null;
}

/** What is known of a table that a cell made. */
export const madeByQuery: TableFacts = {
  meta: { ...newMeta({ kind: "query" }), identity: null },
  kept: "memory",
  id: null,
};

/** What is known of a table that the engine makes. */
export function newMeta(source: TableSource, columns: TableMeta["columns"] = new Map()): TableMeta {
  return { source, columns, identity: crypto.randomUUID(), rejected: null, notes: [] };
}

/** Notes as the page lists them: with the name that the table of rejected rows has now. */
export function namedNotes(notes: readonly ImportNote[], rejected: string | null): readonly ImportNote[] {
  return notes.map((note) => (note.note === "rejected" ? { ...note, table: rejected } : note));
}

/** Columns as the page lists them. */
export function columnInfos(
  columns: readonly { readonly name: string; readonly sqlType: string }[],
  meta: TableMeta,
): ColumnInfo[] {
  return columns.map(({ name, sqlType }) => ({
    name,
    type: columnType(sqlType),
    sqlType,
    role: null,
    ...meta.columns.get(name),
  }));
}

/** What a kept table tells beside its rows. */
export function metaOf({ source, columns, identity, rejected, notes }: KeptTable): TableMeta {
  return {
    source,
    identity,
    rejected,
    notes,
    columns: new Map(
      columns.map(({ name, role, description, unit }) => [
        name,
        { role, ...(description && { description }), ...(unit !== undefined && { unit }) },
      ]),
    ),
  };
}
