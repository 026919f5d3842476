import type { Role } from "../../data/role.ts";
import type { Kind } from "../csv/kind.ts";
import type { Delimiter } from "../csv/rows.ts";
import type { Recogniser } from "./recogniser.ts";

/** A text file without names of columns, told by its lines. */
export interface LineFile {
  readonly table: string;
  /** What every line looks like. */
  readonly line: RegExp;
  /** What a first line looks like that some copies have above the others. */
  readonly header?: RegExp;
  readonly delimiter: Delimiter;
  readonly columns: readonly (readonly [name: string, role?: Role | null, kind?: Kind])[];
}

/** A recogniser of files by their first lines: each has to look like those of the set. */
export function byLines(set: string, files: readonly LineFile[]): Recogniser {
  return {
    set,
    recognise({ lines }) {
      for (const { table, line, header: headerLine, delimiter, columns } of files) {
        const header = headerLine?.test(lines[0] ?? "") ?? false;
        const data = lines.slice(header ? 1 : 0).filter((text) => text.trim() !== "");
        if (!data.length || !data.every((text) => line.test(text))) continue;
        return {
          set,
          table,
          delimiter,
          header,
          amount: null,
          columns: columns.map(([name, role = null, kind = null]) => ({ name, role, kind })),
        };
      }
      return null;
    },
  };
}
