import * as Comlink from "comlink";
import { expect, test, vi } from "vitest";
import type { OpenOptions } from "../../../src/protocol/data.ts";
import { Tables } from "../../../src/state/data.svelte.ts";

/** Tables whose data worker is this object, made as often as it is started. */
function tablesOf(engine: object, persist = (): Promise<boolean> => Promise.resolve(true)) {
  const started = { count: 0 };
  const tables = new Tables(() => {
    started.count++;
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(engine, port1);
    return Object.assign(port2, { terminate: () => port2.close() }) as unknown as Worker;
  }, persist);
  return { tables, started };
}

/** How the import of one file ended. */
async function imports(tables: Tables, file: File) {
  return (await tables.imports.read([{ file, path: file.name }]))[0];
}

const owned: OpenOptions = { truth: true, writable: true };
const table = { name: "t", rows: 1, columns: [], source: { kind: "query" } };
const engine = {
  open: (): void => undefined,
  watch: (): void => undefined,
  datasets: (): unknown[] => [],
  tables: (): unknown[] => [table],
  importFiles: (): unknown => [{ state: "imported", table, notes: [] }],
};

test("an import whose list cannot be read does not keep the next one from running", async () => {
  let failing = true;
  const { tables } = tablesOf({
    ...engine,
    tables: () => {
      if (failing) throw new Error("no list");
      return [table];
    },
  });
  await tables.open("n", owned);
  await expect(imports(tables, new File(["a"], "a.csv"))).rejects.toThrow("no list");
  failing = false;
  expect(await imports(tables, new File(["a"], "b.csv"))).toMatchObject({ state: "imported" });
});

test("a database that does not open leaves the worker, and the other notebooks' tables, alone", async () => {
  let failing = false;
  const { tables, started } = tablesOf({
    ...engine,
    open: () => {
      if (failing) throw new Error("no memory");
    },
  });
  await tables.open("a", owned);
  await tables.refresh();
  failing = true;
  await expect(tables.open("b", owned)).rejects.toThrow("no memory");
  expect(tables.status).toMatchObject({ state: "failed" });
  failing = false;
  await tables.open("a", owned);
  expect(tables.list).toHaveLength(1);
  expect([started.count, tables.status.state]).toEqual([1, "ready"]);
});

test("a deleted table is had back once, and only until another is deleted", async () => {
  const restored: string[] = [];
  const { tables } = tablesOf({
    ...engine,
    dropTable: (_: string, name: string) => `dropped ${name}`,
    restoreTable: (_: string, id: string) => {
      restored.push(id);
      return table;
    },
  });
  await tables.open("n", owned);
  const first = await tables.drop("a");
  const second = await tables.drop("b");
  expect(await first.restore()).toBeNull();
  expect(await second.restore()).toMatchObject({ name: "t" });
  expect(await second.restore()).toBeNull();
  expect([restored, tables.dropped]).toEqual([["dropped b"], null]);
});

/** Tables of these names, of which one can be deleted and had back, as in the engine. */
function namedTables(...names: readonly string[]) {
  const done: string[] = [];
  const state = { names, dropped: "", fails: false };
  const { tables } = tablesOf({
    ...engine,
    tables: () => state.names.map((name) => ({ ...table, name })),
    dropTable: (_: string, name: string) => {
      done.push(`drop ${name}`);
      state.names = state.names.filter((each) => each !== name);
      state.dropped = name;
      return "id";
    },
    rename: (_: string, name: string, to: string) => {
      if (state.fails || !state.names.includes(name) || state.names.includes(to)) throw new Error("no");
      done.push(`${name} is ${to}`);
      state.names = state.names.map((each) => (each === name ? to : each));
      return { ...table, name: to };
    },
    restoreTable: () => {
      if (state.fails) throw new Error("no");
      done.push(`restore ${state.dropped}`);
      state.names = [...state.names, state.dropped];
      return { ...table, name: state.dropped };
    },
  });
  return { tables, done, state };
}

test("a table takes the place of another, which is had back beside it", async () => {
  const { tables, done, state } = namedTables("sales", "sales_2");
  await tables.open("n", owned);
  const { restore } = await tables.replace("sales", "sales_2");
  expect(tables.dropped).toMatchObject({ name: "sales", replaced: true });
  await restore();
  expect(done.splice(0)).toEqual(["drop sales", "sales_2 is sales", "sales is sales_2", "restore sales"]);
  expect([state.names, tables.dropped]).toEqual([["sales_2", "sales"], null]);
});

test("a table whose place cannot be taken stays in it", async () => {
  const { tables, done } = namedTables("sales");
  await tables.open("n", owned);
  await expect(tables.replace("sales", "sales_2")).rejects.toThrow("no");
  expect([done, tables.dropped]).toEqual([["drop sales", "restore sales"], null]);
});

test("a replaced table is had back though the one in its place has another name since", async () => {
  const { tables, state } = namedTables("sales", "sales_2");
  await tables.open("n", owned);
  const { restore } = await tables.replace("sales", "sales_2");
  await tables.rename("sales", "sales_new");
  expect(await restore()).toMatchObject({ name: "sales" });
  expect(state.names).toEqual(["sales_new", "sales"]);
});

