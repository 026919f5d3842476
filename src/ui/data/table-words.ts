import { freeName } from "../../core/free-name.ts";
import type { ImportNote } from "../../protocol/import.ts";
import type { TableInfo } from "../../protocol/table-info.ts";
import type { DroppedTable } from "../../state/data.svelte.ts";
import { dataText } from "../../text/data.ts";
import { panelText } from "../../text/panel.ts";
import { fill, type Language } from "../../text/text.ts";
import { bytesText } from "../parts/bytes.ts";

/** Where a table came from, in words. */
export function originWords({ source }: TableInfo, language: Language): string {
  const t = dataText[language];
  switch (source.kind) {
    case "file": {
      const bytes = bytesText(source.bytes, language);
      const [file, ...others] = source.files;
      return others.length === 0
        ? fill(t.fromFile, { file: file ?? "", bytes })
        : fill(t.fromFiles, { count: others.length + 1, bytes });
    }
    case "dataset":
      return fill(t.fromDataset, { id: source.id });
    case "query":
      return t.fromQuery;
    default:
      return source satisfies never;
  }
}

/** What became of a table that is gone, in words. */
export function droppedWords({ name, replaced }: DroppedTable, language: Language): string {
  const t = dataText[language];
  return fill(replaced ? t.replaced : t.removed, { table: name });
}

/** Whether a table is there after a reload, in words. */
export function keptWords({ kept, source }: TableInfo, language: Language): string {
  const t = dataText[language];
  if (typeof kept === "object") return fill(t.keptFailed, { message: kept.failed });
  return kept === "memory" && source.kind === "dataset" ? t.keptByCell : t[`kept-${kept}`];
}

/** Whether a table is not there after a reload, be it that a cell makes it anew. */
export function isFleeting({ kept }: TableInfo): boolean {
  return kept !== "disk";
}

/** A table's name as a person writes it: without the quotes that SQL needs. */
export function plainName(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** A table's name as it is written in SQL, by its parts; `schema` is "" where it goes by its own name. */
export function nameParts(name: string): { readonly schema: string; readonly table: string } {
  const schema = /^(?:"(?:[^"]|"")+"|[^".]+)(?=\.)/.exec(name)?.[0] ?? "";
  return { schema, table: schema === "" ? name : name.slice(schema.length + 1) };
}

/** The table beside which `name` was imported, whose place it can take: one of a file, whatever the case of its name. Null where there is none. */
export function tableBeside(note: ImportNote, name: string, tables: readonly TableInfo[]): TableInfo | null {
  if (note.note !== "beside-table" || note.to !== name) return null;
  const isIt = (table: TableInfo): boolean => table.name.toLowerCase() === note.from.toLowerCase();
  return tables.find((table) => isIt(table) && table.source.kind === "file") ?? null;
}

/** What the table of a table's rejected rows is called, or will be. */
export function rejectedName({ name, rejected }: TableInfo, tables: readonly TableInfo[]): string {
  if (rejected !== null) return plainName(rejected);
  const wanted = `${plainName(name)}_rejected`;
  return freeName(
    wanted,
    tables.map((table) => plainName(table.name)),
  );
}

/** Why a table could not be called `name`, in words: a table has it, SQL does not take it, or what the engine says. */
export function nameWords(
  name: string,
  tables: readonly TableInfo[],
  error: Error,
  language: Language,
): string {
  const t = panelText[language];
  if (error.name !== "RangeError") return fill(t.renameFailed, { message: error.message });
  const isTaken = tables.some((table) => plainName(table.name).toLowerCase() === name.toLowerCase());
  return fill(isTaken ? t.nameTaken : t.nameIllegal, { name });
}
