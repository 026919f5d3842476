import { expect, test } from "vitest";
import { cellsText } from "../../../src/text/cells.ts";
import { errorsText } from "../../../src/text/errors.ts";
import { dataText } from "../../../src/text/data.ts";
import { cellText, shownText } from "../../../src/ui/grid/cell-text.ts";
import { secondsText, statusWords } from "../../../src/ui/notebook/status-words.ts";
import { hintFor } from "../../../src/ui/outputs/hint.ts";
import { bytesText } from "../../../src/ui/parts/bytes.ts";
import { noteWords, refusalWords } from "../../../src/ui/shell/import-words.ts";

const error = (name: string, message: string) => ({ name, message, frames: [], stack: "" });
const nothing = (): null => null;

test.each([
  ["SyntaxError", 'Unexpected ";"', "trySyntax", ""],
  ["ReferenceError", "total is not defined", "tryNotDefined", "total"],
  ["ReferenceError", 'rfm is not defined: import { rfm } from "cohortbook" first', "tryImportIt", "rfm"],
  [
    "TypeError",
    "KMeans: X: expected a Table, got a Promise (put await before what makes it)",
    "tryAwait",
    "",
  ],
  ["SyntaxError", '"n" is already defined in cell 2', "tryTwice", ""],
  ["TypeError", "Cannot read properties of null (reading 'n')", "tryUndefined", ""],
  ["Error", "Catalog Error: Table with name telcoo does not exist!", "tryNoTable", "telcoo"],
  ["RangeError", 'no column "Churn"; this table has "churn"', "tryNoColumn", "Churn"],
  ["ReferenceError", "localStorage is not defined", "trySandbox", "localStorage"],
  ["TypeError", "shop.orders.hed is not a function", "tryMethod", ""],
  ["TypeError", "five is not a function", "tryNotFunction", ""],
  ["Error", '"cohortbook" has no "Kmeans"; it has KMeans', "tryImport", ""],
  ["Error", 'cannot import "lodash": a cell can import cohortbook', "tryImport", ""],
  ["RangeError", 'KMeans: no parameter "tols" (did you mean "tol"?); it has tol', "tryParameter", ""],
  ["Error", "KMeans: call fit first", "tryFit", ""],
  ["TypeError", 'column "plan": expected numbers, got "a" in row 1', "tryExpected", "numbers"],
  ["SqlError", 'Parser Error: syntax error at or near "form"', "trySql", ""],
  ["SqlError", "Catalog Error: Table with name shops does not exist!", "tryNoTable", "shops"],
  ["SqlError", "Out of Memory Error: no room", "trySqlMemory", ""],
  ["SyntaxError", "a value does not go inside quotes: write ${…} without them", "trySqlQuotes", ""],
  ["SyntaxError", 'name of the result: expected a variable\'s name, got "1x"', "tryResultName", ""],
  ["RangeError", "the result is too large: aggregate it, add LIMIT", "tryTooLarge", ""],
  ["RangeError", "Array buffer allocation failed", "tryMemory", ""],
  ["Error", "something else", "tryNone", ""],
])("a %s %j is met with %s", (name, message, text, subject) => {
  expect(hintFor(error(name, message), nothing)).toEqual({ text, name: subject });
});

test.each([
  [null, "tryNotRun"],
  ["done", "tryNotRun"],
  ["failed", "tryFailed"],
  ["stopped", "tryStopped"],
] as const)("a name that a cell defines is met with that cell, which last ended: %s", (ended, text) => {
  const hint = hintFor(error("ReferenceError", "total is not defined"), () => ({ cell: 3, ended }));
  expect(hint).toEqual({ text, name: "total", cell: 3 });
});

test("a cell's state is said in words, with its seconds and device", () => {
  const t = cellsText.en;
  expect(statusWords({ state: "running", since: 1000 }, t, 4200)).toBe("running, 3.2 s");
  expect(statusWords({ state: "done", seconds: 12.34, device: "CPU (SIMD)" }, t, 0)).toBe(
    "done in 12 s on CPU (SIMD)",
  );
  expect(statusWords({ state: "queued", place: 2 }, t, 0)).toBe("waits in line, number 2");
  expect([0.004, 0.5, 9.96, 75].map(secondsText)).toEqual(["0.00", "0.50", "10.0", "75"]);
});

