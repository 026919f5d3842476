import * as Comlink from "comlink";
import { expect, test } from "vitest";
import { Tables } from "../../../src/state/data.svelte.ts";

/** Tables whose data worker is this object, made as often as it is started. */
function tablesOf(engine: object) {
  const started = { count: 0 };
  const tables = new Tables(() => {
    started.count++;
    const { port1, port2 } = new MessageChannel();
    Comlink.expose(engine, port1);
    return Object.assign(port2, { terminate: () => port2.close() }) as unknown as Worker;
  });
  return { tables, started };
}

/** How the import of one file ended. */
async function imports(tables: Tables, file: File) {
  return (await tables.imports.read([{ file, path: file.name }]))[0];
}

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
  await tables.open("n");
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
  await tables.open("a");
  await tables.refresh();
  failing = true;
  await expect(tables.open("b")).rejects.toThrow("no memory");
  expect(tables.status).toMatchObject({ state: "failed" });
  failing = false;
  await tables.open("a");
  expect(tables.list).toHaveLength(1);
  expect([started.count, tables.status.state]).toEqual([1, "ready"]);
});

test("a role that is given is taken from the column that had it, however quickly one follows the other", async () => {
  const roles: Record<string, string | null> = { a: null, b: null };
  const columns = () => Object.entries(roles).map(([name, role]) => ({ name, role }));
  const { tables } = tablesOf({
    ...engine,
    tables: () => [{ ...table, columns: columns() }],
    setRoles: (_: string, __: string, given: Record<string, string | null>) => Object.assign(roles, given),
  });
  await tables.open("n");
  await tables.refresh();
  void tables.setRole("t", "a", "item");
  await tables.setRole("t", "b", "item");
  expect(roles).toEqual({ a: null, b: "item" });
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
  await tables.open("n");
  const first = await tables.drop("a");
  const second = await tables.drop("b");
  expect(await first.restore()).toBeNull();
  expect(await second.restore()).toMatchObject({ name: "t" });
  expect(await second.restore()).toBeNull();
  expect([restored, tables.dropped]).toEqual([["dropped b"], null]);
});
