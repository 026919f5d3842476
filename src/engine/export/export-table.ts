import { arrowFile } from "../../data/arrow-file.ts";
import { tableFromArrow } from "../../data/arrow.ts";
import type { ExportFormat, TableInfo } from "../../protocol/table-info.ts";
import { rowsOfPiece, type Database } from "../database.ts";
import { csvHeader, csvRows } from "./csv.ts";
import { ParquetFile } from "./parquet.ts";

/** A table as a file, read and written a piece at a time; `progress` is called with the rows written so far. */
export async function exportTable(
  database: Database,
  table: TableInfo,
  format: ExportFormat,
  progress: (rows: number) => void,
): Promise<Blob> {
  switch (format) {
    case "csv":
      return csvFile(database, table, progress);
    case "parquet":
      return parquetFile(database, table, progress);
    case "arrow":
      return arrowBlob(database, table, progress);
    default:
      throw new RangeError(`export: expected csv, parquet or arrow, got ${String(format satisfies never)}`);
  }
}

async function csvFile(
  database: Database,
  table: TableInfo,
  progress: (rows: number) => void,
): Promise<Blob> {
  const days = new Set(table.columns.filter(({ sqlType }) => sqlType === "DATE").map(({ name }) => name));
  const parts: string[] = [csvHeader(table.columns.map(({ name }) => name))];
  let rows = 0;
  for await (const piece of database.pieces(`FROM ${table.name}`)) {
    const some = tableFromArrow(piece);
    parts.push(csvRows(some, days));
    progress((rows += some.numRows));
  }
  return new Blob(parts, { type: "text/csv" });
}

async function parquetFile(
  database: Database,
  table: TableInfo,
  progress: (rows: number) => void,
): Promise<Blob> {
  const file = new ParquetFile(table.columns);
  let rows = 0;
  for await (const piece of database.pieces(`FROM ${table.name}`)) {
    const some = tableFromArrow(piece);
    file.write(some);
    progress((rows += some.numRows));
  }
  return new Blob([file.finish()], { type: "application/vnd.apache.parquet" });
}

async function arrowBlob(
  database: Database,
  table: TableInfo,
  progress: (rows: number) => void,
): Promise<Blob> {
  // An empty table has no piece, but it has a schema.
  const pieces = table.rows ? [] : [database.run(`FROM ${table.name}`)];
  for await (const piece of database.pieces(`FROM ${table.name}`)) {
    pieces.push(piece);
    progress(Math.min(pieces.length * rowsOfPiece, table.rows));
  }
  return new Blob([arrowFile(pieces)], { type: "application/vnd.apache.arrow.file" });
}
