import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { asksForHelp, readRun, UsageError } from "../../../scripts/notebook-arguments.mjs";

const folder = mkdtempSync(join(tmpdir(), "cohortbook-"));
const notebook = join(folder, "book.md");
const data = join(folder, "rows=1.csv");
writeFileSync(notebook, "");
writeFileSync(data, "");
afterAll(() => rmSync(folder, { recursive: true }));

test("every option is read, and a path may hold an equals sign", () => {
  const out = join(folder, "out.ipynb");
  const run = readRun([
    notebook,
    "--data",
    `telco=${data}`,
    "--out",
    out,
    "--device",
    "wasm",
    "--timeout",
    "1.5",
  ]);
  expect(run).toEqual({
    file: notebook,
    data: [{ name: "telco", path: data }],
    out,
    device: "wasm",
    seconds: 1.5,
  });
});

test("without options a run prints its outputs, chooses the device itself and ends after ten minutes", () => {
  expect(readRun([notebook])).toEqual({ file: notebook, data: [], out: null, device: null, seconds: 600 });
});

test("--help and -h ask how the command is called", () => {
  expect(asksForHelp(["--help"])).toBe(true);
  expect(asksForHelp([notebook, "-h"])).toBe(true);
  expect(asksForHelp([notebook])).toBe(false);
});

test.each([
  { given: [], says: "expected the notebook to run" },
  { given: [notebook, "more.md"], says: 'got also "more.md"' },
  { given: ["book.txt"], says: "expected a notebook (.ipynb or .md)" },
  { given: ["nowhere.md"], says: 'cannot read "nowhere.md": no such file or folder' },
  { given: [`${folder}.md`], says: "no such file or folder" },
  { given: [notebook, "--shape", "round"], says: "--shape" },
  { given: [notebook, "--data", "telco"], says: "expected NAME=PATH" },
  { given: [notebook, "--data", `1st=${data}`], says: "expected NAME=PATH" },
  { given: [notebook, "--data", "telco=nowhere.csv"], says: 'cannot read "nowhere.csv"' },
  { given: [notebook, "--data", `telco=${folder}`], says: "not a file" },
  { given: [notebook, "--data", `a=${data}`, "--data", `A=${data}`], says: 'the table "a" is given twice' },
  { given: [notebook, "--out", "out.txt"], says: "expected a name that ends in .ipynb" },
  { given: [notebook, "--out", join(folder, "no/out.ipynb")], says: "cannot write" },
  { given: [notebook, "--device", "cuda"], says: 'expected webgpu or wasm, got "cuda"' },
  { given: [notebook, "--timeout", "soon"], says: 'got "soon"' },
  { given: [notebook, "--timeout", "0"], says: "greater than 0" },
])("$given is refused: $says", ({ given, says }) => {
  expect(() => readRun(given)).toThrow(UsageError);
  expect(() => readRun(given)).toThrow(says);
});
