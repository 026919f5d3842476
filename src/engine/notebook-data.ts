import { transfer } from "comlink";
import type { DatasetOptions, NotebookData, OpenedResult, SqlParameter } from "../protocol/data.ts";
import type { TableInfo } from "../protocol/table-info.ts";
import type { NotebookTables } from "./notebook-tables.ts";
import { DuckDBError } from "./duckdb-error.ts";
import { placeOfMessage } from "./sql-place.ts";
import { readsOnly } from "./sql.ts";
import { suggestOwnTable } from "./suggest-table.ts";

/** What a notebook's cells may ask, as long as `kernel` lives. `changed` is called when its tables may have changed. */
export function notebookData(tables: NotebookTables, kernel: AbortSignal, changed: () => void): NotebookData {
  let queries = new AbortController();
  // What earlier kernels took out is no news of this one.
  let told = new Set(tables.index.dropped().map(({ id }) => id));
  const wanted = (): AbortSignal => AbortSignal.any([kernel, queries.signal]);
  /** Runs SQL, with the tables in the database that it may read. */
  const run = async <Result>(
    sql: string,
    query: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    const signal = wanted();
    try {
      await tables.loadedFor(sql, signal);
      return await query(signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DuckDBError)) throw error;
      const { unread } = tables.index;
      const message = suggestOwnTable(error.message, tables.index.names());
      throw new DuckDBError([message, ...unread].join("\n"), { cause: error });
    } finally {
      if (!readsOnly(sql)) changed();
    }
  };
  return {
    async query(sql: string, parameters: readonly SqlParameter[]): Promise<Uint8Array> {
      const rows = await run(sql, (signal) => tables.database.query(sql, parameters, signal));
      return transfer(rows, [rows.buffer]);
    },
    async open(sql: string, parameters: readonly SqlParameter[]): Promise<OpenedResult> {
      try {
        const opened = await run(sql, (signal) => tables.results.open(sql, parameters, signal));
        const { buffer } = opened.state === "whole" ? opened.rows : opened.first;
        return transfer(opened, [buffer]);
      } catch (error) {
        if (!(error instanceof DuckDBError)) throw error;
        return { state: "refused", refusal: placeOfMessage(error.message, sql) };
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
    async dropped(): Promise<readonly string[]> {
      const dropped = tables.index.dropped();
      const names = dropped.filter(({ id }) => !told.has(id)).map(({ name }) => name);
      told = new Set(dropped.map(({ id }) => id));
      return names;
    },
    async describe(table: string): Promise<TableInfo> {
      return tables.describe(table);
    },
    async dataset(id: string, options: DatasetOptions): Promise<string[]> {
      const names = await tables.addDataset(id, options, wanted());
      changed();
      return names;
    },
  };
}
