import { expect, test } from "vitest";
import { compileCell } from "../../../src/notebook/compile/compile-cell.ts";
import type { CompiledCell } from "../../../src/notebook/compile/compiled.ts";
import { mapError } from "../../../src/notebook/compile/positions.ts";
import { parseStack } from "../../../src/core/stack.ts";
import { newCell } from "../../../src/notebook/create.ts";
import { analyseNotebook } from "../../../src/notebook/graph.ts";
import type { CellError } from "../../../src/protocol/output.ts";
import type { SqlStatement } from "../../../src/protocol/sql-statement.ts";

const cell = (source: string, name = "") => newCell("one", "sql", source, name ? { name } : {});

function compiled(source: string, name = "", known: readonly string[] = []): CompiledCell {
  const result = compileCell(cell(source, name), new Set(known));
  if (result.state === "failed") throw new Error(result.error.message);
  return result.compiled;
}

function refusal(source: string, name = ""): CellError {
  const result = compileCell(cell(source, name), new Set());
  if (result.state === "compiled") throw new Error(`expected an error, got ${result.compiled.code}`);
  return result.error;
}

/** What a SQL cell asks of the kernel when it runs. */
async function asked(source: string, inputs: Record<string, unknown> = {}, name = "") {
  const { code } = compiled(source, name, Object.keys(inputs));
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    default: (inputs: object) => Promise<{ value: unknown; exports: Record<string, unknown> }>;
  };
  let call: { texts: readonly string[]; values: readonly unknown[]; statement: SqlStatement } | null = null;
  const __query = (statement: SqlStatement, ...values: unknown[]): Promise<string> => {
    call = { texts: statement.parts.map(({ text }) => text), values, statement };
    return Promise.resolve("rows");
  };
  const { value, exports } = await module.default({ __query, ...inputs });
  return { ...call!, value, exports };
}

test("a SQL cell hands over its text as it stands", async () => {
  const source = "select '`', '\\n', \"$x\", $$a$$ -- `${not.a.hole}`\nfrom /* ${nor} /* this */ ${one} */ t";
  expect((await asked(source)).texts).toEqual([source]);
});

test("what stands in a hole is a value, never text", async () => {
  const { texts, values } = await asked(
    "select * from ${orders}\nwhere day > ${`${day}}` as string} limit ${2}",
    {
      orders: [1],
      day: "'; drop table t",
    },
  );
  expect(texts).toEqual(["select * from ", "\nwhere day > ", " limit ", ""]);
  expect(values).toEqual([[1], "'; drop table t}", 2]);
});

test("a SQL cell defines the name of its result, and shows it", async () => {
  const { value, exports, statement } = await asked("select 1", {}, "monthly");
  expect([value, exports]).toEqual(["rows", { monthly: "rows" }]);
  expect(statement).toMatchObject({ cell: "one", name: "monthly" });
});

test("an empty SQL cell asks nothing", async () => {
  expect(await asked(" \n")).toEqual({ value: undefined, exports: {} });
});

test("a hole in quotes is an error at its place", () => {
  for (const quoted of ["'${x}'", "E'it\\'s ${x}'", '"${x}"', "$$ ${x} $$", "$a$ $$ ${x} $a$"]) {
    const error = refusal(`select\n  ${quoted}`);
    expect(error.message).toMatch(/does not go inside quotes/);
    expect(error.frames[0]).toMatchObject({ line: 2, column: 3 + quoted.indexOf("${") });
  }
});

test.each([
  ["select ${ }", /expected a value between/, 1, 11],
  ["select\n ${a b}", /expected "}" after the value/, 2, 6],
  ["select ${1 + }", /Unexpected "}"/, 1, 14],
  ["select ${a", /expected "}"/, 1, 11],
  ['select ${await import("d3")}', /import in a cell of TypeScript/, 1, 16],
])("%j is refused at its place", (source, message, line, column) => {
  const error = refusal(source);
  expect(error.message).toMatch(message);
  expect(error.frames[0]).toMatchObject({ line, column });
});

test("a result's name must be one a variable can have", () => {
  for (const name of ["1x", "a b", "class", "x=0;y", "sql", "__query"])
    expect(refusal("select 1", name).name).toBe("SyntaxError");
  expect(compiled("select 1", "名").outputs).toEqual(["名"]);
});

test("an error in a hole is mapped to the place it was written at", async () => {
  const source = "select *\nfrom t where a > ${1} and b > ${limits\n  .none.x as number}";
  const error = (await asked(source, { limits: {} }).catch((error: unknown) => error)) as Error;
  const frames = parseStack(error.stack ?? "");
  const { name, message, stack = "" } = error;
  const mapped = mapError(
    { name, message, frames, stack },
    new Map([["one", compiled(source, "", ["limits"])]]),
  );
  expect(mapped.frames[0]).toMatchObject({ cell: "one", line: 3, column: 9 });
});

test("each part of a SQL text knows its place in the generated code", async () => {
  const { statement } = await asked("select ${1},\n  ${2} + x");
  expect(statement.parts.map(({ line, column }) => [line, column])).toEqual([
    [2, 1],
    [2, 12],
    [3, 7],
  ]);
});

test("SQL cells stand in the graph with their names, holes and tables", () => {
  const graph = analyseNotebook([
    { id: "use", kind: "code", source: "monthly.numRows", metadata: {} },
    { id: "make", kind: "sql", source: "create table orders as select 1 x", metadata: {} },
    {
      id: "ask",
      kind: "sql",
      source: "select * from orders where x > ${least}",
      metadata: { name: "monthly" },
    },
    { id: "least", kind: "code", source: "const least = 2", metadata: {} },
  ]);
  expect(graph.cells.get("use")!.needs).toEqual(["ask"]);
  expect(graph.cells.get("ask")).toMatchObject({
    needs: ["make", "least"],
    outputs: ["monthly"],
    problems: [],
  });
});

test("a cell whose result got another name is read again", () => {
  const before = analyseNotebook([{ id: "a", kind: "sql", source: "select 1", metadata: { name: "x" } }]);
  const after = analyseNotebook(
    [{ id: "a", kind: "sql", source: "select 1", metadata: { name: "y" } }],
    before,
  );
  expect(after.cells.get("a")!.outputs).toEqual(["y"]);
});

test("two results of one name quarrel as variables do", () => {
  const graph = analyseNotebook([
    { id: "a", kind: "sql", source: "select 1", metadata: { name: "x" } },
    { id: "b", kind: "code", source: "const x = 1", metadata: {} },
  ]);
  expect(graph.cells.get("a")!.problems).toEqual([
    { problem: "duplicate", name: "x", offset: 0, cells: ["b"] },
  ]);
});
