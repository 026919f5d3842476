import { expect, test } from "vitest";
import { moduleCell } from "../../../src/ui/editor/ambient.ts";
import { difference, offsetOf } from "../../../src/ui/editor/difference.ts";
import { highlight } from "../../../src/ui/editor/highlight.ts";

test.each([
  ["", "abc", { offset: 0, removed: 0, text: "abc" }],
  ["abc", "abXc", { offset: 2, removed: 0, text: "X" }],
  ["abXc", "abc", { offset: 2, removed: 1, text: "" }],
  ["aaa", "aaaa", { offset: 3, removed: 0, text: "a" }],
  ["abab", "ab", { offset: 2, removed: 2, text: "" }],
  ["one two", "one 2", { offset: 4, removed: 3, text: "2" }],
])(
  "the difference of %j and %j is the shortest stretch between what is the same",
  (before, after, expected) => {
    const found = difference(before, after)!;
    expect(found).toEqual(expected);
    expect(before.slice(0, found.offset) + found.text + before.slice(found.offset + found.removed)).toBe(
      after,
    );
  },
);

test("equal texts have no difference", () => {
  expect(difference("same", "same")).toBeNull();
});

test("a line and column stand at their offset, and past the end stands the end", () => {
  expect(offsetOf("ab\ncd", 2, 2)).toBe(4);
  expect(offsetOf("ab\ncd", 1, 1)).toBe(0);
  expect(offsetOf("ab\ncd", 9, 1)).toBe(5);
  expect(offsetOf("ab\ncd", 2, 99)).toBe(5);
});

test("highlighted tokens put together are the source, whatever it holds", () => {
  const source = "const a = `x ${1}`; // né\n/* open 'quote\nfoo<T>(3.5e-2, \"it's\") 'broken\n表.列";
  expect(
    highlight(source)
      .map(({ text }) => text)
      .join(""),
  ).toBe(source);
});

test("keywords, calls, types, strings, numbers and comments are told apart", () => {
  const kinds = new Map(
    highlight('const n = await load(new Table(), "s", 0x1f) // done').map(({ kind, text }) => [text, kind]),
  );
  expect(Object.fromEntries(kinds)).toMatchObject({
    const: "keyword",
    n: "plain",
    load: "function",
    Table: "type",
    '"s"': "string",
    "0x1f": "number",
    "// done": "comment",
  });
});

test("a property that is called like a keyword is no keyword", () => {
  expect(highlight("table.from").find(({ text }) => text === "from")?.kind ?? "plain").toBe("plain");
});

test("a cell without imports is a script already", () => {
  expect(moduleCell("const a = 1;")).toBeNull();
});

test("imports of a cell become constants with the same names, so that other cells know them", () => {
  const twin = moduleCell(
    'import { Table as T, type Row } from "cohortbook";\nimport * as d3 from "d3";\nexport const n = 1;',
  )!;
  expect(twin).toContain('const T = (await import("cohortbook")).Table;');
  expect(twin).toContain('const d3 = (await import("d3"));');
  expect(twin).toContain("\nconst n = 1;");
  expect(twin).not.toContain("Row");
  expect(twin.split("\n")).toHaveLength(3);
});
