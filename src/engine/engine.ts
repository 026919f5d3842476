import { expose, transfer } from "comlink";
import { datasets } from "../../datasets/registry.ts";
import { dataMethods, type DataEngine } from "../protocol/data.ts";
import { narrowPort } from "../protocol/narrow-port.ts";
import { Database } from "./database.ts";
import { notebookData } from "./notebook-data.ts";
import { NotebookTables } from "./notebook-tables.ts";

/** The data engine: one database a notebook. `load` gives DuckDB's compiled module; it is called once, when first needed. */
export function createDataEngine(load: () => Promise<WebAssembly.Module>): DataEngine {
  const notebooks = new Map<string, Promise<NotebookTables>>();
  const kernels = new Map<string, AbortController>();
  const watchers = new Set<(notebook: string) => void>();
  let module: Promise<WebAssembly.Module> | null = null;
  let running = new AbortController();
  let imports: Promise<unknown> = Promise.resolve();

  const open = (notebook: string): Promise<NotebookTables> => {
    let tables = notebooks.get(notebook);
    if (!tables) {
      module ??= load().catch((error: unknown) => {
        module = null;
        throw error;
      });
      tables = module
        .then((compiled) => Database.open(compiled))
        .then((database) => new NotebookTables(database));
      tables.catch(() => notebooks.delete(notebook));
      notebooks.set(notebook, tables);
    }
    return tables;
  };
  const changed = (notebook: string): void => watchers.forEach((watcher) => watcher(notebook));
  const disconnect = (notebook: string): void => kernels.get(notebook)?.abort();
  const close = async (notebook: string): Promise<void> => {
    disconnect(notebook);
    kernels.delete(notebook);
    const tables = notebooks.get(notebook);
    notebooks.delete(notebook);
    await (await tables)?.database.close();
  };

  return {
    async open(notebook) {
      await open(notebook);
    },
    async connect(notebook, port) {
      // A kernel that comes after another one means that the other is gone: what it asked is no longer wanted.
      disconnect(notebook);
      const kernel = new AbortController();
      kernels.set(notebook, kernel);
      const tables = await open(notebook);
      tables.results.clear();
      await tables.database.endTransaction();
      tables.dropRelations();
      expose(
        notebookData(tables, kernel.signal, () => changed(notebook)),
        narrowPort(port, dataMethods),
      );
    },
    close,
    forget: close,
    async tables(notebook) {
      return (await open(notebook)).list();
    },
    async importFiles(notebook, files, name, progress) {
      // One import at a time; the others wait.
      const { signal } = running;
      const result = imports.then(async () => {
        const tables = await open(notebook);
        return Promise.all(files.map(({ file }) => tables.importFile(file, name, progress, signal)));
      });
      imports = result.catch(() => undefined);
      const ended = await result;
      if (ended.some(({ state }) => state === "imported")) changed(notebook);
      return ended;
    },
    async cancelImport() {
      running.abort();
      running = new AbortController();
    },
    async rows(notebook, table, { offset, limit }) {
      const rows = (await open(notebook)).rows(table, offset, limit);
      return transfer(rows, [rows.buffer]);
    },
    async resultRows(notebook, result, offset, limit) {
      const rows = await (await open(notebook)).results.page(result, offset, limit);
      return transfer(rows, [rows.buffer]);
    },
    countRows: soon,
    summary: soon,
    typeLosses: soon,
    retype: soon,
    setRoles: soon,
    rename: soon,
    async dropTable(notebook, table) {
      (await open(notebook)).drop(table);
      changed(notebook);
      return table;
    },
    restoreTable: soon,
    exportTable: soon,
    async datasets() {
      return datasets.map(({ card }) => card);
    },
    storage: soon,
    async watch(changed) {
      watchers.add(changed);
    },
  };
}

function soon(): never {
  throw new Error("being built");
}
