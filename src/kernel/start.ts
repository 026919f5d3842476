import * as Comlink from "comlink";
import { setWasmBinaries } from "../compute/tfjs.ts";
import type { NotebookData } from "../protocol/data.ts";
import type { AssetName, KernelHost } from "../protocol/kernel.ts";
import { captureConsole, captureErrors } from "./console.ts";
import { createKernel } from "./kernel.ts";
import { Timers } from "./timers.ts";

/** Makes this worker a kernel: Comlink both ways on the page's port, `NotebookData` on the data worker's. */
export function startKernel(page: MessagePort, data: MessagePort): void {
  const host = Comlink.wrap<KernelHost>(page);
  const remote = Comlink.wrap<NotebookData>(data);
  const timers = new Timers(globalThis);
  const kernel = createKernel({
    data: {
      query: (sql, parameters) => remote.query(sql, parameters),
      open: (sql, parameters) => remote.open(sql, parameters),
      page: (result, offset, limit) => remote.page(result, offset, limit),
      close: (result) => remote.close(result),
      register: (rows) => remote.register(Comlink.transfer(rows, [rows.buffer])),
      release: (relation) => remote.release(relation),
      cancel: () => remote.cancel(),
      dropped: () => remote.dropped(),
      describe: (table) => remote.describe(table),
      dataset: (id, options) => remote.dataset(id, options),
    },
    output: (cell, output) => host.output(cell, Comlink.transfer(output, [...output.buffers])),
    importText,
    clearTimers: () => timers.clear(),
  });
  captureConsole(globalThis, kernel.write);
  captureErrors(globalThis, kernel.write);
  setWasmBinaries((name) => host.asset(name as AssetName));
  Comlink.expose(kernel, page);
}

async function importText(code: string): Promise<{ readonly default: unknown }> {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as { default: unknown };
  } finally {
    URL.revokeObjectURL(url);
  }
}
