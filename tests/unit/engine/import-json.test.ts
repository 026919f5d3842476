import { beforeAll, beforeEach, expect, test } from "vitest";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { readJson } from "../../../src/engine/import/json.ts";
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

test("NDJSON of several pieces comes in whole, its late columns at the end of every row", async () => {
  const filler = "x".repeat(1000);
  const lines = Array.from({ length: 9000 }, (_, i) =>
    JSON.stringify({ id: i, text: i % 2 ? `a "b",\n客 ${i}` : filler, ...(i > 8000 && { late: i }) }),
  );
  lines[5000] = "broken";
  const phases: string[] = [];
  await importFiles(
    dropping.tables,
    [{ file: new File([lines.join("\r\n")], "log.ndjson"), path: "log.ndjson" }],
    null,
    ({ phase, done, total }) => phases.push(`${phase} ${Math.ceil((2 * done) / total)}`),
    new AbortController().signal,
  );
  expect(phases.slice(0, 3)).toEqual(["reading 0", "reading 2", "reading 2"]);
  expect(dropping.rows("log_rejected")).toMatchObject([{ line: 5001, value: "broken" }]);
  expect(
    dropping.tables.database.rows(`SELECT count(*) AS n, sum(id) AS ids, count(late) AS late,
      count(*) FILTER (id % 2 = 0 OR "text" = 'a "b",' || chr(10) || '客 ' || id) AS right FROM log`),
  ).toEqual([{ n: 8999, ids: (8999 * 9000) / 2 - 5000, late: 999, right: 8999 }]);
});

test("an import of JSON that is cancelled while it is read ends there", async () => {
  const stop = new AbortController();
  const phases: string[] = [];
  const results = await importFiles(
    dropping.tables,
    [{ file: new File(['[{"a":1}]'], "a.json"), path: "a.json" }],
    null,
    ({ phase, done }) => {
      phases.push(phase);
      if (done > 0) stop.abort();
    },
    stop.signal,
  );
  expect(results).toEqual([{ state: "refused", file: "a.json", refusal: { why: "cancelled" } }]);
  expect(phases).toEqual(["reading", "reading"]);
});

test("JSON of more bytes than can be read in one piece is refused with the most", async () => {
  const file = new File(["[]"], "large.json");
  Object.defineProperty(file, "size", { value: 5e8 });
  expect(await readJson(file, { step: async () => undefined, reject: () => undefined })).toEqual({
    refusal: { why: "too-large", bytes: 5e8, most: 384 * 1024 * 1024 },
  });
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

test("what is read again as lines does not tell its way twice", async () => {
  const told: number[] = [];
  const file = new Blob(['{"a":1}\n{"a":2}\n']);
  await readJson(file, { step: async (done) => void told.push(done), reject: () => undefined });
  expect(told).toEqual([...told].sort((a, b) => a - b));
});
