import type { DatasetCard } from "../data/dataset-description.ts";
import type { Role } from "../data/role.ts";
import type { ImportFile, ImportOptions, ImportProgress, ImportResult } from "./import.ts";
import type {
  ColumnFilter,
  ColumnKind,
  DateOrder,
  ColumnSummary,
  ExportFormat,
  Retyped,
  RowsQuery,
  StorageState,
  TableInfo,
  TypeLoss,
} from "./table-info.ts";

/** A value bound to a parameter of a statement. */
export type SqlParameter = null | boolean | number | string | Date;

/** Why the database refused a statement. */
export interface SqlRefusal {
  readonly message: string;
  /** Where in the statement's text that is, counted from 1; null where it does not say. */
  readonly place: { readonly line: number; readonly column: number } | null;
}

/** The result of a SQL cell: its rows as an Arrow IPC stream or, where they are more than fit, the first of them; else why there are none. */
export type OpenedResult =
  | { readonly state: "refused"; readonly refusal: SqlRefusal }
  | { readonly state: "whole"; readonly rows: Uint8Array }
  | {
      readonly state: "paged";
      /** What `page` takes to read on. */
      readonly result: string;
      /** The statement that gives the rows, without those before it. */
      readonly sql: string;
      /** How many rows there are; null where counting them takes too long. */
      readonly rows: number | null;
      readonly first: Uint8Array;
    };

/** What a cell's port to the data worker offers: SQL in, Arrow out. Errors reach the caller with DuckDB's message. */
export interface NotebookData {
  /** Runs one statement; gives its rows as an Arrow IPC stream, transferred. */
  query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array>;
  /** Runs statements as `query` does; rows that are too many to be handed over are kept as a result to be read page by page. */
  open(sql: string, parameters: readonly SqlParameter[]): Promise<OpenedResult>;
  /** Rows `offset` to `offset + limit` of a result that `open` kept; a RangeError where it is gone. */
  page(result: string, offset: number, limit: number): Promise<Uint8Array>;
  /** Forgets a result that `open` kept. */
  close(result: string): Promise<void>;
  /** Makes a relation of the rows of an Arrow IPC stream; gives the name to use in SQL. */
  register(rows: Uint8Array): Promise<string>;
  /** Forgets a relation that `register` made. */
  release(relation: string): Promise<void>;
  /** Ends the queries under way; they reject. */
  cancel(): Promise<void>;
  /** Generates a sample dataset; gives its table names, e.g. `shop.orders`. */
  dataset(id: string, options: DatasetOptions): Promise<string[]>;
  /** Names of imported tables that SQL dropped since this was asked last: they are still on disk, and back after a reload. */
  dropped(): Promise<readonly string[]>;
  /** What a table is: its columns and their roles. An unknown name is a RangeError. */
  describe(table: string): Promise<TableInfo>;
}

/** The methods of `NotebookData`: all that a kernel can call. */
export const dataMethods: readonly string[] = Object.keys({
  query: 1,
  open: 1,
  page: 1,
  close: 1,
  register: 1,
  release: 1,
  cancel: 1,
  dataset: 1,
  dropped: 1,
  describe: 1,
} satisfies Record<keyof NotebookData, 1>);

/** How a sample dataset is generated: these, and the dataset's own parameters. The same options give the same rows. */
export interface DatasetOptions {
  readonly size?: "S" | "M" | "L";
  readonly seed?: number;
  /** The schema its tables are put under; the dataset's id unless given. The truth goes to `truth`, or `<as>_truth` where `as` is given. */
  readonly as?: string;
  readonly [parameter: string]: number | string | boolean | undefined;
}

/** How the page opens a notebook's database. */
export interface OpenOptions {
  /** Whether the planted truth of sample data may exist in it: the document's `metadata.cohortbook.truth`. */
  readonly truth: boolean;
  /** Whether this tab owns the notebook: else stored tables are read and nothing stored is changed. */
  readonly writable: boolean;
}

/** What the page may ask of the data worker. Each notebook has a database of its own. */
export interface DataEngine {
  /**
   * Opens the notebook's database with the tables that are kept of it. Other options than last time open it anew, unless it can go on:
   * what may no longer be changed stays as it is, and so does what may be changed again and was not changed by others.
   */
  open(notebook: string, options: OpenOptions): Promise<void>;
  /** Exposes the notebook's `NotebookData` on a port. */
  connect(notebook: string, port: MessagePort): Promise<void>;
  /** Closes the notebook's database and frees its memory; what is kept on disk stays. */
  close(notebook: string): Promise<void>;
  /** Closes the notebook's database and deletes its tables from disk too. */
  forget(notebook: string): Promise<void>;
  /** Deletes the tables of all notebooks but these from disk, except those that another tab has open. */
  keepOnly(notebooks: readonly string[]): Promise<void>;
  /** Answers. */
  ping(): Promise<void>;
  tables(notebook: string): Promise<readonly TableInfo[]>;

  /** Reads files into tables: those of one shape into one. `name` names the table where there is one. `progress` is a Comlink proxy. */
  importFiles(
    notebook: string,
    files: readonly ImportFile[],
    name: string | null,
    progress: (progress: ImportProgress) => void,
    options?: ImportOptions,
  ): Promise<readonly ImportResult[]>;
  cancelImport(): Promise<void>;

  /** Rows of a table as an Arrow IPC stream, sorted and filtered by SQL. */
  rows(notebook: string, table: string, query: RowsQuery): Promise<Uint8Array>;
  /** Rows of a result that a SQL cell left to be read page by page; a RangeError where it is gone. */
  resultRows(notebook: string, result: string, offset: number, limit: number): Promise<Uint8Array>;
  /** How many rows of a table pass all filters. */
  countRows(notebook: string, table: string, filters: readonly ColumnFilter[]): Promise<number>;
  /** What one column holds, counted over all rows. */
  summary(notebook: string, table: string, column: string): Promise<ColumnSummary>;

  /** What each type would cost a column; dates that could be read by day or by month first are there three times: read both ways alike, and each way. */
  typeLosses(notebook: string, table: string, column: string): Promise<readonly TypeLoss[]>;
  /** Gives a column another type; what does not fit becomes missing and goes to the table of the table's rejected rows. */
  retype(
    notebook: string,
    table: string,
    column: string,
    kind: ColumnKind,
    order: DateOrder | null,
  ): Promise<Retyped>;
  /** Puts a column back as it was before it lost values to another type; a RangeError where tables were changed since. */
  undoRetype(notebook: string, undo: string): Promise<TableInfo>;
  /** Sets the roles of columns; one column a role. */
  setRoles(
    notebook: string,
    table: string,
    roles: { readonly [column: string]: Role | null },
  ): Promise<TableInfo>;
  rename(notebook: string, table: string, name: string): Promise<TableInfo>;
  /** Deletes a table; gives what `restoreTable` takes to have it back while the database is open. */
  dropTable(notebook: string, table: string): Promise<string>;
  restoreTable(notebook: string, dropped: string): Promise<TableInfo>;
  /** A table as a file. `progress` is a Comlink proxy, called with the rows written so far. */
  exportTable(
    notebook: string,
    table: string,
    format: ExportFormat,
    progress: (rows: number) => void,
  ): Promise<Blob>;

  /** The sample datasets there are. */
  datasets(): Promise<readonly DatasetCard[]>;
  storage(): Promise<StorageState>;
  /** Calls back with the notebook's id whenever its tables change. */
  watch(changed: (notebook: string) => void): Promise<void>;
}
