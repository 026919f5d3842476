import type { ColumnKind, TableInfo } from "./table-info.ts";

/** A file to import; `path` is its place in the folder it came with, else its name. */
export interface ImportFile {
  readonly file: File;
  readonly path: string;
}

/** How files become tables. */
export interface ImportOptions {
  /**
   * The parts of a joined table, as its note has them: each is to be a table of its own, and nothing else is read in. Where one is refused,
   * none comes in.
   */
  readonly separate?: readonly string[];
}

/** How far an import is. `done` and `total` are bytes of all its files. */
export interface ImportProgress {
  readonly phase: "reading" | "inferring" | "importing" | "keeping";
  /** The file that is being read. */
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

/** Something a person should know of an import that went well. */
export type ImportNote =
  /** `from` is blank where the column has no name in the file, else there is another column called so. */
  | { readonly note: "renamed-column"; readonly from: string; readonly to: string }
  /** The name that it should have cannot be a name in SQL. */
  | { readonly note: "renamed-table"; readonly from: string; readonly to: string }
  /** The name that it should have is another table's. */
  | { readonly note: "beside-table"; readonly from: string; readonly to: string }
  /** A person gave a column another type since. */
  | { readonly note: "retyped"; readonly column: string; readonly kind: ColumnKind }
  | { readonly note: "short-rows"; readonly count: number; readonly line: number }
  /** Many rows have more fields than the header; what they have beyond it is in columns of its own at the end of the table. */
  | { readonly note: "long-rows"; readonly count: number; readonly line: number }
  /** A field in quotation marks goes on for so many lines that one of the marks may be missing. */
  | { readonly note: "long-field"; readonly line: number; readonly lines: number }
  | { readonly note: "decoded"; readonly encoding: string }
  | { readonly note: "no-header" }
  /** Fields such as `NA` or `NULL` in a column of numbers, dates or truth values; they are missing values now. */
  | { readonly note: "missing-words"; readonly column: string; readonly count: number }
  /** A column is text because of a few of its values, `value` on line `line` the first of them; `of` counts all. */
  | {
      readonly note: "misfits";
      readonly column: string;
      readonly count: number;
      readonly of: number;
      readonly value: string;
      readonly line: number;
    }
  /** Rows or values that could not be read; `table` holds each with its line and the reason, or the first `kept` where there are very many; null where it was deleted. */
  | {
      readonly note: "rejected";
      readonly count: number;
      readonly table: string | null;
      readonly kept?: number;
    }
  /** Files of one shape, or sheets of a file, that were put into one table. */
  | { readonly note: "joined-files"; readonly count: number; readonly files: readonly string[] }
  /** Numbers written with a comma, as in `1.234,5`. */
  | { readonly note: "decimal-commas"; readonly column: string }
  /** The file was recognised as a well-known public set, and its columns were named and given roles. */
  | { readonly note: "recognised"; readonly set: string };

/** Why a file was not imported. */
export type ImportRefusal =
  | { readonly why: "empty" }
  | { readonly why: "header-only"; readonly columns: number }
  | { readonly why: "not-text"; readonly looksLike: string }
  | { readonly why: "too-many-columns"; readonly columns: number; readonly most: number }
  | { readonly why: "unreadable"; readonly message: string; readonly line: number | null }
  | { readonly why: "out-of-memory"; readonly bytes: number }
  /** JSON that is read in one piece, and has more than `most` bytes. */
  | { readonly why: "too-large"; readonly bytes: number; readonly most: number }
  | { readonly why: "read-only" }
  | { readonly why: "cancelled" };

/** How the import of one table ended. Where it was refused, nothing else changed. */
export type ImportResult =
  | { readonly state: "imported"; readonly table: TableInfo; readonly notes: readonly ImportNote[] }
  | { readonly state: "refused"; readonly file: string; readonly refusal: ImportRefusal };
