import { expect, test } from "vitest";
import { parseStack } from "../../../src/core/stack.ts";

test("frames in cells are read off a stack of V8, others left out", () => {
  const stack = `TypeError: Cannot read properties of undefined (reading 'cell-x.ts:1:1')
    at f (cell-a1_-b.ts:3:7)
    at new Model (cell-b.ts:2:3)
    at Model.fit [as fit] (cell-b.ts:4:5)
    at Object.helper (cell-b.ts:5:5)
    at Array.map (<anonymous>)
    at cell-b.ts:6:1
    at async g (cell-b.ts:7:1)
    at train (blob:null/1234:10:20)
    at async Module.default (cell-c.ts:8:9)
    at async default (cell-c.ts:9:9)`;
  expect(
    parseStack(stack).map(({ cell, line, column, name }) => `${cell} ${line}:${column} ${name}`),
  ).toEqual([
    "a1_-b 3:7 f",
    "b 2:3 new Model",
    "b 4:5 Model.fit",
    "b 5:5 helper",
    "b 6:1 null",
    "b 7:1 g",
    "c 8:9 null",
    "c 9:9 null",
  ]);
});

test("frames of other engines are read too", () => {
  expect(parseStack("f@cell-a.ts:3:7\n@cell-a.ts:9:1\n")).toEqual([
    { cell: "a", line: 3, column: 7, name: "f" },
    { cell: "a", line: 9, column: 1, name: null },
  ]);
});

test("a stack without cells has no frames", () => {
  expect(parseStack("")).toEqual([]);
  expect(parseStack("Error: no\n    at x (file.js:1:1)")).toEqual([]);
});
