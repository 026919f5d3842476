import { expect, test } from "vitest";
import { KeptTables, keptTable, ReadOnly } from "../../../src/engine/store/kept-tables.ts";
import { newMeta } from "../../../src/engine/table-facts.ts";
import type { TableInfo } from "../../../src/protocol/table-info.ts";
import { MemoryDisk, SwitchedOff } from "./memory-disk.ts";

function info(name: string): TableInfo {
  const source = { kind: "file", files: [`${name}.csv`], bytes: 9, recognised: null } as const;
  return { name, rows: 3, columns: [], source, kept: "disk", notes: [], rejected: null };
}

/** Rows that tell which table they are of. */
function rowsOf(table: string, version: number): Uint8Array[] {
  return [1, 2, 3].map((n) => new TextEncoder().encode(`${table} ${version} `.repeat(n * 20)));
}

async function open(disk: MemoryDisk): Promise<KeptTables> {
  return KeptTables.open(await disk.open("n", "write"), "write");
}

/** Keeps a table, in the place of the one of that name. */
async function keep(kept: KeptTables, name: string, version = 1): Promise<void> {
  const file = (await kept.newFile())!;
  for (const rows of rowsOf(name, version)) file.write(rows);
  file.finish();
  const before = kept.tables.find((table) => table.name === name)?.id;
  await kept.change((tables) => [
    ...tables.filter(({ id }) => id !== before),
    keptTable(info(name), newMeta(info(name).source), file),
  ]);
  if (before !== undefined) await kept.purge(before);
}

async function drop(kept: KeptTables, name: string): Promise<void> {
  const { id } = kept.tables.find((table) => table.name === name)!;
  await kept.forget([id]);
  await kept.purge(id);
}

/** What is kept, as text: `a1` where all rows of version 1 of table a are in its file. */
async function content(kept: KeptTables): Promise<string> {
  const found: string[] = [];
  for (const table of kept.tables) {
    const rows: string[] = [];
    for await (const piece of kept.rows(table)) rows.push(new TextDecoder().decode(piece));
    const version = [1, 2].find((n) => textOf(rowsOf(table.name[0]!, n)) === rows.join());
    found.push(`${table.name}${version ?? " is damaged"}`);
  }
  return found.sort().join(" ");
}

function textOf(rows: readonly Uint8Array[]): string {
  return rows.map((piece) => new TextDecoder().decode(piece)).join();
}

/** A life of a notebook, and what is kept after each part of it. */
const life: readonly { readonly do: (kept: KeptTables) => Promise<void>; readonly then: string }[] = [
  { do: (kept) => keep(kept, "b"), then: "a1 b1" },
  { do: (kept) => keep(kept, "b", 2), then: "a1 b2" },
  {
    do: (kept) =>
      kept.change((tables) => tables.map((each) => ({ ...each, name: each.name.replace("b", "b_new") }))),
    then: "a1 b_new2",
  },
  { do: (kept) => keep(kept, "c"), then: "a1 b_new2 c1" },
  { do: (kept) => drop(kept, "b_new"), then: "a1 c1" },
  { do: (kept) => drop(kept, "c"), then: "a1" },
];

async function begun(): Promise<{ readonly disk: MemoryDisk; readonly kept: KeptTables }> {
  const disk = new MemoryDisk();
  const kept = await open(disk);
  await keep(kept, "a");
  return { disk, kept };
}

test.each([0, 0.5, 1])(
  "a machine that is switched off at any step finds every table whole (%d of what was not flushed is there)",
  async (part) => {
    const whole = await begun();
    const first = whole.disk.steps;
    for (const { do: act } of life) await act(whole.kept);
    expect(whole.disk.steps).toBeGreaterThan(first + 30);
    for (let step = first; step < whole.disk.steps; step++) {
      const { disk, kept } = await begun();
      disk.offBefore = step;
      const allowed = ["a1"];
      await expect(
        (async () => {
          for (const { do: act, then } of life) {
            allowed.push(then);
            await act(kept);
          }
        })(),
      ).rejects.toThrow(SwitchedOff);
      const later = disk.switchedOn(part);
      const again = await open(later);
      expect(allowed.slice(-2)).toContain(await content(again));
      // Nothing is left of what was cut off, and all goes on.
      expect(later.names("n")).toHaveLength(again.tables.length + 1);
      await keep(again, "d");
      expect(await content(await open(later.switchedOn()))).toContain("d1");
    }
  },
);

