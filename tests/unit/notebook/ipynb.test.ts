import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { newCell } from "../../../src/notebook/create.ts";
import type { Cell, NotebookDocument } from "../../../src/notebook/document.ts";
import { capOutput } from "../../../src/notebook/formats/cap-output.ts";
import { readIpynb, writeIpynb } from "../../../src/notebook/formats/ipynb.ts";
import { mime, type CellError, type Output } from "../../../src/protocol/output.ts";
import { packSpec, unpackSpec, type Json } from "../../../src/specs/pack.ts";
import { viewMime, type ViewSpec } from "../../../src/specs/spec.ts";

const random = () => seededRandom(1);
const read = (text: string, file = "a.ipynb") => readIpynb(text, file, random());

const error: CellError = {
  name: "TypeError",
  message: "x is not\na function",
  frames: [
    { cell: "c2", line: 3, column: 7, name: "f" },
    { cell: "c2", line: 9, column: 1, name: null },
  ],
  stack: "TypeError: raw\n    at f (cell-c2.ts:4:7)",
};

const roc: ViewSpec = {
  view: "roc",
  title: "ROC",
  curves: [
    {
      label: "a",
      falsePositiveRate: Float64Array.of(0, 0.5, 1),
      truePositiveRate: Float64Array.of(0, 0.1 + 0.2, 1),
      auc: NaN,
    },
  ],
};
const packed = packSpec(roc);

const outputs: readonly Output[] = [
  { id: "stdout-1", data: { "text/plain": "one\ntwo\n" }, metadata: { stream: "stdout" }, buffers: [] },
  { id: "stderr-1", data: { "text/plain": "三" }, metadata: { stream: "stderr" }, buffers: [] },
  {
    id: "chart",
    data: { "text/plain": "ROC", [viewMime("roc")]: packed.json, "image/svg+xml": "<svg>\n</svg>" },
    metadata: { isolated: true },
    buffers: packed.buffers,
  },
  {
    id: "table",
    data: {
      "text/plain": "a\n1",
      [mime.table]: { rows: 2, kept: 2, columns: [{ name: "a", type: "number" }] },
    },
    metadata: {},
    buffers: [Uint8Array.of(0, 1, 2, 250, 255).buffer],
  },
  {
    id: "json",
    data: { "text/plain": "{}", "application/json": { a: [1, null] } },
    metadata: {},
    buffers: [],
  },
  {
    id: "error",
    data: { "text/plain": "TypeError", [mime.error]: error as unknown as Json },
    metadata: { at: 1 },
    buffers: [],
  },
  { id: "result", data: { "text/plain": "0.30000000000000004" }, metadata: {}, buffers: [] },
];

const notebook: NotebookDocument = {
  id: "n1",
  title: "Churn, “kept”",
  metadata: { truth: true, language: "zh-CN", deep: { a: [1, "x", null] } },
  cells: [
    newCell("c1", "markdown", "# Title\n\ntext\n", { tags: ["a"] }),
    {
      ...newCell("c2", "code", "const x: number = 1\n\nx", { folded: true }),
      outputs,
      lastRun: { state: "failed", count: 3, seconds: 0.25, device: "CPU (SIMD)" },
    },
    newCell("c3", "code", ""),
    { ...newCell("c4", "code", "1\n"), lastRun: { state: "stopped", count: 4, seconds: 1, device: null } },
    newCell("c5", "sql", "select ${x}\nfrom t", { name: "monthly" }),
  ],
};

interface Saved {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly language_info: { readonly name: string }; readonly cohortbook: object };
  readonly cells: readonly {
    readonly id: string;
    readonly source: readonly string[];
    readonly execution_count?: number | null;
    readonly outputs?: readonly (Record<string, Json> & { readonly data?: Record<string, Json> })[];
  }[];
}

const saved = (document: NotebookDocument) => JSON.parse(writeIpynb(document)) as Saved;
const ofCells = (...cells: unknown[]) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

test("our own notebooks come back as they were, buffers, errors and runs included", () => {
  const again = read(writeIpynb(notebook));
  expect({ ...again, id: "n1" }).toEqual(notebook);
  const view = again.cells[1]!.outputs[2]!;
  expect(unpackSpec(view.data[viewMime("roc")]!, view.buffers)).toEqual(roc);
  expect(writeIpynb(again)).toBe(writeIpynb(notebook));
});