test("values of a table are shown in full, dates as ISO 8601 and without a midnight", () => {
  expect([0.1 + 0.2, true, null, "x"].map(cellText)).toEqual(["0.30000000000000004", "true", "", "x"]);
  expect(cellText(new Date("2026-03-01T00:00:00Z"))).toBe("2026-03-01");
  expect(cellText(new Date("2026-03-01T10:30:05Z"))).toBe("2026-03-01 10:30:05");
  expect(cellText(new Date(NaN))).toBe("invalid date");
});

test("of a number with decimals six significant digits are shown, and of no whole number fewer than all", () => {
  expect([0.1 + 0.2, -2 / 3, 1234.5678, 1e-7 / 3].map(shownText)).toEqual([
    "0.3",
    "-0.666667",
    "1234.57",
    "3.33333e-8",
  ]);
  expect([1234567.89, 999_999.7, 123_456_789, NaN].map(shownText)).toEqual([
    "1234568",
    "1000000",
    "123456789",
    "NaN",
  ]);
  expect([null, "0.30000000000000004", new Date(0)].map(shownText)).toEqual([
    "",
    "0.30000000000000004",
    "1970-01-01",
  ]);
});

test("bytes are read in the unit that suits them", () => {
  expect(bytesText(0, "en")).toBe("0 bytes");
  expect(bytesText(1_234_567, "en")).toBe("1.2 MB");
  expect(bytesText(888, "zh-CN")).toBe("888 字节");
});

test("notes and refusals say what, how many and where", () => {
  expect(noteWords({ note: "short-rows", count: 3, line: 17 }, "en")).toContain("3 rows");
  const files = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"];
  const joined = { note: "joined-files", count: 5, files } as const;
  expect(noteWords(joined, "en")).toContain("table: a.csv, b.csv, c.csv, d.csv and 1 more");
  expect(noteWords({ ...joined, count: 2, files: files.slice(3) }, "zh-CN")).toContain("：d.csv、e.csv");
  expect(noteWords({ note: "renamed-table", from: "select", to: "table_select" }, "en")).toBe(
    "called “table_select”, since “select” cannot be a name in SQL",
  );
  expect(noteWords({ note: "beside-table", from: "sales", to: "sales_2" }, "zh-CN")).toBe(
    "“sales”已经存在，这张表另存为“sales_2”",
  );
  expect(noteWords({ note: "renamed-column", from: "", to: "column_3" }, "en")).toContain("without a name");
  expect(noteWords({ note: "renamed-column", from: "a", to: "a_2" }, "en")).toContain(
    "another one has its name",
  );
  expect(noteWords({ note: "retyped", column: "v", kind: "integer" }, "en")).toContain(": whole number");
  const rejected = { note: "rejected", count: 200_000, table: "t_rejected" } as const;
  expect(noteWords({ ...rejected, kept: 100_000 }, "en")).toContain("first 100000");
  const refusal = { why: "unreadable", message: "its end is missing", line: 4 } as const;
  const words = (part: object): string =>
    refusalWords({ file: "a.csv", refusal: { ...refusal, ...part } }, dataText.en, "en");
  expect(words({})).toBe("It could not be read at line 4: its end is missing");
  expect(words({ line: null })).not.toContain("{");
});

test("what is known to be wrong with a file is said in the page's language", () => {
  const words = (message: string, line: number | null, file = "a.csv"): string =>
    refusalWords({ file, refusal: { why: "unreadable", message, line } }, dataText["zh-CN"], "zh-CN");
  expect(words("a quotation mark opens here and is never closed", 7)).toBe("第 7 行有一个引号只开不闭。");
  expect(words("Unexpected end of JSON input", null)).toBe("其中的 JSON 中断或有误。");
  const zip = { why: "not-text", looksLike: "ZIP" } as const;
  expect(refusalWords({ file: "book.XLSX", refusal: zip }, dataText.en, "en")).toContain("Excel workbook");
  expect(refusalWords({ file: "book.zip", refusal: zip }, dataText.en, "en")).toContain("looks like ZIP");
});

test("a hint never puts English words of an error into a Chinese sentence", () => {
  expect(errorsText["zh-CN"].tryExpected).not.toContain("{name}");
});
