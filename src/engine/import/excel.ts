import readSheets from "read-excel-file/universal";
import type { ImportRefusal } from "../../protocol/import.ts";
import { unpackedSize } from "./zip-size.ts";
import { scalarText, TextTable } from "./text-table.ts";

/** The sheets of a workbook that hold rows, each with its name. */
export type Sheets =
  | { readonly sheets: readonly { readonly name: string; readonly table: TextTable }[] }
  | { readonly refusal: ImportRefusal };

/** Bytes that a workbook may unpack to. */
const mostBytes = 1024 ** 3;

/** Reads an Excel workbook (.xlsx). The first row of a sheet holds the names of its columns. */
export async function readExcel(file: Blob): Promise<Sheets> {
  const bytes = await file.arrayBuffer();
  const unpacked = unpackedSize(new Uint8Array(bytes));
  if (unpacked > mostBytes) return { refusal: { why: "out-of-memory", bytes: unpacked } };
  try {
    const read = await readSheets(bytes);
    const sheets = read.map(({ sheet, data }) => ({ name: sheet, table: tableOf(data) }));
    const filled = sheets.filter(({ table }) => table.length > 0);
    return filled.length ? { sheets: filled } : { refusal: { why: "empty" } };
  } catch (error) {
    return {
      refusal: {
        why: "unreadable",
        message: error instanceof Error ? error.message : String(error),
        line: null,
      },
    };
  }
}

function tableOf(rows: readonly (readonly unknown[])[]): TextTable {
  const filled = rows.filter((row) => row.some((cell) => cell !== null && cell !== ""));
  const [first = [], ...data] = filled;
  const width = filled.reduce((most, row) => Math.max(most, row.length), 0);
  const taken = new Set<string>();
  const names = Array.from({ length: width }, (_, i) => {
    const given = first[i];
    const base =
      given === null || given === undefined || given === "" ? `column_${i + 1}` : scalarText(given);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    return name;
  });
  const table = new TextTable();
  for (const row of data) table.add(names.map((name, i): [string, unknown] => [name, row[i] ?? null]));
  return table;
}
