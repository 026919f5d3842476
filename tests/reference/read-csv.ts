import { existsSync, readFileSync } from "node:fs";
import { Table } from "../../src/data/table.ts";

const folder = new URL("../../../shared/data/", import.meta.url);

/** Whether real data lies beside the repository; a test that needs it is skipped where it does not. */
export function hasRealData(set: string): boolean {
  return existsSync(new URL(set, folder));
}

/** A CSV file of the real data as a table: a column is numeric where all that is not blank, nor NA, is a number. */
export function readCsv(path: string): Table {
  const lines = readFileSync(new URL(path, folder), "utf8").trimEnd().split(/\r?\n/);
  const [names, ...rows] = lines.map((line) =>
    line.split(",").map((field) => field.replace(/^"(.*)"$/, "$1").trim()),
  );
  return Table.from(Object.fromEntries(names!.map((name, j) => [name, typed(rows.map((row) => row[j]!))])));
}

function typed(fields: readonly string[]): (string | number | null)[] {
  const missing = (field: string) => field === "" || field === "NA";
  if (!fields.every((field) => missing(field) || Number.isFinite(Number(field)))) return [...fields];
  return fields.map((field) => (missing(field) ? null : Number(field)));
}
