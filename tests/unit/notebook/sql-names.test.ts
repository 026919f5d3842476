import { expect, test } from "vitest";
import { tablesInSql } from "../../../src/notebook/compile/sql-names.ts";
import { compiled } from "./run-cell.ts";

const statements: readonly (readonly [sql: string, uses: string[], defines?: string[]])[] = [
  ["select * from telco", ["telco"]],
  [
    "SELECT * FROM Shop.Orders o JOIN shop.customers AS c USING (customer)",
    ["shop.orders", "shop.customers"],
  ],
  ['select * from "My Table" left join b on true', ["my table", "b"]],
  ["select * from a, b as bb, c cc where x = 'from d'", ["a", "b", "c"]],
  ["from telco select count(*)", ["telco"]],
  ["select * from (select * from inner_one) t, (from inner_two)", ["inner_one", "inner_two"]],
  ["select extract(year from day), trim(both from name) from visits -- from nowhere", ["visits"]],
  ["select a is distinct from b from t /* join u */", ["t"]],
  [
    "with a as (select * from x), b as materialized (select * from a) select * from b join y on 1 = 1",
    ["x", "y"],
  ],
  ["with recursive n (i) as (select 1) select * from n", []],
  ["select * from range(10), t", ["t"]],
  ["create table made as select * from t", ["t"], ["made"]],
  ["create or replace temp view if not exists made (a) as select 1", [], ["made"]],
  ["insert into t values (1)", ["t"]],
  ["update t set a = 1", ["t"]],
  ["delete from t where a in (select a from u)", ["t", "u"]],
  ["select 1 from \u{FFFC} join \u{FFFC} on true join t", ["t"]],
];

for (const [sql, uses, defines = []] of statements)
  test(`tables are read off: ${sql}`, () => {
    expect(tablesInSql(sql)).toEqual({ uses, defines });
  });

test("a cell uses the tables it names in sql and table, and defines those of dataset", () => {
  const source = `const seed = 1
const rows = await sql\`select * from telco join \${other} on a = \${seed}\`
await table("Shop.Orders")
await dataset("shop", { size: "S", seed })
await dataset(\`shop\`, { as: "big" })
await table(seed)
const f = (sql) => sql\`select * from hidden\``;
  expect(compiled(source).tables).toEqual({ uses: ["telco", "shop.orders"], defines: ["shop.*", "big.*"] });
});
