import { beforeAll, expect, test } from "vitest";
import { createDataEngine } from "../../../src/engine/engine.ts";
import { plainErrors } from "../../../src/engine/duckdb-error.ts";
import { suggestOwnTable } from "../../../src/engine/suggest-table.ts";
import type { NotebookData } from "../../../src/protocol/data.ts";
import { wrap } from "comlink";
import { duckdbModule } from "./module.ts";

let data: NotebookData;

beforeAll(async () => {
  const engine = createDataEngine(duckdbModule);
  await engine.open("n", { truth: true, writable: true });
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  data = wrap<NotebookData>(port2);
  await data.query(
    "create table orders as select 1 as x; create schema shop; create table shop.customers as from orders",
    [],
  );
});

test.each([
  ["select x,\n  nope from orders", [], { line: 2, column: 3 }],
  ["select 1;\nselect '客户', nope from orders", [], { line: 2, column: 14 }],
  ["select x + ? from orders\nwhere nope", [1], { line: 2, column: 7 }],
] as const)(
  "what the database refuses in a SQL cell is told with its place (%#)",
  async (sql, parameters, place) => {
    const opened = await data.open(sql, parameters);
    expect(opened).toMatchObject({ state: "refused", refusal: { place } });
    expect(opened.state === "refused" && opened.refusal.message).toMatch(/^Binder Error: .*"nope"[^]*[^^]$/);
  },
);

test("a value that does not fit, which has no place, is refused without one", async () => {
  expect(await data.open("select cast('x' || x as integer) from orders", [])).toMatchObject({
    state: "refused",
    refusal: { message: expect.stringMatching(/^Conversion Error/) as string },
  });
});

test.each([
  ["from nope", ""],
  ["from ordrs", '\nDid you mean "orders"?'],
  ["from Ordesr", '\nDid you mean "orders"?'],
  ["from shop.customer", '\nDid you mean "shop.customers"?'],
])("%s suggests a table of the notebook, or none", async (sql, suggestion) => {
  const name = sql.replace(/^.*[ .]/, "");
  const message = `Catalog Error: Table with name ${name} does not exist!${suggestion}`;
  expect(await data.open(sql, [])).toMatchObject({ state: "refused", refusal: { message } });
  await expect(data.query(sql, [])).rejects.toThrow(`${message}\n\nLINE 1: `);
});

test("of two tables the nearer one is suggested, and of no table none", () => {
  const message = (suggestion: string): string =>
    `Catalog Error: Table with name customer does not exist!${suggestion}`;
  const given = message('\nDid you mean "pg_enum"?');
  expect(suggestOwnTable(given, ["custmers", "customers", "orders"])).toBe(
    message('\nDid you mean "customers"?'),
  );
  expect(suggestOwnTable(given, [])).toBe(message(""));
  expect(suggestOwnTable(given, ["customer"])).toBe(message(""));
  expect(suggestOwnTable(given, ["shop.customer"])).toBe(message('\nDid you mean "shop.customer"?'));
});

test("DuckDB's advice on files and settings, which are not to be had, is left out", () => {
  const refuse = (): never => {
    throw new Error("Out of Memory Error: no room\nPossible solutions: set a temporary directory");
  };
  expect(() => plainErrors(refuse)).toThrow(/^Out of Memory Error: no room$/);
});
