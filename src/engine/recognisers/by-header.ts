import type { Role } from "../../data/role.ts";
import type { Kind } from "../csv/kind.ts";
import type { Recogniser } from "./recogniser.ts";

/** A file with a header: its table, its columns in any order and case, and what is known of some of them. */
export interface HeaderFile {
  readonly table: string;
  readonly columns: readonly string[];
  readonly roles?: { readonly [column: string]: Role };
  readonly kinds?: { readonly [column: string]: Kind };
  /** The columns of numbers and of prices whose product is what a row is worth, where no column says that. */
  readonly amount?: readonly [quantity: string, price: string];
  /** What the first line of data looks like, where others may well have files with such columns. */
  readonly line?: RegExp;
}

/** A recogniser of files whose header has these names, all of them and no others, but for a column without a name, as pandas writes one. */
export function byHeader(set: string, files: readonly HeaderFile[]): Recogniser {
  return {
    set,
    recognise({ header, lines }) {
      if (!header) return null;
      const names = header.map((name) => name.trim());
      const key = keyOf(names.filter((name) => !/^(unnamed: 0)?$/i.test(name)));
      const file = files.find(
        ({ columns, line }) => keyOf(columns) === key && (!line || line.test(lines[1] ?? "")),
      );
      if (!file) return null;
      const columns = names.map((given) => {
        const name = file.columns.find((known) => known.toLowerCase() === given.toLowerCase()) ?? given;
        return { name, kind: file.kinds?.[name] ?? null, role: file.roles?.[name] ?? null };
      });
      return { set, table: file.table, delimiter: null, header: true, columns, amount: file.amount ?? null };
    },
  };
}

function keyOf(names: readonly string[]): string {
  return names
    .map((name) => name.toLowerCase())
    .sort()
    .join("\n");
}
