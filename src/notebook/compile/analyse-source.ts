import type { CellSource } from "../cell-source.ts";
import { analyseCell, type CellAnalysis } from "./analyse-cell.ts";
import { analyseSqlCell } from "./analyse-sql-cell.ts";

/** Reads a cell in its own language; throws a SourceError where it cannot be run. */
export function analyseSource({ kind, source, metadata }: CellSource): CellAnalysis {
  if (kind === "code") return analyseCell(source);
  return analyseSqlCell(source, typeof metadata.name === "string" ? metadata.name : "");
}
