import { expect, test } from "vitest";
import {
  failureAsText,
  outputsAsText,
  refusalAsText,
  writtenAsText,
} from "../../../scripts/notebook-text.mjs";

test("a failure names the cell, the line in it and the message, then the calls that led there", () => {
  const frames = [
    { cell: "helpers", line: 2, column: 9, name: "parse" },
    { cell: "use", line: 4, column: 3, name: null },
  ];
  const cells = ["helpers", "more", "use"].map((id) => ({ id, cell_type: "code", source: "" }));
  const error = { name: "TypeError", message: "no rows", frames, stack: "", cell: "use", cellNumber: 3 };
  expect(failureAsText(error, { cells })).toBe(
    "cell 3, line 4: TypeError: no rows\n  at parse (cell 1, line 2, column 9)\n  at top level (cell 3, line 4, column 3)",
  );
});

test("a failure outside every cell still names the cell", () => {
  const error = { name: "Error", message: "out of memory", frames: [], stack: "", cell: "a", cellNumber: 1 };
  expect(failureAsText(error, { cells: [] })).toBe("cell 1: Error: out of memory");
});

test("outputs are printed as plain text under the number and id of their cell", () => {
  const notebook = {
    cells: [
      { id: "intro", cell_type: "markdown", source: "# Hello" },
      {
        id: "sum",
        cell_type: "code",
        source: "1 + 1",
        outputs: [
          { output_type: "stream", name: "stdout", text: ["one\n", "two\n"] },
          { output_type: "execute_result", data: { "text/plain": "0.1" } },
        ],
      },
      { id: "quiet", cell_type: "code", source: "const x = 1", outputs: [] },
      {
        id: "bad",
        cell_type: "code",
        source: "y",
        outputs: [{ output_type: "error", ename: "ReferenceError", evalue: "no y" }],
      },
    ],
  };
  expect(outputsAsText(notebook)).toBe(
    "── cell 2 (sum)\none\ntwo\n0.1\n\n── cell 4 (bad)\nReferenceError: no y",
  );
});

test("the failure that ended a run is left out of the outputs, other errors are not", () => {
  const errors = ["too far", "not awaited"].map((evalue) => ({
    output_type: "error",
    ename: "RangeError",
    evalue,
  }));
  const notebook = { cells: [{ id: "a", cell_type: "code", source: "", outputs: errors }] };
  const failure = { name: "RangeError", message: "too far", frames: [], stack: "", cell: "a", cellNumber: 1 };
  expect(outputsAsText(notebook, failure)).toBe("── cell 1 (a)\nRangeError: not awaited");
});

test("a whole run says what it wrote, how many cells of code ran, and how long it took", () => {
  const code = { id: "a", cell_type: "code", source: "" };
  const prose = { id: "b", cell_type: "markdown", source: "" };
  expect(writtenAsText("out.ipynb", { cells: [prose, code] }, 1234)).toBe(
    "Wrote out.ipynb: 1 cell ran in 1.2 s.",
  );
  expect(writtenAsText("out.ipynb", { cells: [code, code] }, 2000)).toContain("2 cells ran in 2.0 s.");
});

test("a refusal of a file says what was expected and what came", () => {
  expect(refusalAsText({ why: "not-text", looksLike: "a PNG image" })).toBe(
    "expected a CSV file, got a PNG image",
  );
  expect(refusalAsText({ why: "unreadable", message: "unclosed quote", line: 7 })).toBe(
    "line 7: unclosed quote",
  );
});
