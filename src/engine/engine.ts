import { expose, transfer } from "comlink";
import {
  dataMethods,
  type DataEngine,
  type ImportProgress,
  type ImportResult,
  type TableInfo,
} from "../protocol/data.ts";
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

  return {
    async open(notebook: string): Promise<void> {
      await open(notebook);
    },
    async connect(notebook: string, port: MessagePort): Promise<void> {
      // A kernel that comes after another one means that the other is gone: what it asked is no longer wanted.
      disconnect(notebook);
      const kernel = new AbortController();
      kernels.set(notebook, kernel);
      const tables = await open(notebook);
      await tables.database.endTransaction();
      tables.dropRelations();
      expose(
        notebookData(tables, kernel.signal, () => changed(notebook)),
        narrowPort(port, dataMethods),
      );
    },
    async close(notebook: string): Promise<void> {
      disconnect(notebook);
      kernels.delete(notebook);
      const tables = notebooks.get(notebook);
      notebooks.delete(notebook);
      await (await tables)?.database.close();
    },
    async tables(notebook: string): Promise<readonly TableInfo[]> {
      return (await open(notebook)).list();
    },
    async importFile(
      notebook: string,
      file: File,
      name: string | null,
      progress: (progress: ImportProgress) => void,
    ): Promise<ImportResult> {
      // One file at a time; the others wait.
      const { signal } = running;
      const result = imports.then(async () =>
        (await open(notebook)).importFile(file, name, progress, signal),
      );
      imports = result.catch(() => undefined);
      const ended = await result;
      if (ended.state === "imported") changed(notebook);
      return ended;
    },
    async cancelImport(): Promise<void> {
      running.abort();
      running = new AbortController();
    },
    async rows(notebook: string, table: string, offset: number, limit: number): Promise<Uint8Array> {
      const rows = (await open(notebook)).rows(table, offset, limit);
      return transfer(rows, [rows.buffer]);
    },
    async dropTable(notebook: string, table: string): Promise<void> {
      (await open(notebook)).drop(table);
      changed(notebook);
    },
    async watch(changed: (notebook: string) => void): Promise<void> {
      watchers.add(changed);
    },
  };
}
