import type { Cell } from "./document.ts";

/** What of a cell says how it runs. */
export type CellSource = Pick<Cell, "kind" | "source" | "metadata">;

/** Whether running one cell does the same as running the other. */
export function runsAlike(a: CellSource, b: CellSource): boolean {
  return a.source === b.source && a.kind === b.kind && a.metadata.name === b.metadata.name;
}
