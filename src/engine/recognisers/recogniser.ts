import type { Role } from "../../data/role.ts";
import type { KnownLayout } from "../csv/dialect.ts";
import type { Kind } from "../csv/kind.ts";
import type { Delimiter } from "../csv/rows.ts";

/** What a file looks like before it is read. Its name is no part of that: a set is known by its columns, whatever the file is called. */
export interface FileShape {
  /** The names of its columns, or null where it has none. */
  readonly header: readonly string[] | null;
  /** The first lines of a text file, each of them whole; none for other formats. */
  readonly lines: readonly string[];
}

/** A column of a well-known file. */
export interface KnownColumn {
  readonly name: string;
  /** What its fields are; null where they tell it themselves. */
  readonly kind: Kind | null;
  readonly role: Role | null;
}

/** A file that is one of a well-known public set: how to read it, and what its columns are. */
export interface Recognition {
  readonly set: string;
  /** What its table is called. */
  readonly table: string;
  /** What stands between two fields of a text file; null where it is to be found. */
  readonly delimiter: Delimiter | null;
  readonly header: boolean;
  /** In the order of the file. */
  readonly columns: readonly KnownColumn[];
  /** The columns whose product becomes a column `amount`; null where the file has amounts, or none. */
  readonly amount: readonly [quantity: string, price: string] | null;
}

/** Knows the files of one public set by their shape. */
export interface Recogniser {
  readonly set: string;
  recognise(shape: FileShape): Recognition | null;
}

/** How a recognised text file is laid out. */
export function layoutOf({ delimiter, header, columns }: Recognition): KnownLayout {
  return {
    ...(delimiter !== null && { delimiter }),
    header,
    names: columns.map(({ name }) => name),
    kinds: columns.map(({ kind }) => kind),
  };
}
