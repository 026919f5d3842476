import { gunzipSync } from "node:zlib";
import { tableFromIPC } from "@uwdata/flechette";
import { unzipSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
// @ts-expect-error It has no types.
import Papa from "papaparse";

/** The cells of a file as readers that are not ours see them: header first, then rows. Null where they find fault with it, or see no plain table. */
export type Cells = readonly (readonly unknown[])[] | null;

/** Reads a file by what is made for its kind: papaparse, JSON.parse, hyparquet, fflate, flechette. */
export async function readByOthers(name: string, bytes: Uint8Array): Promise<Cells> {
  try {
    return await readers[name.replace(/^f\./, "")]!(bytes);
  } catch {
    return null;
  }
}

const readers: Readonly<Record<string, (bytes: Uint8Array) => Cells | Promise<Cells>>> = {
  csv: (bytes) => separated(bytes, ","),
  tsv: (bytes) => separated(bytes, "\t"),
  "csv.gz": (bytes) => separated(gunzipSync(bytes), ","),
  json: (bytes) => fromObjects(JSON.parse(utf8(bytes)) as unknown),
  ndjson: (bytes) =>
    fromObjects(
      utf8(bytes)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as unknown),
    ),
  async parquet(bytes) {
    const { buffer } = Uint8Array.from(bytes);
    return fromObjects(await parquetReadObjects({ file: buffer, compressors }));
  },
  xlsx: (bytes) => sheetOf(utf8(unzipSync(bytes)["xl/worksheets/sheet1.xml"]!)),
  arrow: (bytes) => fromObjects(tableFromIPC(Uint8Array.from(bytes), { useDate: true }).toArray()),
};

function utf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

const { parse } = Papa as {
  parse(this: void, text: string, options: object): { data: string[][]; errors: unknown[] };
};

function separated(bytes: Uint8Array, delimiter: string): Cells {
  const text = utf8(bytes);
  // Readers differ on these: a null makes a file no text, and a carriage return alone ends a line, or does not.
  if (/\0|\r(?!\n)/.test(text)) return null;
  const { data, errors } = parse(text, { delimiter, skipEmptyLines: "greedy" });
  const same = data.every((row) => row.length === data[0]!.length);
  return errors.length || !same ? null : data;
}

/** Rows of equal keys; null for anything else. */
function fromObjects(value: unknown): Cells {
  if (!Array.isArray(value) || value.length === 0) return null;
  const keys = Object.keys(value[0] as object);
  const same = value.every(
    (row) => typeof row === "object" && row !== null && Object.keys(row as object).join() === keys.join(),
  );
  return same ? [keys, ...value.map((row) => Object.values(row as object) as unknown[])] : null;
}

/** The cells of a sheet as `workbook` writes them: all rows full, and nothing else. */
function sheetOf(xml: string): Cells {
  const rows = [...xml.matchAll(/<row r="\d+">(.*?)<\/row>/gs)].map(([, row]) =>
    [
      ...row!.matchAll(
        /<c r="[A-Z]+\d+"(?: t="inlineStr")?>(?:<v>|<is><t>)([^<&]*)(?:<\/v>|<\/t><\/is>)<\/c>/g,
      ),
    ].map(([, text]) => text),
  );
  return rows.every((row) => row.length === rows[0]!.length) ? rows : null;
}

/** A cell as text; nothing for none. */
export function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "string" ? cell : (JSON.stringify(cell) ?? "");
}

/** Whether a value of a table is what another reader saw there. */
export function sameValue(ours: unknown, theirs: unknown): boolean {
  const text = theirs instanceof Date ? theirs.toISOString() : textOf(theirs).trim();
  if (ours === null) return text === "" || /^(na|n\/a|nan|null|none|-)$/i.test(text);
  if (ours instanceof Date) return new Date(text).getTime() === ours.getTime();
  if (typeof ours === "string") return ours.trim() === text;
  if (typeof ours === "boolean") return String(ours) === text.toLowerCase();
  return Number(ours) === Number(text);
}
