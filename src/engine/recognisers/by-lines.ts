import type { Role } from "../../data/role.ts";
import type { Kind } from "../csv/kind.ts";
import type { FileShape, Recogniser, Recognition } from "./recogniser.ts";

/** A text file without a header, told by its lines. */
export interface LineFile {
  readonly table: string;
  /** What every line looks like. */
  readonly line: RegExp;
  /** Whether the first line may be a header, which looks different. */
  readonly header?: RegExp;
  readonly delimiter: string;
  readonly columns: readonly (readonly [name: string, kind: Kind | null, role: Role | null])[];
}

/** A recogniser of files by their first lines: each has to look like those of the set. */
export function byLines(set: string, files: readonly LineFile[]): Recogniser {
  return {
    set,
    recognise({ lines }: FileShape): Recognition | null {
      for (const { table, line, header, delimiter, columns } of files) {
        const hasHeader = header !== undefined && header.test(lines[0] ?? "");
        const data = lines.slice(hasHeader ? 1 : 0).filter((text) => text.trim() !== "");
        if (!data.length || !data.every((text) => line.test(text))) continue;
        return {
          set,
          table,
          layout: {
            delimiter,
            header: hasHeader,
            names: columns.map(([name]) => name),
            kinds: columns.map(([, kind]) => kind),
          },
          columns: columns.map(([name, kind, role]) => ({ name, kind, role })),
        };
      }
      return null;
    },
  };
}