test("a saved notebook is nbformat 4.5 as Jupyter reads it", () => {
  const { nbformat, nbformat_minor, metadata, cells } = saved(notebook);
  expect([nbformat, nbformat_minor, metadata.language_info.name]).toEqual([4, 5, "typescript"]);
  expect(metadata.cohortbook).toEqual(notebook.metadata);
  expect(cells.map(({ id }) => id)).toEqual(["c1", "c2", "c3", "c4", "c5"]);
  expect(cells[1]!.source).toEqual(["const x: number = 1\n", "\n", "x"]);
  const [stdout, stderr, chart, table, json, failed, result] = cells[1]!.outputs!;
  expect(stdout).toEqual({ output_type: "stream", name: "stdout", text: ["one\n", "two\n"] });
  expect(stderr).toEqual({ output_type: "stream", name: "stderr", text: ["三"] });
  expect(chart).toMatchObject({ output_type: "display_data", data: { "text/plain": ["ROC"] } });
  expect(table!.data![mime.table]).toBe("AAEC+v8=");
  expect(json!.data!["application/json"]).toEqual({ a: [1, null] });
  expect(failed).toEqual({
    output_type: "error",
    ename: "TypeError",
    evalue: "x is not\na function",
    traceback: ["TypeError: x is not\na function", "    at f (cell-c2.ts:3:7)", "    at cell-c2.ts:9:1"],
  });
  expect(result).toMatchObject({ output_type: "execute_result", execution_count: 3 });
  expect(cells[2]).toMatchObject({ source: [], execution_count: null, outputs: [] });
  expect(cells[4]).toEqual({
    cell_type: "code",
    execution_count: null,
    id: "c5",
    source: ["select ${x}\n", "from t"],
    metadata: { name: "monthly", cohortbook: { language: "sql" } },
    outputs: [],
  });
});

test("outputs of a Python notebook are read: streams, results, images, errors", () => {
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: { kernelspec: { name: "python3" }, language_info: { name: "python" } },
    cells: [
      { cell_type: "markdown", metadata: {}, source: ["# Study\n", "of churn"] },
      {
        cell_type: "code",
        metadata: { scrolled: true },
        execution_count: 7,
        source: "print(1)",
        outputs: [
          { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] },
          {
            output_type: "display_data",
            metadata: { width: 3 },
            data: { "image/png": "iVBO\nRw0K", "text/html": ["<b>", "x</b>"] },
          },
          {
            output_type: "execute_result",
            execution_count: 7,
            metadata: {},
            data: { "text/plain": ["1", "2"] },
          },
          {
            output_type: "error",
            ename: "KeyError",
            evalue: "'a'",
            traceback: ["\u001b[0;31mKeyError\u001b[0m: 'a'", "line 2"],
          },
          { output_type: "surprise" },
          null,
        ],
      },
      { cell_type: "raw", metadata: {}, source: "as it is" },
    ],
  });
  const { title, cells, metadata } = read(text);
  expect(title).toBe("Study");
  expect(metadata).toEqual({});
  expect(cells.map(({ kind, source }) => [kind, source])).toEqual([
    ["markdown", "# Study\nof churn"],
    ["code", "print(1)"],
    ["markdown", "as it is"],
  ]);
  expect(cells[1]).toMatchObject({ lastRun: { state: "failed", count: 7 }, metadata: { scrolled: true } });
  expect(cells[1]!.outputs).toEqual([
    { id: "output-1", data: { "text/plain": "1\n2\n" }, metadata: { stream: "stdout" }, buffers: [] },
    {
      id: "output-2",
      data: { "text/plain": "", "image/png": "iVBO\nRw0K", "text/html": "<b>x</b>" },
      metadata: { width: 3 },
      buffers: [],
    },
    { id: "output-3", data: { "text/plain": "12" }, metadata: {}, buffers: [] },
    {
      id: "output-4",
      data: {
        "text/plain": "KeyError: 'a'",
        [mime.error]: { name: "KeyError", message: "'a'", frames: [], stack: "KeyError: 'a'\nline 2" },
      },
      metadata: {},
      buffers: [],
    },
  ]);
});

