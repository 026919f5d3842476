import { wrap, type Remote } from "comlink";
import { expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import type { DataEngine, NotebookData, OpenOptions } from "../../../src/protocol/data.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";
import { MemoryDisk } from "./memory-disk.ts";

const owned: OpenOptions = { truth: true, writable: true };
const elsewhere: OpenOptions = { truth: true, writable: false };

/** The engine of a tab that opens notebook `n`, and the database's module where it asks for it. */
async function tab(
  disk: MemoryDisk,
  options: OpenOptions = owned,
): Promise<{ engine: DataEngine; loads: () => number }> {
  let loads = 0;
  const engine = createDataEngine(
    () => {
      loads++;
      return duckdbModule();
    },
    async () => disk,
  );
  await engine.open("n", options);
  return { engine, loads: () => loads };
}

async function imported(engine: DataEngine, name: string, text: string): Promise<ImportResult> {
  const file = new File([text], name);
  const [result] = await engine.importFiles("n", [{ file, path: name }], null, () => undefined);
  return result!;
}

async function kernel(engine: DataEngine): Promise<Remote<NotebookData>> {
  const { port1, port2 } = new MessageChannel();
  await engine.connect("n", port1);
  return wrap<NotebookData>(port2);
}

const names = async (engine: DataEngine): Promise<string[]> =>
  (await engine.tables("n")).map(({ name }) => name);

test("tables are listed after a reload without a database, and a cell's query finds them", async () => {
  const disk = new MemoryDisk();
  const first = await tab(disk);
  await imported(first.engine, "b.csv", "x\n1\n");
  await imported(first.engine, "a.csv", "x\n2\n");
  const before = await first.engine.tables("n");
  const { engine, loads } = await tab(disk.switchedOn());
  expect(await engine.tables("n")).toEqual(before);
  expect(loads()).toBe(0);
  const data = await kernel(engine);
  expect(tableFromArrow(await data.query("SELECT a.x + b.x AS sum FROM a, b", [])).toArray()).toEqual([
    { sum: 3 },
  ]);
  const page = { offset: 0, limit: 9, sort: null, filters: [] };
  expect(tableFromArrow(await engine.rows("n", "a", page)).toArray()).toEqual([{ x: 2 }]);
});

test("what was noted of an import is listed after a reload without a database", async () => {
  const disk = new MemoryDisk();
  const { engine } = await tab(disk);
  const result = await imported(engine, "odd.csv", "1,2\n3,4\n5\n");
  const notes = [{ note: "no-header" }, { note: "short-rows", count: 1, line: 3 }];
  expect(result).toMatchObject({ table: { notes }, notes });
  const { engine: later, loads } = await tab(disk.switchedOn());
  expect(await later.tables("n")).toMatchObject([{ notes }]);
  expect(loads()).toBe(0);
});

test("a query that names a table whose file is damaged says so, and others go on", async () => {
  const disk = new MemoryDisk();
  const { engine } = await tab(disk);
  await imported(engine, "a.csv", "x\n1\n");
  const file = disk.names("n").find((name) => name.endsWith(".arrows"))!;
  disk.damage("n", file, (bytes) => bytes.slice(1));
  const data = await kernel((await tab(disk.switchedOn())).engine);
  await expect(data.query("FROM a", [])).rejects.toThrow(
    /a does not exist[^]*table "a" could not be read from disk: expected a file of \d+ bytes, got \d+/,
  );
  expect(tableFromArrow(await data.query("SELECT 1 AS x", [])).toArray()).toEqual([{ x: 1 }]);
});

test("imported tables that a cell drops are told once, and only those", async () => {
  const { engine } = await tab(new MemoryDisk());
  for (const name of ["a", "b", "c"]) await imported(engine, `${name}.csv`, "x\n1\n");
  const data = await kernel(engine);
  expect(await data.dropped()).toEqual([]);
  await data.query("DROP TABLE a; CREATE TABLE made AS SELECT 1 AS x; DROP TABLE made", []);
  await data.query("CREATE OR REPLACE TABLE b AS SELECT 2 AS x", []);
  expect(await data.dropped()).toEqual(["a"]);
  expect(await data.dropped()).toEqual([]);
  await data.query("DROP TABLE c", []);
  expect(await data.dropped()).toEqual(["c"]);
  await engine.dropTable("n", "b");
  expect(await data.dropped()).toEqual([]);
});

test("what a kernel dropped is not told of the kernel after it", async () => {
  const { engine } = await tab(new MemoryDisk());
  for (const name of ["a", "b"]) await imported(engine, `${name}.csv`, "x\n1\n");
  await (await kernel(engine)).query("DROP TABLE a", []);
  const next = await kernel(engine);
  expect(await next.dropped()).toEqual([]);
  await next.query("DROP TABLE b", []);
  expect(await next.dropped()).toEqual(["b"]);
});

test("a tab that does not own the notebook reads its tables, and imports and deletes nothing", async () => {
  const disk = new MemoryDisk();
  await imported((await tab(disk)).engine, "a.csv", "x\n1\n");
  const files = disk.names("n");
  const { engine } = await tab(disk, elsewhere);
  expect(await imported(engine, "b.csv", "x\n1\n")).toEqual({
    state: "refused",
    file: "b.csv",
    refusal: { why: "read-only" },
  });
  await expect(engine.dropTable("n", "a")).rejects.toThrow("another tab");
  await expect(engine.rename("n", "a", "c")).rejects.toThrow("another tab");
  expect(await names(engine)).toEqual(["a"]);
  expect(disk.names("n")).toEqual(files);
  const data = await kernel(engine);
  expect(tableFromArrow(await data.query("FROM a", [])).toArray()).toEqual([{ x: 1 }]);
});

test("a notebook that is taken over and taken back shows what the other tab did", async () => {
  const disk = new MemoryDisk();
  const one = await tab(disk);
  await imported(one.engine, "a.csv", "x\n1\n");
  await one.engine.open("n", elsewhere);
  const two = await tab(disk);
  await imported(two.engine, "b.csv", "x\n1\n");
  await two.engine.open("n", elsewhere);
  await one.engine.open("n", owned);
  expect(await names(one.engine)).toEqual(["a", "b"]);
  expect(await imported(one.engine, "c.csv", "x\n1\n")).toMatchObject({ state: "imported" });
});

test("a notebook that was let go of and that nobody changed keeps what its cells made", async () => {
  const { engine } = await tab(new MemoryDisk());
  const data = await kernel(engine);
  await data.query("CREATE TABLE made AS SELECT 1 AS x", []);
  await engine.open("n", elsewhere);
  await engine.open("n", owned);
  expect(await names(engine)).toEqual(["made"]);
  expect(tableFromArrow(await data.query("FROM made", [])).toArray()).toEqual([{ x: 1 }]);
});

test("an import under way ends before the notebook is let go of", async () => {
  const disk = new MemoryDisk();
  const { engine } = await tab(disk);
  const importing = imported(engine, "a.csv", `x\n${"1\n".repeat(300_000)}`);
  await engine.open("n", elsewhere);
  expect(await importing).toMatchObject({ state: "imported", table: { rows: 300_000, kept: "disk" } });
  expect(await names((await tab(disk)).engine)).toEqual(["a"]);
});

test("a notebook that is opened without the truth begins with a database of its own", async () => {
  const { engine } = await tab(new MemoryDisk());
  const data = await kernel(engine);
  await data.dataset("subscriptions", { size: "S" });
  expect((await names(engine)).some((name) => name.startsWith("truth."))).toBe(true);
  await engine.open("n", { truth: false, writable: true });
  expect(await names(engine)).toEqual([]);
  await (await kernel(engine)).dataset("subscriptions", { size: "S" });
  const after = await names(engine);
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter((name) => name.startsWith("truth."))).toEqual([]);
});

