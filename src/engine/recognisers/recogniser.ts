import type { Role } from "../../data/role.ts";
import type { KnownLayout } from "../csv/dialect.ts";
import type { Kind } from "../csv/kind.ts";

/** What a file looks like before it is read. */
export interface FileShape {
  /** Its name, without the folder. It may help to name a table, and never to tell one set from another. */
  readonly file: string;
  /** The names of its columns, or null where it has none. */
  readonly header: readonly string[] | null;
  /** The first lines of a text file; none for other formats. */
  readonly lines: readonly string[];
}

/** A column of a well-known file. */
export interface KnownColumn {
  readonly name: string;
  /** What its fields are; null where they are looked at. */
  readonly kind: Kind | null;
  readonly role: Role | null;
}

/** A file that is one of a well-known public set: how to read it, and what its columns are. */
export interface Recognition {
  readonly set: string;
  /** What its table is called. */
  readonly table: string;
  readonly layout: KnownLayout;
  /** In the order of the file. */
  readonly columns: readonly KnownColumn[];
}

/** Knows the files of one public set by their shape. */
export interface Recogniser {
  readonly set: string;
  recognise(shape: FileShape): Recognition | null;
}
