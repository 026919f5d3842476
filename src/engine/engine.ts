import { expose, transfer } from "comlink";
import { datasets } from "../../datasets/registry.ts";
import { dataMethods, type DataEngine } from "../protocol/data.ts";
import { narrowPort } from "../protocol/narrow-port.ts";
import type { ImportResult } from "../protocol/import.ts";
import type { StorageState, TableInfo } from "../protocol/table-info.ts";
import { importFiles } from "./import/import-files.ts";
import { notebookData } from "./notebook-data.ts";
import type { NotebookTables } from "./notebook-tables.ts";
import { setRoles } from "./roles/set-roles.ts";
import { exportTable } from "./export/export-table.ts";
import { retype, typeLosses } from "./tables/retype.ts";
import { summarise } from "./tables/summary.ts";
import { undoRetype } from "./tables/undo-retype.ts";
import { OpenNotebooks } from "./open-notebooks.ts";
import type { Disk } from "./store/folder.ts";

/**
 * The data engine: one database a notebook. `load` gives DuckDB's compiled module and `openDisk` the place where tables are kept, where
 * there is one; each is called once, when first needed.
 */
export function createDataEngine(
  load: () => Promise<WebAssembly.Module>,
  openDisk: () => Promise<Disk | null> = () => Promise.resolve(null),
): DataEngine {
  const notebooks = new OpenNotebooks(load, openDisk);
  const kernels = new Map<string, AbortController>();
  const watchers = new Set<(notebook: string) => void>();
  const importing = new Set<{ readonly notebook: string; readonly cancel: AbortController }>();
  let imports: Promise<unknown> = Promise.resolve();

  /** A notebook's tables; those on disk are put into its database when they are needed (`loaded`, `allLoaded`). */
  const open = async (notebook: string): Promise<NotebookTables> => (await notebooks.get(notebook)).tables();
  const changed = (notebook: string): void => watchers.forEach((watcher) => watcher(notebook));
  const disconnect = (notebook: string): void => kernels.get(notebook)?.abort();
  const close = async (notebook: string): Promise<void> => {
    disconnect(notebook);
    kernels.delete(notebook);
    const ending = [...importing].filter((each) => each.notebook === notebook);
    for (const { cancel } of ending) cancel.abort();
    if (ending.length) await imports;
    await notebooks.close(notebook);
  };

  return {
    async open(notebook, options) {
      await notebooks.open(notebook, options, imports);
    },
    async ping() {
      // That it answers is the answer.
    },
    async connect(notebook, port) {
      // A kernel that comes after another one means that the other is gone: what it asked is no longer wanted.
      disconnect(notebook);
      const kernel = new AbortController();
      kernels.set(notebook, kernel);
      const opened = await notebooks.get(notebook);
      const tables = await opened.tables();
      const alive = AbortSignal.any([kernel.signal, opened.closed]);
      tables.results.clear();
      await tables.database.endTransaction();
      tables.relations.clear();
      expose(
        notebookData(tables, alive, () => {
          tables.order.clear();
          tables.retyped.forget();
          changed(notebook);
        }),
        narrowPort(port, dataMethods),
      );
    },
    close,
    async forget(notebook) {
      await close(notebook);
      await (await notebooks.disk())?.remove(notebook);
    },
    async keepOnly(kept) {
      await (await notebooks.disk())?.keepOnly(kept);
    },
    async tables(notebook) {
      return (await notebooks.get(notebook)).list();
    },
    async importFiles(notebook, files, name, progress, options) {
      // One import at a time; the others wait.
      const job = { notebook, cancel: new AbortController() };
      importing.add(job);
      const opened = notebooks.get(notebook);
      const result = imports.then(async (): Promise<readonly ImportResult[]> => {
        const { writable } = await opened;
        if (!writable)
          return files.map(({ path }) => ({ state: "refused", file: path, refusal: { why: "read-only" } }));
        const tables = await (await opened).tables();
        return importFiles(tables, files, name, progress, job.cancel.signal, options);
      });
      imports = result.catch(() => undefined).finally(() => importing.delete(job));
      const ended = await result;
      if (ended.some(({ state }) => state === "imported")) changed(notebook);
      return ended;
    },
    async cancelImport() {
      for (const { cancel } of importing) cancel.abort();
    },
    async rows(notebook, table, query) {
      const tables = await open(notebook);
      const rows = await tables.order.rows(await described(tables, table), query);
      return transfer(rows, [rows.buffer]);
    },
    async resultRows(notebook, result, offset, limit) {
      const rows = await (await open(notebook)).results.page(result, offset, limit);
      return transfer(rows, [rows.buffer]);
    },
    async countRows(notebook, table, filters) {
      const tables = await open(notebook);
      return tables.order.count(await described(tables, table), filters);
    },
    async summary(notebook, table, column) {
      const tables = await open(notebook);
      return summarise(tables.database, await described(tables, table), column);
    },
    async typeLosses(notebook, table, column) {
      const tables = await open(notebook);
      return typeLosses(tables.database, await described(tables, table), column);
    },
    async retype(notebook, table, column, kind, order) {
      const tables = await open(notebook);
      const retyped = await retype(tables, await described(tables, table), column, kind, order);
      changed(notebook);
      return retyped;
    },
    async undoRetype(notebook, undo) {
      const info = await undoRetype(await open(notebook), undo);
      changed(notebook);
      return info;
    },
    async setRoles(notebook, table, roles) {
      const info = await setRoles(await open(notebook), table, roles);
      changed(notebook);
      return info;
    },
    async rename(notebook, table, name) {
      const info = await (await open(notebook)).rename(table, name);
      changed(notebook);
      return info;
    },
    async dropTable(notebook, table) {
      const dropped = await (await open(notebook)).drop(table);
      changed(notebook);
      return dropped;
    },
    async restoreTable(notebook, dropped) {
      const info = await (await open(notebook)).restore(dropped);
      changed(notebook);
      return info;
    },
    async exportTable(notebook, table, format, progress) {
      const tables = await open(notebook);
      return exportTable(tables.database, await described(tables, table), format, progress);
    },
    async datasets() {
      return datasets.map(({ card }) => card);
    },
    async storage() {
      const nowhere: StorageState = { place: "memory", used: null, quota: null, persistent: false };
      return (await notebooks.disk())?.state() ?? nowhere;
    },
    async watch(changed) {
      watchers.add(changed);
    },
  };
}

/** A table of this name, with its rows in the database. */
async function described(tables: NotebookTables, table: string): Promise<TableInfo> {
  return tables.describe(await tables.loaded(table));
}
