import { expect, test } from "vitest";
import { compileCell } from "../../../src/notebook/compile/compile-cell.ts";
import { newCell } from "../../../src/notebook/create.ts";
import { run } from "./run-cell.ts";

/** TypeScript that must vanish without a trace, and the value that what is left must have. */
const cells: readonly (readonly [what: string, source: string, value: unknown])[] = [
  [
    "annotations",
    "let a: number = 1, b: string | undefined; const f = (x: number, y?: string): number => x; f(a)",
    1,
  ],
  ["interfaces and aliases", "interface A { x: number }\ntype B<T> = T extends infer U ? U : never\n3", 3],
  [
    "as and satisfies",
    "const a = ([1, 2] as const) satisfies readonly number[]; (a as unknown as number[]).length",
    2,
  ],
  ["as after parentheses", "(1 + 1) /* as */ as number", 2],
  ["non-null marks", "const a: { b?: number[] } = { b: [7] }; a.b![0]!", 7],
  ["assertions in angle brackets", "const a = <number>4; <number>a + 1", 5],
  [
    "generics",
    "function f<T extends object, U = T>(x: T, y?: U): T { return x }\nf<{ a: number }>({ a: 1 }).a",
    1,
  ],
  [
    "const type parameters",
    "const f = <const T,>(x: T) => x\nfunction g<const T>(x: T) { return x }\nf(g(8))",
    8,
  ],
  [
    "generic calls and tags",
    "const f = (x: unknown) => x; const m = new Map<string, number[]>(); [f<number>(2), m.size, String.raw<1>`a`]",
    [2, 0, "a"],
  ],
  ["instantiation expressions", "const f = <T,>(x: T) => x; const g = f<string>\ng('q')", "q"],
  ["comparisons that look like generics", "const a = 1, b = 2, c = 3; [a < b, (b > c)]", [true, false]],
  [
    "a `this` parameter",
    "function f(this: { v: number }, x: number) { return this.v + x } f.call({ v: 1 }, 2)",
    3,
  ],
  ["a lone `this` parameter", "function f(this: { v: number }, ) { return this.v } f.call({ v: 1 })", 1],
  [
    "overloads",
    "function f(x: string): string\nfunction f(x: number): number\nfunction f(x: any): any { return x }\nf(6)",
    6,
  ],
  [
    "type guards",
    "const f = (x: unknown): x is string => typeof x === 'string'; function g(x: unknown): asserts x {}\nf('a')",
    true,
  ],
  [
    "declare",
    "declare const q: number\ndeclare function r(): void\ndeclare global { interface X {} }\ndeclare enum E { A }\ntypeof q",
    "undefined",
  ],
  ["definite assignment", "let a!: number; a = 2; a", 2],
  [
    "type imports",
    "import type { A } from 'cohortbook'\nimport { type B } from 'cohortbook'\nexport type C = 1\n9",
    9,
  ],
  [
    "tuples and function types",
    "let f: (a: number, ...b: string[]) => void = () => {}; let t: [a: string, b?: number] = ['x']; t[0]",
    "x",
  ],
  [
    "optional and rest parameters",
    "function f(a?: number, { b }: { b: number } = { b: 2 }, ...c: any[]) { return [a, b, c] } f()",
    [undefined, 2, []],
  ],
  ["catch types", "try { throw 3 } catch (e: unknown) { var got = e }\ngot", 3],
  [
    "loops over assertions",
    "let n = 0; for (const x of [1, 2] as number[]) n += x; for (let i: number = 0; i < 2; i++) n += i\nn",
    4,
  ],
  ["conditional with arrows", "const b = 1, f = false ? (b) : c => 2; f(0)", 2],
  ["conditional with types", "const f = true ? (x: number): number => x : null; f!(4)", 4],
  [
    "optional chains",
    "const a: any = { b: { c: 1 } }; [a?.b!.c, (a as any)?.b.c, a?.['b']!.c, a.d?.<number>(1)]",
    [1, 1, 1, undefined],
  ],
  ["assignments to assertions", "let a: any; (a as number) = 3; a! += 1; a", 4],
  [
    "object methods",
    "const o = { m<T>(x: T): T { return x }, get g(): number { return 2 }, async *s<T>() {} }; o.m<number>(o.g)",
    2,
  ],
];

