import { expect, test, vi } from "vitest";
import type { ImportFile, ImportProgress } from "../../../src/protocol/import.ts";
import { Imports } from "../../../src/state/imports.svelte.ts";
import { TimeLeft } from "../../../src/state/time-left.ts";
import { askOf, later } from "./fake-engine.ts";

const table = { name: "t", rows: 1, columns: [], source: { kind: "query" }, kept: "disk" };
const imported = { state: "imported", table, notes: [] };

function file(path: string): ImportFile {
  return { file: new File(["a,b"], path.split("/").at(-1)), path };
}

test("files that come together are one import, and those that come later wait for it", async () => {
  const asked: string[][] = [];
  const first = later<unknown>();
  const imports = new Imports(
    askOf({
      importFiles: async (_: string, files: readonly ImportFile[]) => {
        asked.push(files.map(({ path }) => path));
        return asked.length === 1 ? first.promise : [imported];
      },
    }),
    async () => undefined,
  );
  imports.open("n");
  void imports.read([file("folder/a.csv"), file("folder/b.csv")]);
  const second = imports.read([file("c.csv")]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(asked).toEqual([["folder/a.csv", "folder/b.csv"]]);
  first.resolve([imported]);
  expect(await second).toEqual([imported]);
  expect(imports.jobs.map(({ results }) => results?.length)).toEqual([1, 1]);
});

test("an import that is cancelled while it waits never begins", async () => {
  let begun = 0;
  let ended = 0;
  const first = later<unknown>();
  const imports = new Imports(
    askOf({
      importFiles: async () => {
        begun++;
        return first.promise;
      },
      cancelImport: async () => void ended++,
    }),
    async () => undefined,
  );
  imports.open("n");
  void imports.read([file("a.csv")]);
  const second = imports.read([file("b.csv")]);
  await imports.cancel(imports.jobs[1]!.id);
  first.resolve([imported]);
  expect(await second).toEqual([{ state: "refused", file: "b.csv", refusal: { why: "cancelled" } }]);
  expect([begun, ended]).toEqual([1, 0]);
});

test("an import of another notebook goes on when one that waits for it is cancelled", async () => {
  let ended = 0;
  const first = later<unknown>();
  const imports = new Imports(
    askOf({ importFiles: async () => first.promise, cancelImport: async () => void ended++ }),
    async () => undefined,
  );
  imports.open("a");
  const other = imports.read([file("a.csv")]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  imports.open("b");
  const waiting = imports.read([file("b.csv")]);
  await imports.cancelAll();
  expect(ended).toBe(0);
  first.resolve([imported]);
  expect(await other).toEqual([imported]);
  expect(await waiting).toMatchObject([{ refusal: { why: "cancelled" } }]);
});

test("the files that were joined in a table can be had again, packed ones too, and be read apart", async () => {
  const source = { kind: "file", files: ["a.csv", "b.csv"], bytes: 6, recognised: null };
  const joined = {
    state: "imported",
    table: { ...table, source },
    notes: [{ note: "joined-files", count: 2, files: source.files }],
  };
  const other = { state: "imported", table: { ...table, name: "c", source }, notes: [] };
  const asked: unknown[] = [];
  const imports = new Imports(
    askOf({
      importFiles: async (...[, files, , , options]: unknown[]) => {
        asked.push([files, options]);
        return [joined, other];
      },
    }),
    async () => undefined,
  );
  imports.open("n");
  const [a, b, c] = [file("a.csv"), file("b.csv.gz"), file("c.csv")];
  await imports.read([a, b, c]);
  expect(imports.canPart("t")).toBe(true);
  expect(imports.canPart("c")).toBe(false);
  await imports.readParts("t");
  expect(asked).toEqual([
    [[a, b, c], {}],
    [[a, b], { separate: source.files }],
  ]);
  imports.open("another");
  expect(imports.canPart("t")).toBe(false);
});

test("an engine that fails refuses each file with its message", async () => {
  const imports = new Imports(
    askOf({
      importFiles: async () => {
        throw new Error("the worker is gone");
      },
    }),
    async () => undefined,
  );
  imports.open("n");
  expect(await imports.read([file("a.csv"), file("b.csv")])).toEqual(
    ["a.csv", "b.csv"].map((name) => ({
      state: "refused",
      file: name,
      refusal: { why: "unreadable", message: "the worker is gone", line: null },
    })),
  );
});

test("the time left follows how fast bytes went so far, once they have for a while", () => {
  const left = new TimeLeft();
  const at = (done: number, phase: ImportProgress["phase"] = "importing"): ImportProgress => ({
    phase,
    file: "a.csv",
    done,
    total: 100,
  });
  expect(left.after(at(0, "inferring"), 0)).toBeNull();
  expect(left.after(at(0), 1000)).toBeNull();
  expect(left.after(at(10), 2000)).toBeNull();
  expect(left.after(at(50), 6000)).toBe(5);
  expect(left.after(at(100, "keeping"), 9000)).toBeNull();
});

test("an import that went well leaves the list by itself, one with a note later; a refused one stays", async () => {
  vi.useFakeTimers();
  const noted = { ...imported, notes: [{ note: "no-header" }] };
  const refused = { state: "refused", file: "c.csv", refusal: { why: "empty" } };
  const ends = [[imported], [noted], [refused]];
  const imports = new Imports(askOf({ importFiles: async () => ends.shift() }), async () => undefined);
  imports.open("n");
  for (const name of ["a.csv", "b.csv", "c.csv"]) await imports.read([file(name)]);
  const listed = (): string[] => imports.jobs.map(({ files }) => files[0]!);
  expect(listed()).toEqual(["a.csv", "b.csv", "c.csv"]);
  vi.advanceTimersByTime(8000);
  expect(listed()).toEqual(["b.csv", "c.csv"]);
  vi.advanceTimersByTime(60_000);
  expect(listed()).toEqual(["c.csv"]);
  imports.dismissEnded();
  expect(listed()).toEqual([]);
  vi.useRealTimers();
});
