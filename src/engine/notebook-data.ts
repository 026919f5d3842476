import { transfer } from "comlink";
import type { DatasetOptions, NotebookData, SqlParameter } from "../protocol/data.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import type { NotebookTables } from "./notebook-tables.ts";

const readsOnly = /^\s*(select|from|values|table|show|describe|desc|summarize|explain|pragma)\b/i;

/** What a notebook's cells may ask, as long as `kernel` lives. `changed` is called when its tables may have changed. */
export function notebookData(tables: NotebookTables, kernel: AbortSignal, changed: () => void): NotebookData {
  let queries = new AbortController();
  return {
    async query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array> {
      try {
        const signal = AbortSignal.any([kernel, queries.signal]);
        const rows = await tables.database.query(sql, parameters, signal);
        return transfer(rows, [rows.buffer]);
      } finally {
        if (!readsOnly.test(sql)) changed();
      }
    },
    async register(rows: Uint8Array): Promise<string> {
      kernel.throwIfAborted();
      return tables.addRelation(rows);
    },
    async release(relation: string): Promise<void> {
      tables.dropRelation(relation);
    },
    async cancel(): Promise<void> {
      queries.abort();
      queries = new AbortController();
    },
    async describe(table: string): Promise<TableInfo> {
      return tables.describe(table);
    },
    async dataset(id: string, options: DatasetOptions): Promise<string[]> {
      const names = await tables.addDataset(id, options);
      changed();
      return names;
    },
  };
}
