import { beforeAll, beforeEach, expect, test } from "vitest";
import type { ImportNote } from "../../../src/protocol/import.ts";
import { Dropping } from "./dropping.ts";

let dropping: Dropping;

beforeAll(async () => {
  dropping = await Dropping.open();
});

beforeEach(async () => {
  await dropping.clear();
});

/** What was noted of a file that is now the table `file`. */
async function notesOf(content: string): Promise<readonly ImportNote[]> {
  const [result] = await dropping.drop(["file.csv", content]);
  if (result?.state !== "imported") throw new Error(JSON.stringify(result));
  return result.notes;
}

/** A file of one column of so many numbers, some of them replaced. */
function numbers(count: number, odd: ReadonlyMap<number, string>): string {
  return ["amount", ...Array.from({ length: count }, (_, i) => odd.get(i) ?? String(i / 4))].join("\n");
}

test("a column that is text because of a few values says so, with the first of them", async () => {
  const odd = new Map([
    [15, "n/a!"],
    [16, "NA"],
    [40, "-"],
    [77, "12.x"],
  ]);
  expect(await notesOf(numbers(10_000, odd))).toEqual([
    { note: "misfits", column: "amount", count: 3, of: 9999, value: "n/a!", line: 17 },
  ]);
  expect(dropping.types("file")).toEqual({ amount: "VARCHAR" });
});

test("values of two kinds are few misfits of the kind that more of them are", async () => {
  const odd = new Map([
    [500, "2024-01-01"],
    [600, "true"],
    [700, "2024-01-02"],
  ]);
  expect(await notesOf(numbers(1000, odd))).toEqual([
    { note: "misfits", column: "amount", count: 3, of: 1000, value: "2024-01-01", line: 502 },
  ]);
});

test.each([
  ["more than one in a hundred", 1000, 11],
  ["more than a thousand", 250_000, 1001],
])("a column with %s other values is text without a word", async (_, count, others) => {
  const odd = new Map(Array.from({ length: others }, (_, i) => [i * 50, `word ${i}`]));
  expect(await notesOf(numbers(count, odd))).toEqual([]);
  expect(dropping.types("file")).toEqual({ amount: "VARCHAR" });
});

test("a quotation mark before text that goes on behind the next one does not merge lines", async () => {
  await notesOf('a,b\n1,"5 inch\n2,x\n3,"quoted, y"\n4,"two\nlines"\n');
  expect(dropping.rows("file")).toEqual([
    { a: 1, b: '"5 inch' },
    { a: 2, b: "x" },
    { a: 3, b: "quoted, y" },
    { a: 4, b: "two\nlines" },
  ]);
});

test("a field of very many lines is noted with the line it begins on", async () => {
  const long = Array.from({ length: 1002 }, (_, i) => `line ${i}`).join("\n");
  expect(await notesOf(`a,b\n1,"x\ny"\n2,"${long}"\n3,z\n`)).toEqual([
    { note: "long-field", line: 4, lines: 1002 },
  ]);
  expect(dropping.rows("file WHERE a = 2")).toEqual([{ a: 2, b: long }]);
});

test("microseconds of timestamps are kept", async () => {
  await notesOf("at\n2024-01-01 10:00:00.123456\n1969-12-31T23:59:59.999999\n");
  expect(dropping.rows('file SELECT epoch_us("at")::VARCHAR AS us')).toEqual([
    { us: "1704103200123456" },
    { us: "-1" },
  ]);
});
