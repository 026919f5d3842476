import { setSession } from "../library/session.ts";
import { chooseDevice, forceDevice } from "../compute/device.ts";
import type { NotebookData } from "../protocol/data.ts";
import type { Kernel, RunRequest, RunResult } from "../protocol/kernel.ts";
import type { Output } from "../protocol/output.ts";
import type { Measured, Runner, SpeedSize } from "../specs/speed.ts";
import type { DeviceInfo } from "../specs/training.ts";
import { isViewSpec } from "../specs/spec.ts";
import { untilAborted } from "../core/until-aborted.ts";
import { createBuiltIns } from "./built-ins.ts";
import { bundle } from "./bundle.ts";
import { watchDrops } from "./dropped-tables.ts";
import { abortError, cellError } from "./errors.ts";
import { withImport } from "./modules.ts";
import { evaluate } from "./evaluate.ts";
import { OutputChannel } from "./output-channel.ts";
import { asOwnCall } from "./remote-error.ts";
import { createSqlCell, type SqlCell } from "./sql-cell.ts";

/** What the kernel needs of the world around it. */
export interface KernelWorld {
  readonly data: NotebookData;
  /** Shows an output below a cell; may give a promise that is resolved once it is drawn. */
  readonly output: (cell: string, output: Output) => unknown;
  /** Imports the text of an ES module; gives its namespace. */
  readonly importText: (code: string) => Promise<{ readonly default: unknown }>;
  /** Clears the timers that a stopped run left. */
  readonly clearTimers: () => void;
}

/** A kernel and the way its `console` is caught: text goes to the cell that ran last. */
export interface KernelHandle extends Kernel {
  readonly write: (stream: "stdout" | "stderr", text: string) => void;
}

/** Runs cells one at a time and keeps their variables. */
export function createKernel(world: KernelWorld): KernelHandle {
  const variables = new Map<string, unknown>();
  const channels = new Map<string, OutputChannel>();
  const stops = new Map<string, () => void>();
  /** What the results of each cell hold on to that are too large for a Table. */
  const holds = new Map<string, (() => Promise<void>)[]>();
  let line: Promise<unknown> = Promise.resolve();
  let current: AbortController | null = null;
  let last: OutputChannel | null = null;

  async function run(request: RunRequest): Promise<RunResult> {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    const controller = (current = new AbortController());
    channels.get(request.cell)?.close();
    const outputs = new OutputChannel((output) => world.output(request.cell, output));
    channels.set(request.cell, outputs);
    last = outputs;
    let device: DeviceInfo | null = null;
    const held: (() => Promise<void>)[] = [];
    const before = holds.get(request.cell) ?? [];
    holds.set(request.cell, held);
    const { data, notice } = watchDrops(world.data);
    const tell = async (): Promise<void> => {
      const output = await untilAborted(notice, controller.signal, () => void data.cancel()).catch(
        () => null,
      );
      if (output) void outputs.show(output);
    };
    const builtIns = createBuiltIns(data, outputs, controller.signal);
    const sqlCell = createSqlCell(data, (release) => held.push(release));
    const query: SqlCell = (statement, ...values) =>
      untilAborted(
        () => sqlCell(statement, ...values),
        controller.signal,
        () => void world.data.cancel(),
      );
    setSession({
      signal: controller.signal,
      sql: builtIns.sql,
      describe: (table) => asOwnCall(() => world.data.describe(table)),
      display(value, options = {}) {
        if (isViewSpec(value) && value.view === "training") device = value.device;
        return outputs.show(bundle(options.id ?? outputs.nextId(), value));
      },
      onStopFit(fit, stop) {
        stops.set(fit, stop);
        return () => stops.delete(fit);
      },
    });
    try {
      for (const release of before) await release();
      const stopped = new Promise<never>((_, reject) => {
        controller.signal.addEventListener("abort", () => reject(abortError()), { once: true });
      });
      const work = evaluate(request, variables, builtIns, query, world.importText);
      const { value, exports } = await Promise.race([work, stopped]);
      for (const name of request.outputs) variables.set(name, exports[name]);
      if (value !== undefined) void outputs.show(bundle("result", value));
      await tell();
      outputs.flush();
      return { state: "done", seconds: seconds(), device };
    } catch (error) {
      if (controller.signal.aborted) {
        outputs.flush();
        outputs.close();
        world.clearTimers();
        return { state: "stopped", seconds: seconds() };
      }
      await tell();
      outputs.flush();
      return { state: "failed", seconds: seconds(), error: await withImport(cellError(error)) };
    } finally {
      current = null;
      setSession(null);
    }
  }

  async function measureSpeed(caseId: string, runner: Runner, size: SpeedSize): Promise<Measured> {
    const { signal } = (current = new AbortController());
    try {
      return await (await speed()).speedCaseOf(caseId).run(runner, size, signal);
    } finally {
      current = null;
    }
  }

  /** Does work after all that waits in line. */
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const next = line.then(work);
    line = next.catch(() => undefined);
    return next;
  }

  return {
    run: (request) => inLine(() => run(request)),
    speedCases: async () =>
      (await speed()).speedCases.map(({ id, sizes, runners }) => ({ id, sizes, runners })),
    measureSpeed: (caseId, runner, size) => inLine(() => measureSpeed(caseId, runner, size)),
    interrupt: () => current?.abort(abortError()),
    stopFit: (fit) => stops.get(fit)?.(),
    device: (force) => (force ? forceDevice(force) : chooseDevice()),
    ping: () => true,
    write: (stream, text) => last?.write(stream, text),
  };
}

/** What measures: most kernels never do. */
const speed = () => import("../speed/registry.ts");
