import { expect, test } from "vitest";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { compileCell } from "../../../src/notebook/compile/compile-cell.ts";
import { mapError } from "../../../src/notebook/compile/positions.ts";
import { newCell } from "../../../src/notebook/create.ts";
import type { NotebookData, OpenedResult } from "../../../src/protocol/data.ts";
import { mime } from "../../../src/protocol/output.ts";
import { kernelAtHand } from "./kernel-at-hand.ts";

const first = Table.from({ n: [0, 1, 2] });
const paged = (rows: number | null): OpenedResult => ({
  state: "paged",
  result: "r1",
  sql: "select * from big",
  rows,
  first: tableToArrow(first),
});

/** A kernel in which SQL cells are run as the page runs them. */
function sqlAtHand(answer: Partial<NotebookData> = {}) {
  const hand = kernelAtHand(answer);
  const runSql = async (source: string, name = "", known: readonly string[] = []) => {
    const result = compileCell(newCell("a", "sql", source, name ? { name } : {}), new Set(known));
    if (result.state === "failed") throw new Error(result.error.message);
    const { code, inputs, outputs } = result.compiled;
    const ended = await hand.runCode(code, inputs, outputs);
    if (ended.state !== "failed") return { state: ended.state, message: "", at: "" };
    const { message, frames } = mapError(ended.error, new Map([["a", result.compiled]]));
    return { state: ended.state, message, at: frames.map(({ line, column }) => `${line}:${column}`)[0] };
  };
  return { ...hand, runSql };
}

/** A data worker that refuses a statement for the first "nope" in it. */
const refusing: Partial<NotebookData> = {
  open: async (sql) => {
    const before = sql.slice(0, sql.indexOf("nope")).split("\n");
    const place = { line: before.length, column: before.at(-1).length + 1 };
    return { state: "refused", refusal: { message: "Binder Error: no nope", place } };
  },
};

test("a SQL cell binds what stands in its holes, shows its rows and gives them a name", async () => {
  const { run, runSql, queries, released, shown, text } = sqlAtHand();
  await run('const rows = (await sql`select 1`), who = "x\'; drop table t"', ["sql"], ["rows", "who"]);
  const known = ["rows", "who"];
  expect(await runSql("select * from ${rows}\nwhere who = ${who};", "found", known)).toMatchObject({
    state: "done",
  });
  expect(queries[1]).toEqual({
    sql: "select * from lent.relation_3\nwhere who = ?;",
    parameters: ["x'; drop table t"],
  });
  expect(released).toEqual(["lent.relation_3"]);
  expect(shown.get("result")!.data[mime.table]).toMatchObject({ rows: 3, kept: 3 });
  await run("return { value: found.column('n').at(2), exports: {} }", ["found"]);
  expect(text("result")).toBe("3");
});

test("an error of the database is placed in the cell", async () => {
  const { runSql } = sqlAtHand(refusing);
  expect(await runSql("select 1,\n  nope from t")).toEqual({
    state: "failed",
    message: "Binder Error: no nope",
    at: "2:3",
  });
});

test("holes before an error do not move its place, however long they are", async () => {
  const { run, runSql } = sqlAtHand(refusing);
  await run("const rows = (await sql`select 1`)", ["sql"], ["rows"]);
  expect(await runSql("select * from ${rows}, ${\n  1\n}, nope", "", ["rows"])).toMatchObject({ at: "3:4" });
  expect(await runSql("-- 客户\n ${'漢'} + nope", "", ["rows"])).toMatchObject({ at: "2:11" });
});

test("an error that has no place stands at the statement's first letter", async () => {
  const { runSql } = sqlAtHand({
    open: async () => ({
      state: "refused",
      refusal: { message: "Out of Memory Error: no room", place: null },
    }),
  });
  expect(await runSql("\n  select 1")).toEqual({
    state: "failed",
    message: "Out of Memory Error: no room",
    at: "2:3",
  });
});

