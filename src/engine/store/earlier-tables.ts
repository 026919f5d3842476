import type { ImportNote } from "../../protocol/import.ts";
import type { KeptTable } from "./manifest.ts";

type Later = "identity" | "rejected" | "notes";

/** A table as earlier manifests name it: they tie a table to its rejected rows by name alone. */
export type EarlierTable = Omit<KeptTable, Later> & Partial<Pick<KeptTable, Later>>;

/** The columns of a table of rejected rows. */
const columnsOfRejects = ["file", "line", "column_name", "value", "reason"].join();

/** The tables, each with an identity; where none was written, what is called `<name>_rejected` and looks it holds a table's rejected rows. */
export function identified(tables: readonly EarlierTable[]): readonly KeptTable[] {
  return tables.map((table) => ({
    ...table,
    identity: table.identity ?? table.id,
    rejected: table.rejected === undefined ? rejectedByName(table, tables) : table.rejected,
    notes: (table.notes ?? []).map(withOneReason),
  }));
}

/** A note that a table was given another name once gave two reasons; `x_2` was called so where there was an `x`. */
function withOneReason(note: ImportNote): ImportNote {
  if (note.note !== "renamed-table") return note;
  const isBeside = note.to.toLowerCase().startsWith(`${note.from}_`.toLowerCase());
  return isBeside ? { ...note, note: "beside-table" } : note;
}

function rejectedByName({ name }: EarlierTable, tables: readonly EarlierTable[]): string | null {
  const wanted = `${name}_rejected`.toLowerCase();
  const found = tables.find(
    (table) =>
      table.name.toLowerCase() === wanted &&
      table.columns.map((column) => column.name).join() === columnsOfRejects,
  );
  return found ? (found.identity ?? found.id) : null;
}
