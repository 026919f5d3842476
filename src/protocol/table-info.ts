import type { Bilingual } from "../data/bilingual.ts";
import type { ColumnType } from "../data/column.ts";
import type { Role } from "../data/role.ts";
import type { ImportNote } from "./import.ts";

/** A type that a person can give a column. */
export type ColumnKind = "text" | "boolean" | "integer" | "double" | "date" | "timestamp";

/** What stands first in dates such as `03/04/2024`. */
export type DateOrder = "day-first" | "month-first";

/** A column of a table, as the page lists it. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: ColumnType;
  readonly sqlType: string;
  readonly role: Role | null;
  /** Where a sample dataset describes it. */
  readonly description?: Bilingual;
  readonly unit?: string;
}

/** Where a table came from. */
export type TableSource =
  | {
      readonly kind: "file";
      /** Names of the files, in the order in which they were read. */
      readonly files: readonly string[];
      readonly bytes: number;
      /** The well-known public set it was recognised as, e.g. "CDNOW". */
      readonly recognised: string | null;
    }
  | { readonly kind: "dataset"; readonly id: string; readonly truth: boolean }
  | { readonly kind: "query" };

/**
 * Whether a table is there after a reload: kept on disk, only in this tab's memory by its nature, or because the disk is full, there is
 * none, or it failed for the reason that it gave.
 */
export type Kept = "disk" | "memory" | "disk-full" | "no-disk" | { readonly failed: string };

/** A table of a notebook, as the page lists it. */
export interface TableInfo {
  /** As it is written in SQL: `telco`, `shop.orders`. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  readonly source: TableSource;
  readonly kept: Kept;
  /** What was noted when it was imported. */
  readonly notes: readonly ImportNote[];
  /** The name of the table of its rows and values that could not be read, or did not fit another type; null where there is none. */
  readonly rejected: string | null;
}

/** Which rows of a table, in which order. */
export interface RowsQuery {
  readonly offset: number;
  readonly limit: number;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly filters: readonly ColumnFilter[];
}

/** One condition on a column; `value` is as typed by a person. */
export interface ColumnFilter {
  readonly column: string;
  readonly is: "equal" | "unequal" | "less" | "greater" | "contains" | "missing" | "present";
  readonly value: string;
}

/** What a column holds, counted over all rows. */
export interface ColumnSummary {
  readonly rows: number;
  readonly missing: number;
  readonly distinct: number;
  /** Whether `distinct` is a sketch's estimate (HyperLogLog), as it is for long columns. */
  readonly distinctIsEstimate: boolean;
  /** Numbers, or milliseconds since 1970 for dates; null for other types and for a column of missing values. */
  readonly range: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly median: number;
  } | null;
  /** Counts in equal steps from `range.min` to `range.max`; null where there is no range. */
  readonly histogram: readonly number[] | null;
  /** The most frequent values as text, the most frequent first. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
}

/** What would become of a column's values under another type. */
export interface TypeLoss {
  readonly kind: ColumnKind;
  /** Values that would be missing afterwards. */
  readonly lost: number;
  /** Up to three of them. */
  readonly examples: readonly string[];
  /** Where its dates could be read either way, what this way makes of one of them (`2024-04-03`); null where all are read in one way. */
  readonly reading: { readonly order: DateOrder; readonly text: string; readonly date: string } | null;
}

/** A table one of whose columns got another type. */
export interface Retyped {
  readonly table: TableInfo;
  /** What `undoRetype` takes until tables are changed next; null where no value was lost. */
  readonly undo: string | null;
}

/** Where tables are kept, and how much room there is, in bytes; null where the browser does not say. */
export interface StorageState {
  readonly place: "disk" | "memory";
  readonly used: number | null;
  readonly quota: number | null;
  /** Whether the browser has promised not to clear it by itself. */
  readonly persistent: boolean;
}

/** The file formats a table can be exported to. */
export type ExportFormat = "csv" | "parquet" | "arrow";
