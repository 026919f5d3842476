import { expect, test } from "vitest";
import { mapError } from "../../../src/notebook/compile/positions.ts";
import { compiled, refusal, thrown } from "./run-cell.ts";

const place = (source: string, known: readonly string[] = []) => {
  const { name, message, frames } = refusal(source, known);
  return `${frames[0]!.line}:${frames[0]!.column} ${name}: ${message}`;
};

test("an undefined name is a ReferenceError at its own line and column", async () => {
  const error = await thrown("const a = 1\nconst b = a + nowhere");
  expect(error).toEqual({ name: "ReferenceError", message: "nowhere is not defined", frames: ["cell 2:15"] });
});

test("an input that no cell has defined yet fails where the cell mentions it", () => {
  const code = compiled("const a = 1\na + late", ["late"]);
  const error = { name: "ReferenceError", message: "late is not defined", frames: [], stack: "" };
  expect(mapError(error, new Map(), code).frames).toEqual([{ cell: "one", line: 2, column: 5, name: null }]);
  expect(mapError({ ...error, message: "other is not defined" }, new Map(), code).frames).toEqual([]);
});

test("frames in cells that are not known stay as they are", () => {
  const frame = { cell: "gone", line: 9, column: 9, name: "f" };
  const error = { name: "Error", message: "", frames: [frame], stack: "" };
  expect(mapError(error, new Map([["one", compiled("1")]])).frames).toEqual([frame]);
});

test("an error inside a function has a frame for the function and one for its call", async () => {
  const error = await thrown(
    "function f(x: number): number {\n  return x.foo.bar\n}\n\nconst y: number = f(1)",
  );
  expect(error.frames).toEqual(["f 2:16", "cell 5:19"]);
});

test("an arrow function, a method, a getter and a constructor are named in frames", async () => {
  const source = `class A {
  constructor(public x: number) { this.m() }
  m(): void { void this.g }
  get g(): number { return deep() }
}
const deep = (): never => { throw new RangeError("no") }
new A(1)`;
  expect((await thrown(source)).frames).toEqual([
    "deep 6:35",
    "A.get g 4:28",
    "A.m 3:25",
    "new A 2:40",
    "cell 7:1",
  ]);
});

test("the last expression's columns are those of the source on every line", async () => {
  expect((await thrown("nowhere")).frames).toEqual(["cell 1:1"]);
  expect((await thrown("const a: any = null\n  1 + a.b")).frames).toEqual(["cell 2:9"]);
  expect((await thrown("[1,\n  nowhere]")).frames).toEqual(["cell 2:3"]);
  expect((await thrown("const a: any = {}; a.b.c;")).frames).toEqual(["cell 1:24"]);
  expect((await thrown("{ a: 1,\n  b: nowhere }")).frames).toEqual(["cell 2:6"]);
  expect((await thrown("{ b: nowhere }")).frames).toEqual(["cell 1:6"]);
});

test("TypeScript-only syntax before a place does not move it", async () => {
  const source = "const a = (undefined as unknown as { b: number })!, c: number = 1; const d = <number>a.b";
  expect((await thrown(source)).frames).toEqual([`cell 1:${source.lastIndexOf("b") + 1}`]);
});

test("an error after an await keeps its place", async () => {
  const source =
    "const f = async (): Promise<void> => {\n  await null\n  throw new Error('late')\n}\nawait f()";
  expect((await thrown(source)).frames).toEqual(["f 3:9", "cell 5:1"]);
});

test("an import that fails points at its statement", async () => {
  const source = 'const a = 1\n\n  import { nothing } from "cohortbook"\na';
  const __import = (module: string) => {
    throw new SyntaxError(`${module} has no such name`);
  };
  expect((await thrown(source, { __import })).frames.at(-1)).toBe("cell 3:3");
});

test("lines that end in CR LF are counted once", async () => {
  expect((await thrown("let a: number\r\n\r\n  nowhere")).frames).toEqual(["cell 3:3"]);
});

