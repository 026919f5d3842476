import { expect, test } from "vitest";
import { Matrix } from "../../../src/data/matrix.ts";
import { LogisticRegression } from "../../../src/library/logistic-regression.ts";
import { inspect } from "../../../src/kernel/inspect.ts";
import { bundle } from "../../../src/kernel/bundle.ts";
import { md } from "../../../src/kernel/markdown.ts";
import { tableText } from "../../../src/kernel/table-text.ts";
import { Table } from "../../../src/data/table.ts";

test("numbers keep their full precision", () => {
  expect(inspect(0.1 + 0.2)).toBe("0.30000000000000004");
  expect(inspect([1 / 3, -0, 1e21])).toBe("[0.3333333333333333, -0, 1e+21]");
});

test("a string is shown as it is, and quoted inside other values", () => {
  expect(inspect('say "hi"')).toBe('say "hi"');
  expect(inspect({ say: 'say "hi"' })).toBe('{ say: "say \\"hi\\"" }');
});

test("a long list is cut and its rest counted", () => {
  expect(inspect(Array.from({ length: 150 }, (_, i) => i))).toContain("… 50 more");
  expect(inspect(new Float64Array(1000))).toContain("… 900 more");
  expect(inspect({ loss: new Float64Array(1000) })).toBe(
    "{ loss: Float64Array [0, 0, 0, 0, 0, 0, … 994 more] }",
  );
});

test("a value of a million numbers is written in a moment, up to some thousands of them", () => {
  const row = (): number[] => new Array<number>(100).fill(1);
  const text = inspect(Array.from({ length: 100 }, () => Array.from({ length: 100 }, row)));
  expect(text.match(/1/g)!.length).toBeGreaterThan(4000);
  expect(text.length).toBeLessThan(200_000);
});

test("an estimator shows what it was made with", () => {
  expect(inspect(new LogisticRegression({ C: 0.5 }))).toMatch(/^LogisticRegression \{\s+C: 0\.5,/);
});

test("many short items fill lines", () => {
  const text = inspect(Array.from({ length: 60 }, (_, i) => i));
  expect(text.split("\n")).toHaveLength(5);
  expect(text).toMatch(/^\[\n {2}0, 1, 2, /);
});

test("a value that contains itself, and a getter that throws, do not fail", () => {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  expect(inspect(loop)).toBe("{ self: [circular] }");
  expect(
    inspect({
      get broken() {
        throw new Error("no");
      },
    }),
  ).toBe("{ broken: Error: no }");
});

test("dates, maps, sets, functions and matrices have words of their own", () => {
  expect(inspect(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
  expect(inspect(new Map([["a", 1]]))).toBe('Map { "a" => 1 }');
  expect(inspect(new Set([1]))).toBe("Set { 1 }");
  expect(inspect(function fit() {})).toBe("[function fit]");
  expect(inspect(new Matrix(new Float32Array(6), 2, 3))).toBe("Matrix 2 × 3");
});

test("a table as text has its rows aligned and counted", () => {
  expect(tableText(Table.from({ name: ["a", null], spent: [1.5, 10] }))).toBe(
    ["name  spent", "────  ─────", "a       1.5", "         10", "2 rows × 2 columns"].join("\n"),
  );
});

test("markdown with values shows as markdown, and its values are text", () => {
  // Under another name, since Prettier reflows what stands behind `md`.
  const mark = md;
  const output = bundle("x", mark`AUC **${0.8451}** of ${mark`*two*`}`);
  expect(output.data["text/markdown"]).toBe("AUC **0.8451** of *two*");
});

test("row objects show as a table, mixed lists as text", () => {
  expect(Object.keys(bundle("x", [{ a: 1 }, { a: 2 }]).data)).toContain(
    "application/vnd.apache.arrow.stream",
  );
  expect(Object.keys(bundle("x", [{ a: 1 }, { a: "b" }]).data)).toEqual(["text/plain"]);
});
