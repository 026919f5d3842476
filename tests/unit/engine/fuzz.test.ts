import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { seededRandom, type Random } from "../../../src/core/random.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { notebookOnDisk } from "./notebook-on-disk.ts";
import { readByOthers, sameValue, textOf, type Cells } from "./other-readers.ts";
import { workbook } from "./workbook.ts";

const mutations = process.env.FULL ? 500 : 150;
const longest = 10_000;

const notebook = notebookOnDisk();
const kept = [
  { id: 1, name: "Ada" },
  { id: 2, name: "Grace" },
];

async function read(name: string, bytes: Uint8Array): Promise<readonly ImportResult[]> {
  const file = new File([bytes as Uint8Array<ArrayBuffer>], name);
  const { signal } = new AbortController();
  return importFiles(notebook.tables, [{ file, path: name }], null, () => undefined, signal);
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

/** What another reader saw of a file and we did not; null where it saw all that we did. */
function difference(table: TableInfo, cells: NonNullable<Cells>): string | null {
  const [header, ...theirs] = cells;
  if (table.columns.map(({ name }) => name).join() !== header!.join()) return null;
  const ours = notebook.database.rows(`FROM "${table.name}"`).map((row) => Object.values(row));
  if (ours.length !== theirs.length) return `${ours.length} rows in place of ${theirs.length}`;
  for (const [i, row] of theirs.entries())
    for (const [j, value] of row.entries())
      if (!sameValue(ours[i]![j], value))
        return `row ${i + 1}, ${textOf(header![j])}: ${textOf(ours[i]![j])} in place of ${textOf(value)}`;
  return null;
}

test.each(files)("%s comes in whole before anything is done to it", async (name, bytes) => {
  const [result] = await read(name, bytes);
  if (result?.state !== "imported") throw new Error(`${name} was refused`);
  expect(result.table.rows).toBe(40);
  expect(difference(result.table, (await readByOthers(name, bytes))!)).toBeNull();
});

test(`${mutations} damaged files each end in the table that another reader sees, or in a reason, and no other table is lost`, async () => {
  await read("whole.csv", text("id,name\n1,Ada\n2,Grace\n"));
  const random = seededRandom(2024);
  const ends = { imported: 0, refused: 0, compared: 0 };
  const differences: string[] = [];
  for (let i = 0; i < mutations; i++) {
    const [name, whole] = files[i % files.length]!;
    const bytes = mutated(whole, random);
    const started = performance.now();
    const results = await read(name, bytes);
    expect(performance.now() - started, `mutation ${i} of ${name}`).toBeLessThan(longest);
    expect(results.length, `mutation ${i} of ${name}`).toBeGreaterThan(0);
    const cells = await readByOthers(name, bytes);
    for (const result of results) {
      ends[result.state]++;
      if (result.state === "refused") {
        if (result.refusal.why === "unreadable") expect(result.refusal.message).not.toBe("");
        // A reader of a container may overlook its damage; one of text has nothing to overlook.
        if (cells && cells.length > 1 && /sv|json/.test(name))
          differences.push(`${i} ${name}: refused, ${result.refusal.why}`);
        continue;
      }
      const { table } = result;
      const read = notebook.database.rows(`FROM "${table.name}"`);
      expect(read.length, `mutation ${i} of ${name}`).toBe(table.rows);
      if (!cells) continue;
      ends.compared++;
      const gap = difference(table, cells);
      if (gap) differences.push(`${i} ${name}: ${gap}`);
    }
    if (i % 50 === 49) await notebook.reload();
    const others = (): string[] => notebook.names().filter((each) => each !== "whole");
    for (let [other] = others(); other; [other] = others()) await notebook.tables.drop(other);
    expect(notebook.database.rows(`FROM ${await notebook.tables.loaded("whole")}`)).toEqual(kept);
  }
  expect(differences).toEqual([]);
  expect(ends.imported).toBeGreaterThan(mutations / 10);
  expect(ends.refused).toBeGreaterThan(mutations / 10);
  expect(ends.compared).toBeGreaterThan(mutations / 10);
}, 300_000);