const cut = (bytes: Uint8Array) => bytes.slice(0, -1);
const changed = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte));

test.each([
  ["first", "changed", changed, false],
  ["second", "changed", changed, true],
  ["second", "cut", cut, true],
])("where the %s manifest was %s later, no table is read or removed", async (_, _how, change, second) => {
  const { disk, kept } = await begun();
  if (second) await keep(kept, "b");
  const manifest = disk.names("n").find((name) => name.startsWith("manifest"))!;
  disk.damage("n", manifest, (bytes) => new Uint8Array(change(bytes)));
  const later = disk.switchedOn();
  const before = later.names("n");
  await expect(open(later)).rejects.toThrow("the list of this notebook's tables is damaged");
  expect(later.names("n")).toEqual(before);
});

test("tables that were kept by a later version are neither read nor removed", async () => {
  const { disk } = await begun();
  disk.damage(
    "n",
    disk.names("n").find((name) => name.startsWith("manifest"))!,
    (bytes) =>
      new TextEncoder().encode(new TextDecoder().decode(bytes).replace('"version":1', '"version":2')),
  );
  const later = disk.switchedOn();
  const files = later.names("n");
  await expect(open(later)).rejects.toThrow("expected 1, got 2");
  expect(later.names("n")).toEqual(files);
});

test("where there is no room for a new list, a table that is deleted gives up its file first", async () => {
  const { disk, kept } = await begun();
  await keep(kept, "b");
  disk.quota = disk.used;
  expect(await kept.forget([kept.tables[1]!.id])).toBe(false);
  expect(await content(await open(disk.switchedOn()))).toBe("a1");
});

test("where there is no room for a new list, the old one stays", async () => {
  const { disk, kept } = await begun();
  disk.quota = disk.used;
  await expect(kept.change(() => [])).rejects.toThrow("full");
  expect(await content(kept)).toBe("a1");
  expect(await content(await open(disk.switchedOn()))).toBe("a1");
});

test("a change counts once its list is written, though the last list cannot be removed", async () => {
  const { disk, kept } = await begun();
  disk.isHeld = (name) => name.startsWith("manifest");
  await keep(kept, "b");
  expect(await content(kept)).toBe("a1 b1");
  expect(await content(await open(disk.switchedOn()))).toBe("a1 b1");
  disk.isHeld = () => false;
  await drop(kept, "a");
  expect(disk.names("n")).toHaveLength(2);
});

test("a machine that is switched off in the first import of all finds no table, and keeps the next one", async () => {
  for (let step = 0; ; step++) {
    const disk = new MemoryDisk();
    const kept = await open(disk);
    disk.offBefore = step;
    const done = await keep(kept, "a").then(
      () => true,
      () => false,
    );
    if (done) return expect(step).toBeGreaterThan(8);
    const later = disk.switchedOn(0.5);
    const again = await open(later);
    expect(["", "a1"]).toContain(await content(again));
    await keep(again, "b");
    expect(await content(await open(later.switchedOn()))).toContain("b1");
  }
});

test("who may only read changes nothing, not even leftovers", async () => {
  const { disk, kept } = await begun();
  const file = (await kept.newFile())!;
  file.write(new Uint8Array(5));
  const names = disk.names("n");
  const reading = await KeptTables.open(await disk.open("n", "read"), "read");
  expect(await content(reading)).toBe("a1");
  expect(await reading.newFile()).toBeNull();
  await expect(reading.change(() => [])).rejects.toThrow(ReadOnly);
  expect(disk.names("n")).toEqual(names);
});

test("what was frozen goes on where nobody changed anything meanwhile, and else must be opened anew", async () => {
  const { disk, kept } = await begun();
  await kept.freeze();
  await expect(kept.change(() => [])).rejects.toThrow(ReadOnly);
  expect(await kept.thaw(await disk.open("n", "write"))).toBe(true);
  await keep(kept, "b");
  await kept.freeze();
  const other = await open(disk);
  await keep(other, "c");
  await other.freeze();
  expect(await kept.thaw(await disk.open("n", "write"))).toBe(false);
  expect(kept.writable).toBe(false);
});
