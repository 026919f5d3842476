import { beforeAll, beforeEach, expect, test } from "vitest";
import { Rejects } from "../../../src/engine/import/rejects.ts";
import { Dropping } from "./dropping.ts";

let dropping: Dropping;

beforeAll(async () => {
  dropping = await Dropping.open();
});

beforeEach(async () => {
  await dropping.clear();
});

test("lines of NDJSON that are no objects are kept with their line and the reason", async () => {
  const [result] = await dropping.drop(["log.ndjson", '{"a":1}\n{"a":\n\n[2]\n{"a":3,"b":"x"}\n']);
  expect(result).toMatchObject({
    state: "imported",
    table: { name: "log", rows: 2 },
    notes: [{ note: "rejected", count: 2, table: "log_rejected" }],
  });
  expect(dropping.rows("log")).toEqual([
    { a: 1, b: null },
    { a: 3, b: "x" },
  ]);
  expect(dropping.rows("log_rejected")).toMatchObject([
    { file: "log.ndjson", line: 2, value: '{"a":' },
    { file: "log.ndjson", line: 4, value: "[2]", reason: "expected an object" },
  ]);
});

test("of very many rejected lines the first are kept, and all are counted", async () => {
  const [result] = await dropping.drop(["log.ndjson", `{"a":1}\n${"?\n".repeat(100_010)}`]);
  expect(result).toMatchObject({
    notes: [{ note: "rejected", count: 100_010, table: "log_rejected", kept: 100_000 }],
  });
  expect(dropping.rows("log_rejected ORDER BY line DESC LIMIT 1")).toMatchObject([{ line: 100_001 }]);
});

test("of rejected lines with much text, as many are kept as fit", () => {
  const rejects = new Rejects();
  for (let i = 0; i < 7000; i++)
    rejects.add("a", { line: i, column: null, value: "x".repeat(20_000), reason: "" });
  expect([rejects.count, rejects.kept.length]).toEqual([7000, Math.floor((64 * 1024 * 1024) / 10_000)]);
});