test("cells with missing, bad or repeated ids get new ones, and what is no cell is left out", () => {
  const code = { cell_type: "code", source: "1" };
  const { cells } = read(
    ofCells(
      { ...code, id: "same" },
      { ...code, id: "same" },
      { ...code, id: "not an id" },
      code,
      null,
      5,
      "x",
      [],
      {
        ...code,
        id: "x".repeat(65),
      },
    ),
  );
  expect(cells).toHaveLength(5);
  expect(cells[0]!.id).toBe("same");
  expect(new Set(cells.map(({ id }) => id)).size).toBe(5);
  for (const { id } of cells) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
});

test("cells whose parts are missing or of a wrong kind are read as far as they go", () => {
  const { cells } = read(
    ofCells(
      { cell_type: "code", source: null, metadata: null, outputs: null, execution_count: "x" },
      { cell_type: "code", source: ["a", 5, "b"], outputs: "none", metadata: [1] },
      {},
      { cell_type: "code", source: "1", outputs: [{ output_type: "display_data", data: null }] },
    ),
  );
  expect(cells.map(({ kind, source }) => [kind, source])).toEqual([
    ["code", ""],
    ["code", "ab"],
    ["markdown", ""],
    ["code", "1"],
  ]);
  expect(cells[3]!.outputs).toEqual([
    { id: "output-1", data: { "text/plain": "" }, metadata: {}, buffers: [] },
  ]);
});

test("two outputs of one id are told apart", () => {
  const metadata = { cohortbook: { outputs: [{ id: "a" }, { id: "a" }] } };
  const output = { output_type: "stream", name: "stdout", text: "x" };
  const { cells } = read(ofCells({ cell_type: "code", source: "", metadata, outputs: [output, output] }));
  expect(cells[0]!.outputs.map(({ id }) => id)).toEqual(["a", "saved-2"]);
});

test("rich data whose bytes are broken is left out, its text stays", () => {
  const data = {
    "text/plain": "shown",
    [mime.table]: "%%%",
    [viewMime("roc")]: { view: "roc", $buffers: ["%"] },
  };
  const outputs = [{ output_type: "display_data", data, metadata: { [mime.table]: { rows: 1 } } }];
  expect(read(ofCells({ cell_type: "code", source: "", outputs })).cells[0]!.outputs[0]).toEqual({
    id: "output-1",
    data: { "text/plain": "shown" },
    metadata: {},
    buffers: [],
  });
});

test("images attached to prose are put into it", () => {
  const cell = {
    cell_type: "markdown",
    source: "![a](attachment:a.png)",
    attachments: { "a.png": { "image/png": "iVBO\nRw0K" } },
  };
  expect(read(ofCells(cell)).cells[0]!.source).toBe("![a](data:image/png;base64,iVBORw0K)");
});

test("an output that is too large keeps its text and says what was left out", () => {
  const table: Output = { ...outputs[3]!, buffers: [new ArrayBuffer(3_000_000)] };
  const cell: Cell = { ...newCell("a", "code", "1"), outputs: [table] };
  const text = writeIpynb({ ...notebook, cells: [cell] });
  expect(text.length).toBeLessThan(10_000);
  const [output] = read(text).cells[0]!.outputs;
  expect(output).toEqual({
    id: "table",
    data: { "text/plain": "a\n1\n[4.0 MB of output were too much to save]" },
    metadata: { truncated: { bytes: expect.closeTo(4_000_000, -4) as number, dropped: [mime.table] } },
    buffers: [],
  });
});

test("an output is cut richest first, and only as far as needed", () => {
  const whole: Output = {
    id: "a",
    data: { "text/plain": "t".repeat(50), "text/html": "h".repeat(100), [viewMime("roc")]: { view: "roc" } },
    metadata: { own: 1 },
    buffers: [new ArrayBuffer(300)],
  };
  expect(capOutput(whole, 1000)).toBe(whole);
  expect(Object.keys(capOutput(whole, 200).data)).toEqual(["text/plain", "text/html"]);
  expect(Object.keys(capOutput(whole, 60).data)).toEqual(["text/plain"]);
  expect(capOutput(whole, 20).data["text/plain"]).toBe(
    `${"t".repeat(20)}\n[0.0 MB of output were too much to save]`,
  );
});