test("a replaced table is had back though the name of the one in its place is taken, whatever the case", async () => {
  const { tables, state } = namedTables("sales", "sales_2");
  await tables.open("n", owned);
  const { restore } = await tables.replace("sales", "sales_2");
  await tables.rename("sales", "Sales");
  state.names = [...state.names, "SALES_2"];
  await tables.refresh();
  await restore();
  expect(state.names).toEqual(["sales_2_2", "SALES_2", "sales"]);
});

test("a table that could not be had back is still on offer", async () => {
  const { tables, state } = namedTables("sales", "sales_2");
  await tables.open("n", owned);
  const dropped = await tables.replace("sales", "sales_2");
  state.fails = true;
  await expect(dropped.restore()).rejects.toThrow("no");
  expect(tables.dropped).toBe(dropped);
  state.fails = false;
  expect(await dropped.restore()).toMatchObject({ name: "sales" });
  expect(tables.dropped).toBeNull();
});

test("a table that could not be had back is not offered in the notebook that is open by now", async () => {
  const { tables, state } = namedTables("sales");
  await tables.open("n", owned);
  const { restore } = await tables.drop("sales");
  state.fails = true;
  const failing = expect(restore()).rejects.toThrow("no");
  await tables.open("other", owned);
  await failing;
  expect(tables.dropped).toBeNull();
});

test("a notebook that is left may be changed by other tabs once its imports have ended, unless it is open again", async () => {
  const opened: [string, boolean][] = [];
  let finish = (): void => undefined;
  const { tables } = tablesOf({
    ...engine,
    open: (notebook: string, { writable }: OpenOptions) => opened.push([notebook, writable]),
    importFiles: () =>
      new Promise((resolve) => (finish = () => resolve([{ state: "imported", table, notes: [] }]))),
  });
  await tables.open("a", owned);
  const importing = imports(tables, new File(["a"], "a.csv"));
  await vi.waitFor(() => expect(opened).toContainEqual(["a", true]));
  const releases = [tables.release("a")];
  await tables.open("b", owned);
  expect(opened).not.toContainEqual(["a", false]);
  await vi.waitFor(() => finish());
  await importing;
  await Promise.all(releases);
  expect(opened.at(-1)).toEqual(["a", false]);
  const again = tables.release("b");
  await tables.open("b", owned);
  await again;
  expect(opened).not.toContainEqual(["b", false]);
});

test("the browser is asked once not to clear what is kept, and only when something is", async () => {
  let kept = "disk-full";
  let asked = 0;
  const persist = async (): Promise<boolean> => {
    asked++;
    return false;
  };
  const { tables } = tablesOf({ ...engine, tables: () => [{ ...table, kept }] }, persist);
  await tables.open("n", owned);
  await imports(tables, new File(["a"], "a.csv"));
  expect(asked).toBe(0);
  kept = "disk";
  await imports(tables, new File(["a"], "b.csv"));
  await imports(tables, new File(["a"], "c.csv"));
  expect(asked).toBe(1);
});

test("a column that lost values can be had back until tables are changed next", async () => {
  const undone: string[] = [];
  let tell: (notebook: string) => void = () => undefined;
  const { tables } = tablesOf({
    ...engine,
    watch: (changed: typeof tell) => void (tell = changed),
    retype: (_: string, __: string, column: string) => ({ table, undo: column === "a" ? "u" : null }),
    undoRetype: (_: string, undo: string) => {
      undone.push(undo);
      return table;
    },
    setRoles: () => table,
  });
  await tables.open("n", owned);
  await tables.retype("t", "b", "text", null);
  expect(tables.retyped).toBeNull();
  await tables.retype("t", "a", "integer", null);
  expect(tables.retyped).toMatchObject({ table: "t", column: "a" });
  await tables.retyped!.restore();
  expect([undone, tables.retyped]).toEqual([["u"], null]);
  await tables.retype("t", "a", "integer", null);
  await tables.setRole("t", "b", "user");
  expect(tables.retyped).toBeNull();
  await tables.retype("t", "a", "integer", null);
  tell("n");
  await vi.waitFor(() => expect(tables.retyped).toBeNull());
});

test("imported tables that are not on disk are in this tab alone; sample data and what cells made are not of them", async () => {
  const source = { kind: "file", files: ["a.csv"], bytes: 1, recognised: null };
  const list = [
    { ...table, name: "kept", source, kept: "disk" },
    { ...table, name: "full", source, kept: "disk-full" },
    { ...table, name: "broken", source, kept: { failed: "no disk" } },
    { ...table, name: "made", kept: "memory" },
    { ...table, name: "shop.orders", source: { kind: "dataset", id: "shop", truth: false }, kept: "memory" },
  ];
  const { tables } = tablesOf({ ...engine, tables: () => list });
  await tables.open("n", owned);
  await tables.refresh();
  expect(tables.onlyHere.map(({ name }) => name)).toEqual(["full", "broken"]);
});
