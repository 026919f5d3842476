import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { createKernel, type KernelHandle } from "../../../src/kernel/kernel.ts";
import type { NotebookData, SqlParameter } from "../../../src/protocol/data.ts";
import type { RunResult } from "../../../src/protocol/kernel.ts";
import type { Output } from "../../../src/protocol/output.ts";

/** A kernel whose data worker notes what it is asked and answers with one small table. */
export function kernelAtHand(answer: Partial<NotebookData> = {}) {
  const shown = new Map<string, Output>();
  const queries: { sql: string; parameters: readonly SqlParameter[] }[] = [];
  const released: string[] = [];
  const closed: string[] = [];
  const kernel: KernelHandle = createKernel({
    data: {
      query: async (sql, parameters) => {
        queries.push({ sql, parameters });
        return tableToArrow(Table.from({ n: [1, 2, 3] }));
      },
      open: async (sql, parameters) => {
        queries.push({ sql, parameters });
        return { state: "whole", rows: tableToArrow(Table.from({ n: [1, 2, 3] })) };
      },
      page: async (_result, offset, limit) =>
        tableToArrow(Table.from({ n: Array.from({ length: limit }, (_, i) => offset + i) })),
      close: async (result) => void closed.push(result),
      register: async (rows) => `lent.relation_${tableFromArrow(rows).numRows}`,
      release: async (relation) => void released.push(relation),
      cancel: async () => undefined,
      dropped: async () => [],
      dataset: async (id) => [`${id}.orders`],
      describe: async (name) => ({
        name,
        rows: 3,
        columns: [],
        source: { kind: "query" },
        kept: "memory",
        notes: [],
        rejected: null,
      }),
      ...answer,
    },
    output: (_cell, output) => void shown.set(output.id, output),
    importText: (code) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`),
    clearTimers: () => undefined,
  });
  const runCode = (code: string, inputs: readonly string[], outputs: readonly string[]): Promise<RunResult> =>
    kernel.run({ cell: "a", code, inputs, outputs });
  const run = (body: string, inputs: string[] = [], outputs: string[] = []): Promise<RunResult> =>
    runCode(
      `export default async ({${["__import", ...inputs].join()}}) => {${body}; return { value: undefined, exports: {${outputs.join()}} }}\n//# sourceURL=cell-a.ts`,
      inputs,
      outputs,
    );
  const text = (id: string): unknown => shown.get(id)?.data["text/plain"];
  return { kernel, run, runCode, shown, text, queries, released, closed };
}
