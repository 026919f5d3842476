import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, expect, test } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { seededRandom, type Random } from "../../../src/core/random.ts";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";
import { workbook } from "./workbook.ts";

const mutations = 500;
const longest = 10_000;

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
  await read("whole.csv", new TextEncoder().encode("id,name\n1,Ada\n2,Grace\n"));
});

async function read(name: string, bytes: Uint8Array): Promise<readonly ImportResult[]> {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], name);
  const { signal } = new AbortController();
  return importFiles(tables, [{ file, path: name }], null, () => undefined, signal);
}

const rows = Array.from({ length: 40 }, (_, i) => ({
  id: i,
  name: `name "${i}", 名`,
  score: i / 3,
  day: `2024-01-${String((i % 28) + 1).padStart(2, "0")}`,
}));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const csv = text(
  `id,name,score,day\n${rows.map(({ id, name, score, day }) => `${id},"${name.replaceAll('"', '""')}",${score},${day}`).join("\n")}\n`,
);

const files: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ["f.csv", csv],
  ["f.tsv", text(`a\tb\n${rows.map(({ id, score }) => `${id}\t${score}`).join("\r\n")}`)],
  ["f.csv.gz", gzipSync(csv)],
  ["f.json", text(JSON.stringify(rows))],
  ["f.ndjson", text(rows.map((row) => JSON.stringify(row)).join("\n"))],
  [
    "f.parquet",
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "id", data: rows.map(({ id }) => id), type: "INT32" },
          { name: "name", data: rows.map(({ name }) => name), type: "STRING" },
          { name: "score", data: rows.map(({ score }) => score), type: "DOUBLE" },
        ],
      }),
    ),
  ],
  [
    "f.xlsx",
    workbook([["Sheet", [["id", "name"], ...rows.map(({ id, day }): [number, string] => [id, day])]]]),
  ],
  ["f.arrow", tableToArrow(Table.from(rows))],
];

/** The bytes with something done to them: bits, places, lengths, or a piece of another file. */
function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const place = random.integer(copy.length);
  const length = 1 + random.integer(Math.min(64, copy.length - place));
  switch (random.integer(7)) {
    case 0:
      copy[place]! ^= 1 << random.integer(8);
      return copy;
    case 1:
      return copy.subarray(0, place);
    case 2:
      return joined(copy.subarray(0, place), copy.subarray(place + length));
    case 3:
      return joined(copy.subarray(0, place), copy.subarray(place, place + length), copy.subarray(place));
    case 4:
      for (let i = 0; i < length; i++) copy[place + i] = random.integer(256);
      return copy;
    case 5: {
      const [, other] = files[random.integer(files.length)]!;
      return joined(copy.subarray(0, place), other.subarray(random.integer(other.length)));
    }
    default:
      for (let i = 0; i < 8; i++) copy[random.integer(copy.length)] = random.integer(256);
      return copy;
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

test.each(files)("%s comes in whole before anything is done to it", async (name, bytes) => {
  const [result] = await read(name, bytes);
  expect(result).toMatchObject({ state: "imported", table: { rows: 40 } });
  if (result?.state === "imported") await tables.drop(result.table.name);
});

test(`${mutations} damaged files each end in a table that reads back, or in a reason, and no other table is lost`, async () => {
  const random = seededRandom(2024);
  const ends = { imported: 0, refused: 0 };
  for (let i = 0; i < mutations; i++) {
    const [name, whole] = files[i % files.length]!;
    const bytes = mutated(whole, random);
    const started = performance.now();
    const results = await read(name, bytes);
    expect(performance.now() - started, `mutation ${i} of ${name}`).toBeLessThan(longest);
    expect(results.length, `mutation ${i} of ${name}`).toBeGreaterThan(0);
    for (const result of results) {
      ends[result.state]++;
      if (result.state === "refused") {
        if (result.refusal.why === "unreadable") expect(result.refusal.message).not.toBe("");
        continue;
      }
      const { table } = result;
      const [counted] = tables.database.rows(`SELECT count(*) AS n FROM (FROM ${table.name})`);
      expect(counted!.n, `mutation ${i} of ${name}`).toBe(table.rows);
      expect(tables.database.rows(`FROM ${table.name} LIMIT 100`).length).toBe(Math.min(table.rows, 100));
    }
    for (const { name: table } of tables.list()) if (table !== "whole") await tables.drop(table);
    expect(tables.database.rows("FROM whole")).toEqual([
      { id: 1, name: "Ada" },
      { id: 2, name: "Grace" },
    ]);
  }
  expect(ends.imported).toBeGreaterThan(50);
  expect(ends.refused).toBeGreaterThan(50);
}, 300_000);
