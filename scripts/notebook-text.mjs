/**
 * An .ipynb file, as far as its text goes.
 *
 * @typedef {{ cells: readonly {
 *   id: string,
 *   cell_type: string,
 *   source: string | readonly string[],
 *   execution_count?: number | null,
 *   outputs?: readonly { output_type: string, name?: string, text?: string | readonly string[], data?: Record<string, unknown>,
 *     ename?: string, evalue?: string }[],
 * }[] }} SavedNotebook
 */

/**
 * Why a run ended early.
 *
 * @typedef {import("../src/protocol/automation.ts").CellFailure} CellFailure
 */

/**
 * What the cells showed, as plain text under a heading for each, without the failure, which is told on its own.
 *
 * @param {SavedNotebook} notebook
 * @param {CellFailure | null} [failure]
 * @returns {string}
 */
export function outputsAsText(notebook, failure = null) {
  const shown = notebook.cells.flatMap((cell, i) => {
    const outputs = (cell.outputs ?? []).filter(
      (output) =>
        !(
          i + 1 === failure?.cellNumber &&
          output.output_type === "error" &&
          output.ename === failure.name &&
          output.evalue === failure.message
        ),
    );
    const texts = outputs.map(outputText).filter((text) => text !== "");
    return texts.length === 0 ? [] : [`── cell ${i + 1} (${cell.id})\n${texts.join("\n")}`];
  });
  return shown.join("\n\n");
}

/** @param {NonNullable<SavedNotebook["cells"][number]["outputs"]>[number]} output */
function outputText(output) {
  if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  const text =
    output.text ?? /** @type {string | readonly string[] | undefined} */ (output.data?.["text/plain"]) ?? "";
  return (typeof text === "string" ? text : text.join("")).trimEnd();
}

/**
 * Where a cell failed and why, then the calls that led there, by the numbers of their cells.
 *
 * @param {CellFailure} error
 * @param {SavedNotebook} notebook
 * @returns {string}
 */
export function failureAsText(error, notebook) {
  /** @param {string} id */
  const numberOf = (id) => notebook.cells.findIndex((cell) => cell.id === id) + 1;
  const own = error.frames.find((frame) => frame.cell === error.cell);
  const line = own ? `, line ${own.line}` : "";
  const calls = error.frames.map(
    (frame) =>
      `\n  at ${frame.name ?? "top level"} (cell ${numberOf(frame.cell)}, line ${frame.line}, column ${frame.column})`,
  );
  return `cell ${error.cellNumber}${line}: ${error.name}: ${error.message}${calls.join("")}`;
}

/**
 * That the notebook was written after a whole run: where, how many cells ran, and how long the run took.
 *
 * @param {string} out
 * @param {SavedNotebook} notebook
 * @param {number} milliseconds
 * @returns {string}
 */
export function writtenAsText(out, notebook, milliseconds) {
  const count = notebook.cells.filter((cell) => cell.cell_type === "code").length;
  const seconds = (milliseconds / 1000).toFixed(1);
  return `Wrote ${out}: ${count} ${count === 1 ? "cell" : "cells"} ran in ${seconds} s.`;
}

/**
 * Why a file was not imported, in words.
 *
 * @param {import("../src/protocol/import.ts").ImportRefusal} refusal
 * @returns {string}
 */
export function refusalAsText(refusal) {
  switch (refusal.why) {
    case "empty":
      return "the file is empty";
    case "header-only":
      return `the file has a header of ${refusal.columns} columns and no rows`;
    case "not-text":
      return `expected a CSV file, got ${refusal.looksLike}`;
    case "too-many-columns":
      return `expected at most ${refusal.most} columns, got ${refusal.columns}`;
    case "unreadable":
      return refusal.line === null ? refusal.message : `line ${refusal.line}: ${refusal.message}`;
    case "out-of-memory":
      return `its ${refusal.bytes} bytes do not fit into the browser's memory`;
    case "too-large":
      return `expected at most ${refusal.most} bytes of JSON, got ${refusal.bytes}`;
    case "read-only":
      return "the notebook is open for reading only";
    case "cancelled":
      return "the import was cancelled";
    default:
      return /** @satisfies {never} */ (refusal);
  }
}
