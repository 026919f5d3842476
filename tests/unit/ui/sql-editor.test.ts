import { expect, test } from "vitest";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { resultCell } from "../../../src/ui/editor/ambient.ts";
import { highlightSql } from "../../../src/ui/editor/highlight-sql.ts";
import { sqlCompletions } from "../../../src/ui/editor/sql-completion.ts";

const table = (name: string, columns: Record<string, string>): TableInfo => ({
  name,
  rows: 1,
  columns: Object.entries(columns).map(([name, sqlType]) => ({ name, type: "other", sqlType, role: null })),
  source: { kind: "query" },
  kept: "memory",
  notes: [],
  rejected: null,
});

const world = {
  tables: [
    table("telco", { tenure: "BIGINT", "Monthly Charges": "DOUBLE", order: "BIGINT" }),
    table("shop.orders", { order_id: "BIGINT", customer_id: "BIGINT" }),
    table("shop.customers", { customer_id: "BIGINT", channel: "VARCHAR" }),
  ],
  variables: ["monthly", "limit"],
};

/** What is offered at the `|`, of these kinds. */
function offered(source: string, ...kinds: string[]): string[] {
  const found = sqlCompletions(source.replace("|", ""), source.indexOf("|"), world);
  return found.filter(({ kind }) => !kinds.length || kinds.includes(kind)).map(({ label }) => label);
}

test.each([
  "select * from |",
  "select * from tel|",
  "select * from telco join |",
  "select * from telco, |",
  "select * from telco t join shop.orders o on t.x = o.y, |",
  "insert into |",
  "with a as (select 1) select * from a, sh|",
])("after %j come the names of tables", (source) => {
  expect(offered(source)).toEqual(["telco", "shop.orders", "shop.customers", "shop"]);
});

test("after a schema's dot come its tables", () => {
  expect(offered("select * from shop.|")).toEqual(["orders", "customers"]);
  expect(offered("select * from shop.or|")).toEqual(["orders", "customers"]);
});

test("columns of the tables that a statement reads come first, once each", () => {
  const source = "select | from shop.orders o join shop.customers as c using (customer_id)";
  expect(offered(source, "column")).toEqual(["order_id", "customer_id", "channel"]);
  expect(offered(source, "table").slice(0, 2)).toEqual(["o", "c"]);
  expect(offered(source, "keyword")).toContain("case");
  expect(offered(source, "function")).toContain("date_trunc");
});

test("after an alias come the columns of its table alone", () => {
  const from = "from shop.orders o join shop.customers as c using (customer_id)";
  expect(offered(`select c.| ${from}`)).toEqual(["customer_id", "channel"]);
  expect(offered(`select orders.| from shop.orders`)).toEqual(["order_id", "customer_id"]);
  expect(offered(`select 1 ${from} where o.or|`)).toEqual(["order_id", "customer_id"]);
});

test("only the statement around the caret counts", () => {
  expect(offered("select * from telco; select | from shop.orders; from shop.customers", "column")).toEqual([
    "order_id",
    "customer_id",
  ]);
});

test("a column that SQL takes only in quotes is put in quotes", () => {
  const found = sqlCompletions("select  from telco", 7, world);
  expect(found.slice(0, 3).map(({ label, text }) => text ?? label)).toEqual([
    "tenure",
    '"Monthly Charges"',
    '"order"',
  ]);
});

test("in a hole the notebook's variables are offered", () => {
  expect(offered("select * from ${|")).toEqual(["monthly", "limit"]);
  expect(offered("select * from ${mon|} where x")).toEqual(["monthly", "limit"]);
  expect(offered("select * from ${monthly} where |", "variable")).toEqual([]);
});

test.each(["select 'from |'", "select 1 -- from |", "select /* | */ 1", "select $$ from |"])(
  "in %j nothing is offered",
  (source) => {
    expect(offered(source)).toEqual([]);
  },
);

test("highlighted SQL put together is the source, whatever it holds", () => {
  const source = "select 'it''s', \"a b\", 1.5e3 -- ${x}\nfrom ${{ a: `}` }} /* open\n'broken ${";
  expect(
    highlightSql(source)
      .map(({ text }) => text)
      .join(""),
  ).toBe(source);
});

test("SQL is told from the TypeScript in its holes", () => {
  const kinds = highlightSql("SELECT sum(x)::int FROM ${await rows(1)} -- all").map(({ kind, text }) => [
    kind,
    text,
  ]);
  expect(kinds.filter(([kind]) => kind !== "plain")).toEqual([
    ["keyword", "SELECT"],
    ["function", "sum"],
    ["type", "int"],
    ["keyword", "FROM"],
    ["keyword", "await"],
    ["function", "rows"],
    ["number", "1"],
    ["comment", "-- all"],
  ]);
});

test("the editor knows the result of a SQL cell by its name", () => {
  expect(resultCell("monthly")).toBe("declare const monthly: Awaited<ReturnType<typeof sql>>;");
  expect([resultCell("a b"), resultCell(undefined)]).toEqual([null, null]);
});
