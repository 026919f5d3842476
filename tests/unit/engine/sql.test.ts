import { expect, test } from "vitest";
import { isQuery, readsOnly } from "../../../src/engine/sql.ts";

test.each([
  ["select 1", true],
  ["-- all\n(FROM t)", true],
  ["/* with\na note */ SHOW TABLES", true],
  ["explain select 1", true],
  ["explain analyze insert into t values (1)", false],
  ["EXPLAIN (ANALYZE) DELETE FROM t", false],
  ["insert into t values (1)", false],
  ["with x as (select 1) insert into t from x", false],
  ["select 1; drop table t", false],
  ["selection", false],
])("%j is sure to change nothing: %s", (sql, expected) => {
  expect(readsOnly(sql)).toBe(expected);
});

test("a query can stand within another one, a report cannot", () => {
  expect(["select 1", " with x as (select 1) from x", "values (1)"].map(isQuery)).toEqual([true, true, true]);
  expect(["show tables", "explain select 1", "insert into t from x"].map(isQuery)).toEqual([
    false,
    false,
    false,
  ]);
});
