import { transfer } from "comlink";
import type { DatasetOptions, NotebookData, OpenedResult, SqlParameter } from "../protocol/data.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import type { NotebookTables } from "./notebook-tables.ts";

const readsOnly = /^\s*(select|from|values|table|show|describe|desc|summarize|explain|pragma)\b/i;

function mayChange(sql: string): boolean {
  return !readsOnly.test(sql) || sql.includes(";");
}

/** What a notebook's cells may ask, as long as `kernel` lives. `changed` is called when its tables may have changed. */
export function notebookData(tables: NotebookTables, kernel: AbortSignal, changed: () => void): NotebookData {
  let queries = new AbortController();
  const wanted = (): AbortSignal => AbortSignal.any([kernel, queries.signal]);
  return {
    async query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array> {
      const signal = wanted();
      try {
        await tables.allLoaded(signal);
        const rows = await tables.database.query(sql, parameters, signal);
        return transfer(rows, [rows.buffer]);
      } finally {
        if (mayChange(sql)) changed();
      }
    },
    async open(sql: string, parameters: readonly SqlParameter[]): Promise<OpenedResult> {
      const signal = wanted();
      try {
        await tables.allLoaded(signal);
        const opened = await tables.results.open(sql, parameters, signal);
        const { buffer } = opened.state === "whole" ? opened.rows : opened.first;
        return transfer(opened, [buffer]);
      } finally {
        if (mayChange(sql)) changed();
      }
    },
    async page(result: string, offset: number, limit: number): Promise<Uint8Array> {
      const rows = await tables.results.page(result, offset, limit, wanted());
      return transfer(rows, [rows.buffer]);
    },
    async close(result: string): Promise<void> {
      tables.results.close(result);
    },
    async register(rows: Uint8Array): Promise<string> {
      kernel.throwIfAborted();
      return tables.relations.add(rows);
    },
    async release(relation: string): Promise<void> {
      tables.relations.drop(relation);
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
