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

test("short rows are filled up; blank fields beyond the header are nothing", async () => {
  expect(await notesOf("a,b\n1,x\n2\n4,z,, \n5\n")).toEqual([{ note: "short-rows", count: 2, line: 3 }]);
  expect(dropping.rows("file")).toEqual([
    { a: 1, b: "x" },
    { a: 2, b: null },
    { a: 4, b: "z" },
    { a: 5, b: null },
  ]);
});

test("few long rows go whole into the table of what was rejected, and say nothing of the types", async () => {
  expect(await notesOf('a,b\n1,2\n"Lee, J",3, 4,5,\n6,7\n8,9,"x"\n10,11\n')).toEqual([
    { note: "rejected", count: 2, table: "file_rejected" },
  ]);
  expect(dropping.types("file")).toEqual({ a: "BIGINT", b: "BIGINT" });
  expect(dropping.rows("file")).toEqual([
    { a: 1, b: 2 },
    { a: 6, b: 7 },
    { a: 10, b: 11 },
  ]);
  const rejected = { file: "file.csv", column_name: null };
  expect(dropping.rows("file_rejected")).toEqual([
    { ...rejected, line: 3, value: '"Lee, J",3, 4,5,', reason: "has 5 fields, expected 2" },
    { ...rejected, line: 5, value: '8,9,"x"', reason: "has 3 fields, expected 2" },
  ]);
});

/** A file of two columns and so many rows, the first of them too long. */
function withLong(rows: number, long: number): string {
  return ["a,b", ...Array.from({ length: rows }, (_, i) => (i < long ? `${i},x,more` : `${i},x`))].join("\n");
}

test.each([
  ["half of a short file", 4, 2],
  ["more than one in a hundred", 599, 6],
])(
  "where %s are too long, what they have beyond the header is in columns of its own",
  async (_, rows, long) => {
    expect(await notesOf(withLong(rows, long))).toEqual([{ note: "long-rows", count: long, line: 2 }]);
    expect(dropping.types("file")).toEqual({ a: "BIGINT", b: "VARCHAR", column_3: "VARCHAR" });
    expect(dropping.rows("file SELECT count(*) AS n, count(column_3) AS more")).toEqual([
      { n: rows, more: long },
    ]);
  },
);

test.each([
  ["less than one in a hundred", 601, 6],
  ["five", 12, 5],
])("where %s are too long, they are rejected", async (_, rows, long) => {
  expect(await notesOf(withLong(rows, long))).toEqual([
    { note: "rejected", count: long, table: "file_rejected" },
  ]);
  expect(dropping.types("file")).toEqual({ a: "BIGINT", b: "VARCHAR" });
  expect(dropping.rows("file SELECT count(*) AS n")).toEqual([{ n: rows - long }]);
});

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