for (const [what, source, value] of cells)
  test(`${what} leave plain JavaScript behind`, async () => {
    expect((await run(source)).value).toEqual(value);
  });

test("classes lose modifiers, abstract members, overloads, marks and interfaces", async () => {
  const source = `
interface I { x: number }
abstract class A<T> implements I, Iterable<T> {
  declare readonly hidden: number
  abstract area(): number
  abstract name: string;
  [key: string]: any
  static readonly count: number = 1
  private static async *[Symbol.iterator]() {}
  x = 1
  public ["y"]: number = 2
  readonly z?: number
  protected "quoted"!: string
  #own?: number = 5
  m(): number
  m(x: number): number
  m?(x?: number): number { return x ?? this.#own! }
  get own(): number { return this.#own! }
  *[Symbol.iterator](): Iterator<T> {}
}
class B extends (A as any)<string> implements I {
  override area(): number { return 3 }
}
const b = new B()
;[b.area(), b.m(), b.m(4), b.x, b.y, "z" in b, "hidden" in b, A.count]`;
  expect((await run(source)).value).toEqual([3, 5, 4, 1, 2, true, false, 1]);
});

test("parameter properties set fields, after super where there is one", async () => {
  const source = `class A { constructor(private readonly x: number, public y = 2, z?: number) {} sum() { return this.x + this.y } }
class B extends A { constructor(protected w: number) { super(w)
  this.w *= 10 } }
const b = new B(1)
;[b.sum(), b.w, Object.keys(b)]`;
  expect((await run(source)).value).toEqual([3, 10, ["x", "y", "w"]]);
});

/** Lines that would join their neighbour once the type between them is blank. */
const joins: readonly (readonly [source: string, value: unknown])[] = [
  ["let x: number\n[1].map((y) => y)\nx", undefined],
  ["const y = 5 as any\n(6)\ny", 5],
  ["const y = [7] as any[]\n[0]\ny", [7]],
  ["type A = number\n[1][0]", 1],
  ["const q = 2\ninterface A { x: 1 }\n(3)\nq", 2],
  ["let x\n<any>[4]\nx", undefined],
  [
    "class A { x: number\n['y'] = 1\nz = 2\npublic ['w'] = 3\nget: string\n*s() {} }\nconst a = new A()\n;[a.y, a.w]",
    [1, 3],
  ],
  ["const f = (x: number): {\n  a: number\n} => ({ a: x })\nf(1)", { a: 1 }],
  ["const f = (): {\n  a: number\n} /* ) */ => ({ a: 1 })\nf()", { a: 1 }],
  ["const f = (x: number, /* ) */): Array<\n  number\n> => [x]\nf(1)", [1]],
  ["const f = async <\n  T,\n>(x: T): Promise<\n  T\n> => x\nf(1).then !== undefined", true],
  ["function f() { return <\n  T,\n>(x: T) => x }\nf()(3)", 3],
];

for (const [source, value] of joins)
  test(`lines stay apart: ${JSON.stringify(source)}`, async () => {
    const result = await run(source).catch(String);
    expect(typeof result === "string" ? result : result.value).toEqual(value);
  });

test("blanking keeps every line and column of what is left", () => {
  const source =
    "const a: Map<string,\n  number> = new Map()\r\nlet b = (a as any)! as Foo; type X = {\n a: 1 }\nlet c = 1";
  const result = compileCell(newCell("one", "code", source), new Set());
  if (result.state === "failed") throw new Error(result.error.message);
  const lines = result.compiled.code.split("\n").slice(1, 6);
  expect(lines).toEqual([
    "const a" + " ".repeat(13),
    "          = new Map()\r",
    "let b = (a       )        ; ;         ",
    "      ;",
    "let c = 1",
  ]);
});
