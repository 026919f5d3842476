import { expect, test } from "vitest";
import { compiled, run } from "./run-cell.ts";

const value = async (source: string, inputs: Record<string, unknown> = {}) =>
  (await run(source, inputs)).value;

test("the last expression of a cell is its value", async () => {
  expect(await value("const a = 2\na * 21")).toBe(42);
});

test("a semicolon or a comment after the last expression changes nothing", async () => {
  expect(await value("1 + 1;")).toBe(2);
  expect(await value("1 + 1 // two")).toBe(2);
  expect(await value("1 + 1; ; /* two */ ")).toBe(2);
  expect(await value("(1, 2); // two\n\n")).toBe(2);
});

test("a cell that ends in a declaration, a loop or nothing has no value", async () => {
  for (const source of [
    "const a = 1",
    "for (const a of [1]) a",
    "if (true) 5",
    "function f() { return 1 }",
    "",
    "// nothing",
  ])
    expect(await value(source), source).toBe(undefined);
});

test("an object literal may be the last expression", async () => {
  expect(await value("{ a: 1 }")).toEqual({ a: 1 });
  expect(await value("{ a: 1, b: [2] };")).toEqual({ a: 1, b: [2] });
  expect(await value("const a = 1\n{ a, b: { c: a } }")).toEqual({ a: 1, b: { c: 1 } });
  expect(await value("const a: number = 1\n\n{\n  a: a as number,\n  b: 2, // two\n}\n// end")).toEqual({
    a: 1,
    b: 2,
  });
  expect(await value("const a = 1; ({ a })")).toEqual({ a: 1 });
  expect(await value("const a = 1\n{ a };\n// end")).toEqual({ a: 1 });
  expect(await value("{}")).toEqual({});
});

test("a block that is no object literal stays a block", async () => {
  const seen: number[] = [];
  expect(await value("{ const a = 1; see(a) }", { see: (x: number) => seen.push(x) })).toBe(undefined);
  expect(seen).toEqual([1]);
});

test("a cell may await at its top level", async () => {
  expect(
    await value("const a = await Promise.resolve(20)\nfor await (const b of [1, 1]) see(b)\nawait a + 1", {
      see: () => 0,
    }),
  ).toBe(21);
});

test("top-level names are exports, names inside blocks, loops and functions are not", async () => {
  const { exports } = await run(
    `const a = 1, { b, c: [d = 4, ...e], ...f } = { b: 2, c: [undefined, 5], g: 6 }
     let h; var i = 9
     function j(k) { var l; return k }
     class M {}
     export const n = 1
     for (let o = 0; o < 1; o++) { const p = 1; var q = 1 }
     for (const r of [1]) ;
     { let s = 1; function t() {} }
     try { throw 1 } catch (u) { }
     v: for (;;) break v`,
  );
  expect(Object.keys(exports)).toEqual(["a", "b", "d", "e", "f", "h", "i", "j", "M", "n"]);
  expect(exports).toMatchObject({ a: 1, b: 2, d: 4, e: [5], f: { g: 6 }, i: 9, n: 1 });
});

test("what another cell defines is an input, what nobody defines stays free", () => {
  const known = ["x", "y", "z", "unused"];
  expect(compiled("x + y.z + Math.max(w)", known).inputs).toEqual(["x", "y"]);
  expect(compiled("await sql`select 1`; md`a`", []).inputs).toEqual(["sql", "md"]);
});

test("names in patterns, defaults, keys and closures are told apart from mentions", () => {
  const known = ["x", "y", "z"];
  const inputs = (source: string) => compiled(source, known).inputs;
  expect(inputs("const f = ({ x, y: [z] }) => x + z")).toEqual([]);
  expect(inputs("const f = (a = x, { [y]: b } = {}) => a")).toEqual(["x", "y"]);
  expect(inputs("const o = { x: 1, y() {}, z }")).toEqual(["z"]);
  expect(inputs("o.x; o?.y; o[z]")).toEqual(["z"]);
  expect(inputs("class A { x = y; [z]() {} static { var x = 1; x } }")).toEqual(["y", "z"]);
  expect(inputs("function x() { return y } const q = function y() { return y }")).toEqual(["y"]);
  expect(inputs("try { x } catch (y) { y }")).toEqual(["x"]);
  expect(inputs("{ let x = 1; x } x")).toEqual(["x"]);
  expect(inputs("{ x; let x = 1 }")).toEqual([]);
  expect(inputs("if (true) { var x = 1 } x")).toEqual([]);
  expect(inputs("switch (x) { case y: let z = 1; z }")).toEqual(["x", "y"]);
  expect(inputs("for (const x of x) x")).toEqual([]);
  expect(inputs("x: for (;;) { break x }")).toEqual([]);
  expect(inputs("`${x} ${(y) => y}`")).toEqual(["x"]);
});

test("a name that is only a type is no input", () => {
  expect(
    compiled("let a: x; const b = [] as y[]; type Q = typeof z; new Map<x, y>()", ["x", "y", "z"]).inputs,
  ).toEqual([]);
});

test("imports become names the kernel fills in, with the names it must find", async () => {
  const asked: unknown[] = [];
  const __import = async (module: string, names: string[]) => {
    asked.push([module, names]);
    return { a: 1, b: 2, default: 3 };
  };
  const { value, exports } = await run(
    `q()
     import { a, b as c, type T } from "cohortbook"
     import * as d3 from "d3"
     import type { U } from "anywhere"
     import tf, { a as e } from "@tensorflow/tfjs"
     import "d3"
     function q() { return a }
     const more = await import("d3")
     ;[a, c, d3.b, tf, e, more.a]`,
    { __import },
  );
  expect(value).toEqual([1, 2, 2, 3, 1, 1]);
  expect(Object.keys(exports)).toEqual(["a", "c", "d3", "tf", "e", "q", "more"]);
  expect(asked).toEqual([
    ["cohortbook", ["a", "b"]],
    ["d3", []],
    ["@tensorflow/tfjs", ["default", "a"]],
    ["d3", []],
    ["d3", undefined],
  ]);
});

test("functions keep their names", async () => {
  expect(await value("const f = () => 1\nfunction g() {}\nclass H {}\n;[f.name, g.name, H.name]")).toEqual([
    "f",
    "g",
    "H",
  ]);
});
