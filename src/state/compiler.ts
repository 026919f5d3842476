import { compileCell, syntaxError } from "../notebook/compile/compile-cell.ts";
import type { CompileResult } from "../notebook/compile/compiled.ts";
import { SourceError } from "../notebook/compile/text.ts";
import type { Cell } from "../notebook/document.ts";
import type { CellProblem, NotebookGraph } from "../notebook/graph.ts";

export { mapError } from "../notebook/compile/positions.ts";
export { analyseNotebook } from "../notebook/graph.ts";

/** The cell as code, or why it cannot run: it cannot be read, or does not fit among the other cells. `numberOf` gives a cell's number on the page. */
export function compile(cell: Cell, graph: NotebookGraph, numberOf: (cell: string) => number): CompileResult {
  const node = graph.cells.get(cell.id);
  const problem = node?.problems.find(({ problem }) => problem !== "syntax");
  if (problem) {
    const offset = problem.problem === "duplicate" ? problem.offset : 0;
    const error = new SourceError(messageOf(problem, numberOf), offset);
    return { state: "failed", error: syntaxError(cell.id, cell.source, error) };
  }
  return compileCell(cell, node?.known ?? new Set());
}

function messageOf(problem: CellProblem, numberOf: (cell: string) => number): string {
  switch (problem.problem) {
    case "duplicate":
      return `"${problem.name}" is already defined in cell ${problem.cells.map(numberOf).join(", ")}`;
    case "cycle":
      return `cells ${problem.cells.map(numberOf).join(", ")} wait for each other: each uses a name of the next`;
    case "syntax":
      return problem.error.message;
    default:
      return problem satisfies never;
  }
}
