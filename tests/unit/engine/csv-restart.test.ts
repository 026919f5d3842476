import { expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { importCsv } from "../../../src/engine/csv/import-csv.ts";

/** What an import puts into a table: the columns, and the values of its slices. */
async function imported(
  parts: readonly (string | Uint8Array<ArrayBuffer>)[],
): Promise<{ columns: string; rows: unknown[]; slices: number[] }> {
  const made = { columns: "", rows: [] as unknown[], slices: [] as number[] };
  const sink = {
    drop: (): void => {
      made.rows.length = made.slices.length = 0;
    },
    create: (columns: string): void => void (made.columns = columns),
    insert: (slice: Uint8Array): void => {
      // The memory of a slice is used again, so its values are read at once.
      const table = tableFromArrow(slice.slice());
      made.slices.push(table.numRows);
      for (const row of table.toArray()) made.rows.push(Object.values(row));
    },
    reject: (): void => undefined,
  };
  const result = await importCsv(
    new File([...parts], "file.csv"),
    sink,
    () => undefined,
    new AbortController().signal,
  );
  if ("refusal" in result) throw new Error(JSON.stringify(result.refusal));
  return made;
}

/** So many rows that they do not fit into one piece of a file. */
const rows = 300_000;
const lines = Array.from({ length: rows }, (_, i) => `${i},customer ${i % 7}\n`);

test("rows come in slices of a row group, each once and in order", async () => {
  const { columns, rows: read, slices } = await imported(["id,name\n", ...lines]);
  expect(columns).toBe('"id" BIGINT, "name" VARCHAR');
  expect(slices).toEqual([122_880, 122_880, 54_240]);
  expect(read).toEqual(Array.from({ length: rows }, (_, i) => [i, `customer ${i % 7}`]));
});

test.each([
  [
    "a value of another kind",
    "A1,last\n",
    '"id" VARCHAR, "name" VARCHAR',
    ["0", "customer 0"],
    ["A1", "last"],
  ],
  ["a number with decimals", "0.5,last\n", '"id" DOUBLE, "name" VARCHAR', [0, "customer 0"], [0.5, "last"]],
])("%s in the last row changes all rows before", async (_, row, sql, first, last) => {
  const { columns, rows: read } = await imported(["id,name\n", ...lines, row]);
  expect(columns).toBe(sql);
  expect([read.length, read[0], read.at(-1)]).toEqual([rows + 1, first, last]);
});

test("a longer row at the end of the first rows is left out of them", async () => {
  const { columns, rows: read } = await imported(["id,name\n", ...lines, "1,last,more\n"]);
  expect(columns).toBe('"id" BIGINT, "name" VARCHAR');
  expect([read.length, read[0], read.at(-1)]).toEqual([
    rows,
    [0, "customer 0"],
    [rows - 1, `customer ${(rows - 1) % 7}`],
  ]);
});

test("many longer rows after others that were few change all rows before", async () => {
  const more = Array.from({ length: 10_000 }, (_, i) => `${i},long,more\n`);
  const { columns, rows: read } = await imported(["id,name\n", "7,early,more\n", ...lines, ...more]);
  expect(columns).toBe('"id" BIGINT, "name" VARCHAR, "column_3" VARCHAR');
  expect([read.length, read[0], read[1], read.at(-1)]).toEqual([
    rows + 10_001,
    [7, "early", "more"],
    [0, "customer 0", null],
    [9999, "long", "more"],
  ]);
});

test("a byte that is not UTF-8 in the last row changes how all is read", async () => {
  const { rows: read } = await imported([
    "id,name\n",
    ...lines,
    Uint8Array.from("1,Zo\xeb\n", (c) => c.charCodeAt(0)),
  ]);
  expect([read.length, read[0], read.at(-1)]).toEqual([rows + 1, [0, "customer 0"], [1, "Zoë"]]);
});
