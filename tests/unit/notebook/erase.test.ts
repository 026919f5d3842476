import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { eraseTypes } from "../../../src/notebook/compile/erase.ts";
import { parseJavaScript, parseTypeScript } from "../../../src/notebook/compile/parse.ts";
import { Patch } from "../../../src/notebook/compile/patch.ts";

const root = new URL("../../../src/", import.meta.url);
const files = ["core", "data", "specs", "library", "notebook"].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

const erased = (source: string): string => {
  const patch = new Patch(source);
  eraseTypes(patch, parseTypeScript(source).tree);
  return patch.text;
};

/** What TypeScript itself leaves of a source. */
const transpiled = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;

/** A program as JSON, without positions, empty statements and the `export {}` that TypeScript puts where nothing is left. */
const meaning = (source: string): string =>
  JSON.stringify(parseJavaScript(source, null).body, (key, value: unknown) => {
    if (key === "start" || key === "end" || key === "loc" || key === "raw") return undefined;
    if (typeof value === "bigint") return String(value);
    return Array.isArray(value) ? value.filter((item) => !isEmpty(item)) : value;
  });

const isEmpty = (node: unknown): boolean => {
  const { type, declaration, specifiers } = (node ?? {}) as Record<string, unknown>;
  return (
    type === "EmptyStatement" ||
    (type === "ExportNamedDeclaration" && declaration === null && (specifiers as unknown[]).length === 0)
  );
};

test("there are sources to erase", () => {
  expect(files.length).toBeGreaterThan(30);
});

for (const file of files) {
  const source = readFileSync(new URL(file, root), "utf8");
  // TypeScript declares the fields that parameter properties set; a cell leaves that to the assignment.
  if (/constructor\([^)]*(readonly|private|public|protected) /.test(source)) continue;
  test(`${file} is left as TypeScript leaves it, every line and column kept`, () => {
    const left = erased(source);
    expect(meaning(left)).toBe(meaning(transpiled(source)));
    expect(left.length).toBe(source.length);
    expect(left.replace(/[^\n]/g, "")).toBe(source.replace(/[^\n]/g, ""));
  });
}
