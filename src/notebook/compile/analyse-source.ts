import type { Cell } from "../document.ts";
import { analyseCell, type CellAnalysis } from "./analyse-cell.ts";
import { analyseSqlCell } from "./analyse-sql-cell.ts";

/** What of a cell says how it runs. */
export type CellSource = Pick<Cell, "kind" | "source" | "metadata">;

/** Reads a cell in its own language; throws a SourceError where it cannot be run. */
export function analyseSource({ kind, source, metadata }: CellSource): CellAnalysis {
  if (kind === "code") return analyseCell(source);
  return analyseSqlCell(source, typeof metadata.name === "string" ? metadata.name : "");
}