test("a value that SQL cannot take is an error at its hole", async () => {
  const { runSql } = sqlAtHand();
  expect(await runSql("select ${1},\n  ${{ a: 1 }}")).toEqual({
    state: "failed",
    message: "sql: value 2: expected a number, string, boolean, Date or Table, got { a: 1 }",
    at: "2:3",
  });
});

test("a result that is too large is shown by its first rows and read page by page", async () => {
  const { run, runSql, shown, text } = sqlAtHand({ open: async () => paged(1e9) });
  expect(await runSql("select * from big", "big")).toMatchObject({ state: "done" });
  const output = shown.get("result")!;
  expect(output.data[mime.table]).toEqual({
    rows: 1e9,
    columns: [{ name: "n", type: "number" }],
    kept: 3,
    result: "r1",
  });
  expect(tableFromArrow(new Uint8Array(output.buffers[0]!)).numRows).toBe(3);
  expect(text("result")).toMatch(/1000000000 rows × 1 column, first 3 shown$/);
  await run(
    "const page = await big.page(70, 2); return { value: [big.numRows, big.columns, [...page.column('n')]], exports: {} }",
    ["big"],
  );
  expect(text("result")).toBe('[1000000000, ["n"], [70, 71]]');
});

test("a result of rows that nobody counted says so", async () => {
  const { runSql, text } = sqlAtHand({ open: async () => paged(null) });
  await runSql("select * from big");
  expect(text("result")).toMatch(/more than 3 rows × 1 column, first 3 shown$/);
});

test("what is too large is no Table, and the error names it and the way out", async () => {
  const { run, runSql } = sqlAtHand({ open: async () => paged(1e9) });
  await runSql("select * from big", "big");
  const message = /expected a Table, got big, which has 1000000000 rows: read await big\.page\(/;
  for (const use of ["big.column('n')", "big.toArray()", "[...big]", "big.head()"]) {
    const result = await run(use, ["big"]);
    expect(result).toMatchObject({ state: "failed", error: { name: "TypeError" } });
    expect(result.state === "failed" && result.error.message).toMatch(message);
  }
});

test("in other SQL a large result is the query that gives it, with its parameters", async () => {
  let large = true;
  const { runSql, run, queries } = sqlAtHand({
    open: async (sql, parameters) => {
      if (large) return paged(1e9);
      queries.push({ sql, parameters });
      return { state: "whole", rows: tableToArrow(first) };
    },
  });
  await runSql("select * from big where n > ${5}", "big");
  large = false;
  await runSql("select ${1}, count(*) from ${big} where n < ${9}", "", ["big"]);
  await run("await sql`select count(*) from ${big}`", ["sql", "big"]);
  expect(queries).toEqual([
    { sql: "select ?, count(*) from (select * from big\n) where n < ?", parameters: [1, 5, 9] },
    { sql: "select count(*) from (select * from big\n)", parameters: [5] },
  ]);
});

test("what a large result holds on to is given back when its cell runs again", async () => {
  const { run, runSql, closed, released } = sqlAtHand({ open: async () => paged(1e9) });
  await run("const rows = (await sql`select 1`)", ["sql"], ["rows"]);
  await runSql("select * from ${rows}", "big", ["rows"]);
  expect([closed, released]).toEqual([[], []]);
  await runSql("select 1", "big");
  expect([closed, released]).toEqual([["r1"], ["lent.relation_3"]]);
});

test("a page of a result that is gone is a RangeError", async () => {
  const { run, runSql } = sqlAtHand({
    open: async () => paged(1e9),
    page: async () => Promise.reject(new RangeError("this result is gone: run its cell again")),
  });
  await runSql("select * from big", "big");
  expect(await run("await big.page(0, 1)", ["big"])).toMatchObject({
    error: { name: "RangeError", message: "this result is gone: run its cell again" },
  });
});

test("the sql tag says in a RangeError what to do about a result that is too large", async () => {
  const { run } = sqlAtHand({
    query: async () => Promise.reject(new RangeError("the result is too large: …")),
  });
  expect(await run("\nawait sql`select * from big`", ["sql"])).toMatchObject({
    error: { name: "RangeError", frames: [expect.objectContaining({ line: 2 })] },
  });
});
