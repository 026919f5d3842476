import { untilAborted } from "../core/until-aborted.ts";
import type { Table } from "../data/table.ts";
import type { DatasetOptions, NotebookData } from "../protocol/data.ts";
import { bundle } from "./bundle.ts";
import { md, type MarkdownText } from "./markdown.ts";
import type { OutputChannel } from "./output-channel.ts";
import { createSql, readTable } from "./sql.ts";
import { asOwnCall } from "./remote-error.ts";

/** What every cell can use without an import. */
export interface BuiltIns {
  /** Shows a value below the cell now; the same `id` updates it in place. */
  readonly display: (value: unknown, options?: { readonly id?: string }) => void;
  /** Runs one SQL statement on the notebook's tables: `${table}` of a Table is a relation, any other `${value}` a bound parameter. */
  readonly sql: (strings: TemplateStringsArray, ...values: unknown[]) => Promise<Table>;
  /** All rows of a table with the roles of its columns, e.g. `await table("telco")`. */
  readonly table: (name: string) => Promise<Table>;
  /** Generates a sample dataset and gives its table names, e.g. `await dataset("shop", { size: "S", seed: 1 })`. */
  readonly dataset: (id: string, options?: DatasetOptions) => Promise<string[]>;
  /** Markdown made by code, with values put in as text. */
  readonly md: (strings: TemplateStringsArray, ...values: unknown[]) => MarkdownText;
  /** Aborted when this cell is stopped. */
  readonly signal: AbortSignal;
}

/** The built-ins of one run. Calls to the data worker end with an AbortError when the run is stopped, and so do the queries there. */
export function createBuiltIns(data: NotebookData, outputs: OutputChannel, signal: AbortSignal): BuiltIns {
  const query: NotebookData["query"] = async (text, parameters) => {
    signal.throwIfAborted();
    return data.query(text, parameters);
  };
  const ofThisRun = { ...data, query };
  const sql = createSql(ofThisRun);
  const stoppable = <T>(call: () => Promise<T>): Promise<T> =>
    untilAborted(call, signal, () => void data.cancel());
  return {
    display(value, options = {}) {
      void outputs.show(bundle(options.id ?? outputs.nextId(), value));
    },
    sql: (strings, ...values) => stoppable(() => sql(strings, ...values)),
    table: (name) => stoppable(() => readTable(ofThisRun, name)),
    dataset: (id, options = {}) => stoppable(() => asOwnCall(() => data.dataset(id, options))),
    md,
    signal,
  };
}