test("text outside the Basic Multilingual Plane counts as JavaScript counts it", async () => {
  expect((await thrown('const a: string = "🙂漢"; nowhere')).frames).toEqual(["cell 1:26"]);
});

test("a syntax error has the line and column where reading stopped", () => {
  expect(place("const a = 1\nconst b = = 2")).toBe('2:11 SyntaxError: Unexpected "="');
  expect(place("const a: = 2")).toBe('1:10 SyntaxError: Unexpected "="');
  expect(place("foo(\n")).toBe("2:1 SyntaxError: Unexpected end of the cell");
  expect(place("let a = 1\nlet a = 2")).toBe("2:5 SyntaxError: Identifier 'a' has already been declared");
  expect(place("const s = 'abc")).toMatch(/^1:11 SyntaxError: Unterminated string/);
  expect(place("#!/usr/bin/env node\n1")).toMatch(/^1:2 SyntaxError/);
  expect(place("return 1")).toMatch(/^1:1 SyntaxError: 'return' outside of function/);
  expect(place("{ a: 1, b: }")).toMatch(/SyntaxError/);
});

test("a cell may not assign to a name of another cell", () => {
  for (const source of [
    "x = 1",
    "x += 1",
    "x++",
    "[x] = [1]",
    "({ a: x } = {})",
    "for (x of []) ;",
    "const f = () => { x = 1 }",
  ])
    expect(place(source, ["x"]), source).toContain(
      '"x" belongs to another cell: give the new value a name of its own',
    );
  expect(place("const y = 1\n  x = y", ["x"])).toMatch(/^2:3 /);
  expect(() => refusal("const f = (x) => { x = 1 }; { let x; x = 2 }", ["x"])).toThrow("expected an error");
});

test("built-in names cannot be taken at the top level, and can inside", () => {
  expect(place("const a = 1, table = 2")).toBe('1:14 SyntaxError: "table" is built in: choose another name');
  expect(place("sql = 1")).toBe('1:1 SyntaxError: "sql" is built in: choose another name');
  expect(place("let __value = 1")).toContain('"__value" is taken');
  expect(() => refusal("const f = (table) => table")).toThrow("expected an error");
});

test("only the modules a cell has may be imported", () => {
  const may = 'a cell may import "cohortbook", "@tensorflow/tfjs", "d3", got';
  expect(place('const a = 1\nimport x from "lodash"')).toBe(`2:15 SyntaxError: ${may} "lodash"`);
  expect(place('await import("https://example.org/x.js")')).toBe(
    `1:14 SyntaxError: ${may} "https://example.org/x.js"`,
  );
});

test("what TypeScript has beyond types is refused with what to write instead", () => {
  expect(place("enum E { A }")).toMatch(/^1:1 .*may not hold an enum: write `const Name/);
  expect(place("const enum E { A }")).toMatch(/may not hold an enum/);
  expect(place("namespace N { export const x = 1 }")).toMatch(/namespace/);
  expect(place("const d = 1\n@d class A {}")).toMatch(/^2:1 .*decorators/);
  expect(place("import x = require('d3')")).toMatch(/import x = …/);
  expect(place("class A { accessor x = 1 }")).toMatch(/^1:11 .*accessor/);
  expect(place("class A extends B { constructor(private x) { if (x) super() } }")).toMatch(
    /parameter property needs `super/,
  );
});

test("a type in angle brackets may not break the line", () => {
  expect(place("const f = () => {\n  return <\n    number\n  >5 }")).toMatch(/^2:10 .*write `x as T`/);
});

test("exports that a cell cannot have are refused", () => {
  expect(place("const a = 1\nexport { a }")).toMatch(/^2:1 .*leave the export list out/);
  expect(place("export default 1")).toMatch(/no default export/);
  expect(place('export * from "d3"')).toMatch(/cannot export a module/);
});
