import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { readIpynb } from "../../../src/notebook/formats/ipynb.ts";
import { mime } from "../../../src/protocol/output.ts";

/** The outputs of a one-cell notebook; `kept` is what stands of each in the cell's own metadata. */
const outputsOf = (outputs: readonly object[], kept: readonly object[] = []) => {
  const metadata = { cohortbook: { outputs: kept } };
  const text = JSON.stringify({ nbformat: 4, cells: [{ cell_type: "code", source: "", metadata, outputs }] });
  return readIpynb(text, "a.ipynb", seededRandom(1)).cells[0]!.outputs;
};
const stream = { output_type: "stream", name: "stdout", text: "x" };
const thrown = { output_type: "error", ename: "E", evalue: "m", traceback: [] };

test("ids of outputs are told apart, even where a file has taken the names we would give", () => {
  const ids = outputsOf([stream, stream, stream], [{ id: "saved-3" }, { id: "a" }, { id: "a" }]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
});

test("an error whose parts are missing or wrong is read from what Jupyter keeps of it", () => {
  const place = { cell: "c", line: 1, column: 2, name: null };
  for (const error of [
    null,
    "E: m",
    { name: "E", message: "m", stack: "" },
    { name: "E", message: "m", stack: "", frames: [null] },
    { name: "E", message: "m", stack: "", frames: [{ ...place, line: "1" }] },
    { name: 1, message: "m", stack: "", frames: [place] },
  ]) {
    const [read] = outputsOf([thrown], [{ id: "e", data: { [mime.error]: error }, metadata: {} }]);
    expect(read!.data).toEqual({
      "text/plain": "E: m",
      [mime.error]: { name: "E", message: "m", frames: [], stack: "" },
    });
    const bundle = { "text/plain": "shown", [mime.error]: error };
    const [shown] = outputsOf([{ output_type: "display_data", data: bundle, metadata: {} }]);
    expect(shown!.data).toEqual({ "text/plain": "shown" });
  }
  const whole = { name: "E", message: "m", stack: "", frames: [place] };
  const [read] = outputsOf([thrown], [{ id: "e", data: { [mime.error]: whole }, metadata: {} }]);
  expect(read!.data).toEqual({ "text/plain": "", [mime.error]: whole });
});

test("a table that does not say its rows and columns is left out, its text stays", () => {
  const columns = [{ name: "a", type: "number" }];
  const shown = (summary: object) =>
    Object.keys(
      outputsOf([
        {
          output_type: "display_data",
          data: { "text/plain": "a table", [mime.table]: "AAAA" },
          metadata: { [mime.table]: summary },
        },
      ])[0]!.data,
    );
  expect(shown({ rows: 1, kept: 1, columns })).toEqual(["text/plain", mime.table]);
  for (const summary of [{}, { rows: "1", kept: 1, columns }, { rows: 1, kept: 1, columns: [{}] }])
    expect(shown(summary)).toEqual(["text/plain"]);
});

test("a count of runs that is none is left out, so that what is saved stays nbformat 4.5", () => {
  const counted = (count: unknown, own: unknown) => {
    const metadata = { cohortbook: { lastRun: { state: "done", count: own, seconds: 1 } } };
    const cell = { cell_type: "code", source: "", metadata, outputs: [], execution_count: count };
    const text = JSON.stringify({ nbformat: 4, cells: [cell] });
    return readIpynb(text, "a.ipynb", seededRandom(1)).cells[0]!.lastRun?.count;
  };
  expect([counted(-1, -3), counted(1.5, null), counted(2, -1), counted(null, 3)]).toEqual([
    undefined,
    undefined,
    2,
    3,
  ]);
});
