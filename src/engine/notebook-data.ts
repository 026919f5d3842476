import { transfer } from "comlink";
import type { DatasetOptions, NotebookData, SqlParameter } from "../protocol/data.ts";
import type { NotebookTables } from "./notebook-tables.ts";

const readsOnly = /^\s*(select|from|values|table|show|describe|desc|summarize|explain|pragma)\b/i;

/** What a notebook's cells may ask, as long as `signal` lives. `changed` is called when its tables may have changed. */
export function notebookData(tables: NotebookTables, signal: AbortSignal, changed: () => void): NotebookData {
  return {
    async query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array> {
      try {
        const rows = await tables.database.query(sql, parameters, signal);
        return transfer(rows, [rows.buffer]);
      } finally {
        if (!readsOnly.test(sql)) changed();
      }
    },
    async register(rows: Uint8Array): Promise<string> {
      return tables.addRelation(rows);
    },
    async release(relation: string): Promise<void> {
      tables.dropRelation(relation);
    },
    async dataset(id: string, options: DatasetOptions): Promise<string[]> {
      const names = await tables.addDataset(id, options);
      changed();
      return names;
    },
  };
}
