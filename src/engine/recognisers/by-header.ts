import type { Role } from "../../data/role.ts";
import type { Kind } from "../csv/kind.ts";
import type { FileShape, Recogniser, Recognition } from "./recogniser.ts";

/** A file with a header: its table, its columns in any order and case, and what is known of some of them. */
export interface HeaderFile {
  readonly table: string;
  readonly columns: readonly string[];
  readonly roles: { readonly [column: string]: Role };
  readonly kinds?: { readonly [column: string]: Kind };
}

/** A recogniser of files whose header has these names, all of them and no others; a column without a name, as pandas writes one first, is let pass. */
export function byHeader(set: string, files: readonly HeaderFile[]): Recogniser {
  return {
    set,
    recognise({ header }: FileShape): Recognition | null {
      if (!header) return null;
      const names = header.map((name) => name.trim());
      const given = keyOf(names.filter((name) => !/^(|unnamed: 0)$/i.test(name)));
      const file = files.find(({ columns }) => keyOf(columns) === given);
      if (!file) return null;
      return {
        set,
        table: file.table,
        layout: { header: true },
        columns: names.map((name, i) => {
          const known = file.columns.find((column) => column.toLowerCase() === name.toLowerCase());
          return {
            name: header[i]!,
            kind: (known !== undefined && file.kinds?.[known]) || null,
            role: (known !== undefined && file.roles[known]) || null,
          };
        }),
      };
    },
  };
}

function keyOf(names: readonly string[]): string {
  return names
    .map((name) => name.toLowerCase())
    .sort()
    .join("\n");
}
