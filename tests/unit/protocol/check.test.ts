import { expect, test } from "vitest";
import { isOutput, isRunResult } from "../../../src/protocol/check.ts";

const output = { id: "a", data: { "text/plain": "1", x: { y: [1, null, true] } }, metadata: {}, buffers: [] };
const cycle: Record<string, unknown> = {};
cycle.self = cycle;
// Each level holds the one below twice: 2^60 nodes, though it is a small object.
let wide: unknown = 1;
for (let i = 0; i < 60; i++) wide = [wide, wide];

test("an output of plain data and buffers is one", () => {
  expect(isOutput({ ...output, buffers: [new ArrayBuffer(8)] })).toBe(true);
});

test.each([
  ["nothing", null],
  ["no id", { ...output, id: undefined }],
  ["no text", { ...output, data: {} }],
  ["text that is none", { ...output, data: { "text/plain": 1 } }],
  ["data in a Map", { ...output, data: new Map([["text/plain", "1"]]) }],
  ["a cycle", { ...output, metadata: cycle }],
  ["data without end", { ...output, metadata: { wide } }],
  ["a bigint", { ...output, metadata: { n: 1n } }],
  ["a function", { ...output, metadata: { f: () => 1 } }],
  ["a date", { ...output, metadata: { at: new Date(0) } }],
  ["undefined", { ...output, metadata: { u: undefined } }],
  ["buffers that are views", { ...output, buffers: [new Uint8Array(8)] }],
  ["buffers that are no list", { ...output, buffers: { length: 1 } }],
])("an output with %s is none", (_, value) => expect(isOutput(value)).toBe(false));

const error = { name: "E", message: "m", frames: [{ cell: "a", line: 1, column: 1, name: null }], stack: "" };

test("the three ends of a run are results", () => {
  expect(isRunResult({ state: "done", seconds: 1, device: null })).toBe(true);
  expect(isRunResult({ state: "stopped", seconds: 1 })).toBe(true);
  expect(isRunResult({ state: "failed", seconds: 1, error })).toBe(true);
});

test.each([
  ["nothing", undefined],
  ["an unknown state", { state: "won", seconds: 1 }],
  ["no time", { state: "stopped" }],
  ["an error without frames", { state: "failed", seconds: 1, error: { ...error, frames: null } }],
  ["a frame of nothing", { state: "failed", seconds: 1, error: { ...error, frames: [null] } }],
  ["a message that is none", { state: "failed", seconds: 1, error: { ...error, message: {} } }],
  ["a device that is none", { state: "done", seconds: 1, device: "gpu" }],
])("a result with %s is none", (_, value) => expect(isRunResult(value)).toBe(false));
