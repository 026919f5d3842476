import type { ImportNote } from "../protocol/import.ts";

/** The names of the columns of a file, each of them different (DuckDB knows no case), and what was renamed. */
export function columnNames(
  header: readonly string[],
  width: number,
): { names: string[]; notes: ImportNote[] } {
  const taken = new Set<string>();
  const notes: ImportNote[] = [];
  // The names that stand in the file are kept before any is made up.
  const given = new Set(header.map((name) => name.toLowerCase()));
  const names = Array.from({ length: width }, (_, i) => {
    const from = header[i] ?? "";
    let to = from || `column_${i + 1}`;
    for (let n = 2; taken.has(to.toLowerCase()) || (to !== from && given.has(to.toLowerCase())); n++)
      to = `${from || `column_${i + 1}`}_${n}`;
    taken.add(to.toLowerCase());
    if (i < header.length && to !== from) notes.push({ note: "renamed-column", from, to });
    return to;
  });
  return { names, notes };
}

/** What tells the format of a file, at the end of its name. */
const extensions =
  /\.(csv|tsv|txt|tab|dat|data|json|ndjson|jsonl|parquet|pq|xlsx|arrow|arrows|feather|ipc)(\.gz)?$/i;

/** The name of the table of a file: `telco-Customer.csv` → `telco_customer`. It needs no quotes in SQL. */
export function tableName(file: string, reserved: ReadonlySet<string>): string {
  const base = file.replace(/^.*[/\\]/, "").replace(extensions, "");
  const name = base
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  if (!name) return "table_1";
  return /^\p{N}/u.test(name) || reserved.has(name) ? `table_${name}` : name;
}

/** A name for a table of several files: what their names begin with, else the folder they are in, else the first one's. */
export function commonName(files: readonly string[], reserved: ReadonlySet<string>): string {
  const [first = "", ...others] = files.map((file) => file.replace(/^.*[/\\]/, "").replace(extensions, ""));
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  const start = first.slice(0, length).replace(/[\s_.-]*\p{N}*[\s_.-]*$/u, "");
  if (start.length >= 2) return tableName(start, reserved);
  const folder = /([^/\\]+)[/\\][^/\\]*$/.exec(files[0] ?? "")?.[1];
  return tableName(folder ?? first, reserved);
}

/** The name a person gave, where SQL takes it without quotes; else the nearest one that it takes. */
export function legalName(name: string, reserved: ReadonlySet<string>): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !reserved.has(name.toLowerCase())
    ? name
    : tableName(name, reserved);
}