test("a notebook that the page never opened holds no truth", async () => {
  const engine = createDataEngine(duckdbModule);
  await (await kernel(engine)).dataset("subscriptions", { size: "S" });
  expect((await names(engine)).filter((name) => name.startsWith("truth."))).toEqual([]);
});

test("a notebook that cannot be taken over goes on as it was, and can be taken over later", async () => {
  const disk = new MemoryDisk();
  const one = await tab(disk);
  await imported(one.engine, "a.csv", "x\n1\n");
  const data = await kernel(one.engine);
  await data.query("CREATE TABLE mine AS SELECT 1 AS x", []);
  await one.engine.open("n", elsewhere);
  const two = await tab(disk);
  await expect(one.engine.open("n", owned)).rejects.toThrow("another worker");
  expect(await names(one.engine)).toEqual(["a", "mine"]);
  await two.engine.open("n", elsewhere);
  await one.engine.open("n", owned);
  expect(await names(one.engine)).toEqual(["a", "mine"]);
  expect(tableFromArrow(await data.query("FROM mine", [])).toArray()).toEqual([{ x: 1 }]);
});

test("a folder whose tables cannot be read is let go of", async () => {
  const disk = new MemoryDisk();
  await imported((await tab(disk)).engine, "a.csv", "x\n1\n");
  const manifest = disk.names("n").find((name) => name.startsWith("manifest"))!;
  disk.damage("n", manifest, (bytes) => bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)));
  const later = disk.switchedOn();
  for (let visit = 0; visit < 2; visit++) await expect(tab(later)).rejects.toThrow("is damaged");
});

test("the tables of a notebook that is deleted are gone, and so are those of notebooks that are no more", async () => {
  const disk = new MemoryDisk();
  const { engine } = await tab(disk);
  await imported(engine, "a.csv", "x\n1\n");
  await engine.forget("n");
  expect(disk.names("n")).toEqual([]);
  const { engine: next } = await tab(disk);
  await imported(next, "a.csv", "x\n1\n");
  await next.close("n");
  await next.keepOnly(["n"]);
  expect(disk.names("n")).not.toEqual([]);
  await next.keepOnly(["other"]);
  expect(disk.names("n")).toEqual([]);
});

test("where tables are kept is told, and that they are not where there is no disk", async () => {
  const disk = new MemoryDisk();
  const { engine } = await tab(disk);
  await imported(engine, "a.csv", "x\n1\n");
  expect(await engine.storage()).toMatchObject({ place: "disk", used: disk.used });
  const without = createDataEngine(duckdbModule);
  expect(await without.storage()).toEqual({ place: "memory", used: null, quota: null, persistent: false });
  expect(await imported(without, "a.csv", "x\n1\n")).toMatchObject({ table: { kept: "no-disk" } });
});
