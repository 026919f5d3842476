import type { ColumnType } from "../data/column.ts";

/** A value bound to a parameter of a statement. */
export type SqlParameter = null | boolean | number | string | Date;

/** What a cell's port to the data worker offers: SQL in, Arrow out. Errors reach the caller with DuckDB's message. */
export interface NotebookData {
  /** Runs one statement; gives its rows as an Arrow IPC stream, transferred. */
  query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array>;
  /** Makes a relation of the rows of an Arrow IPC stream; gives the name to use in SQL. */
  register(rows: Uint8Array): Promise<string>;
  /** Forgets a relation that `register` made. */
  release(relation: string): Promise<void>;
  /** Ends the queries under way; they reject. */
  cancel(): Promise<void>;
  /** Generates a sample dataset; gives its table names, e.g. `shop.orders`. */
  dataset(id: string, options: DatasetOptions): Promise<string[]>;
}

/** The methods of `NotebookData`: all that a kernel can call. */
export const dataMethods: readonly string[] = Object.keys({
  query: 1,
  register: 1,
  release: 1,
  cancel: 1,
  dataset: 1,
} satisfies Record<keyof NotebookData, 1>);

/** How a sample dataset is generated. The same options give the same rows. */
export interface DatasetOptions {
  readonly size?: "S" | "M" | "L";
  readonly seed?: number;
  /** The schema its tables are put under; the dataset's id unless given. */
  readonly as?: string;
}

/** A table of a notebook, as the page lists it. */
export interface TableInfo {
  /** As it is written in SQL: `telco`, `shop.orders`. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly sqlType: string }[];
  readonly source:
    | { readonly kind: "file"; readonly file: string; readonly bytes: number }
    | { readonly kind: "dataset"; readonly id: string }
    | { readonly kind: "query" };
}

/** How far an import is. `total` is in bytes; `rows` grows as they are read, where that is known. */
export interface ImportProgress {
  readonly phase: "reading" | "inferring" | "importing";
  readonly done: number;
  readonly total: number;
}

/** Something a person should know of an import that went well. */
export type ImportNote =
  | { readonly note: "renamed-column"; readonly from: string; readonly to: string }
  | { readonly note: "renamed-table"; readonly from: string; readonly to: string }
  | { readonly note: "short-rows"; readonly count: number; readonly line: number }
  /** What such rows have beyond the header is in columns of its own at the end of the table. */
  | { readonly note: "long-rows"; readonly count: number; readonly line: number }
  | { readonly note: "decoded"; readonly encoding: string }
  | { readonly note: "no-header" }
  /** Fields such as `NA` or `NULL` in a column of numbers, dates or truth values; they are missing values now. */
  | { readonly note: "missing-words"; readonly column: string; readonly count: number };

/** Why a file was not imported. */
export type ImportRefusal =
  | { readonly why: "empty" }
  | { readonly why: "header-only"; readonly columns: number }
  | { readonly why: "not-text"; readonly looksLike: string }
  | { readonly why: "too-many-columns"; readonly columns: number; readonly most: number }
  | { readonly why: "unreadable"; readonly message: string; readonly line: number | null }
  | { readonly why: "out-of-memory"; readonly bytes: number }
  | { readonly why: "cancelled" };

/** How an import ended. Where it was refused, nothing else changed. */
export type ImportResult =
  | { readonly state: "imported"; readonly table: TableInfo; readonly notes: readonly ImportNote[] }
  | { readonly state: "refused"; readonly file: string; readonly refusal: ImportRefusal };

/** What the page may ask of the data worker. Each notebook has a database of its own. */
export interface DataEngine {
  /** Opens the notebook's database; a second call is no error. */
  open(notebook: string): Promise<void>;
  /** Exposes the notebook's `NotebookData` on a port. */
  connect(notebook: string, port: MessagePort): Promise<void>;
  /** Closes the notebook's database and forgets its tables. */
  close(notebook: string): Promise<void>;
  tables(notebook: string): Promise<readonly TableInfo[]>;
  /** Reads a file into a table named `name`, or after the file. `progress` is a Comlink proxy. */
  importFile(
    notebook: string,
    file: File,
    name: string | null,
    progress: (progress: ImportProgress) => void,
  ): Promise<ImportResult>;
  cancelImport(): Promise<void>;
  /** Rows `offset` to `offset + limit` of a table, as an Arrow IPC stream. */
  rows(notebook: string, table: string, offset: number, limit: number): Promise<Uint8Array>;
  dropTable(notebook: string, table: string): Promise<void>;
  /** Calls back with the notebook's id whenever its tables change. */
  watch(changed: (notebook: string) => void): Promise<void>;
}
