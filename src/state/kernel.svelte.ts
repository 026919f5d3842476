import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import plainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import * as Comlink from "comlink";
import {
  hostMethods,
  type AssetName,
  type Kernel,
  type KernelHost,
  type RunRequest,
  type RunResult,
} from "../protocol/kernel.ts";
import { areSpeedCases, isMeasured } from "../protocol/check-speed.ts";
import { isRunResult } from "../protocol/check.ts";
import { narrowPort } from "../protocol/narrow-port.ts";
import type { Output } from "../protocol/output.ts";
import type { Measured, Runner, SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";
import type { DeviceInfo } from "../specs/training.ts";
import { drawn } from "./drawn.ts";
import { OutputGate } from "./output-gate.ts";
import { Sandbox } from "./sandbox.ts";

/** What the kernel is doing. `silent` is a kernel that has not answered since then: busy without a pause, or out of memory. */
export type KernelStatus =
  | { readonly state: "off" | "starting" | "idle" }
  | { readonly state: "running"; readonly cell: string; readonly since: number }
  | { readonly state: "silent"; readonly cell: string | null; readonly since: number }
  | { readonly state: "failed"; readonly message: string };

const assetUrls: Readonly<Record<AssetName, string>> = {
  "tfjs-backend-wasm.wasm": plainUrl,
  "tfjs-backend-wasm-simd.wasm": simdUrl,
};

const pingEvery = 2000;
const silentAfter = 8000;
const graceToStop = 400;
const startWithin = 30_000;

/** The end of a start that was closed before it was done. */
const closed = new Error("the kernel was closed");

/** The page's end of the kernel of one notebook: starts it, runs cells in it, stops it, and notices when it falls silent. */
export class KernelClient {
  status = $state<KernelStatus>({ state: "off" });
  /** Where models train, once the kernel has said so. */
  device = $state<DeviceInfo | null>(null);
  /** Counts the kernels started; variables live as long as one of them. */
  generation = $state(0);

  #sandbox: Sandbox | null = null;
  #kernel: Comlink.Remote<Kernel> | null = null;
  #starting: Promise<Comlink.Remote<Kernel>> | null = null;
  #end: ((result: RunResult) => void) | null = null;
  #fail: (error: unknown) => void = () => undefined;
  #outputs: OutputGate | null = null;
  #force: DeviceInfo["tier"] | undefined;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** `connect` exposes `NotebookData` on the port; `onoutput` shows an output below a cell. */
  constructor(
    private readonly connect: (port: MessagePort) => Promise<void>,
    private readonly onoutput: (cell: string, output: Output) => void,
  ) {}

  /** Starts the kernel where none runs yet. */
  async start(): Promise<void> {
    await this.#running().catch((error: unknown) => {
      if (error !== closed) throw error;
    });
  }

  /** Runs compiled code; resolves however the run ends, a stop or a restart included. */
  async run(request: RunRequest): Promise<RunResult> {
    const started = performance.now();
    let end: (result: RunResult) => void = () => undefined;
    const ended = new Promise<RunResult>((resolve) => (this.#end = end = resolve));
    try {
      return await Promise.race([this.#run(request), ended]);
    } catch (error) {
      return failure(error as Error, (performance.now() - started) / 1000);
    } finally {
      if (this.#end === end) this.#end = null;
    }
  }

  /** Stops the cell that runs: by its signal, and where it does not heed that within 0.4 s, by a restart. */
  async stop(): Promise<void> {
    const end = this.#end;
    if (!end) return;
    void this.#kernel?.interrupt();
    await new Promise((resolve) => setTimeout(resolve, graceToStop));
    if (this.#end === end) await this.restart();
  }

  /** Ends the kernel and starts a clean one; the document is untouched. */
  async restart(): Promise<void> {
    this.close();
    await this.start();
  }

  /** Ends the kernel at once, or its start; the cell that runs is stopped. */
  close(): void {
    const { status } = this;
    this.#close({ state: "stopped", seconds: "since" in status ? (Date.now() - status.since) / 1000 : 0 });
  }

  /** Ends a fit early; it keeps its best weights so far. */
  stopFit(fit: string): void {
    void this.#kernel?.stopFit(fit);
  }

  /** Says where models train; `tier` forces one from here on, restarts included. */
  async useDevice(tier: DeviceInfo["tier"]): Promise<DeviceInfo> {
    this.#force = tier;
    const kernel = await this.#running();
    this.device = await kernel.device(tier);
    return this.device;
  }

  /** Says where models train. */
  async findDevice(): Promise<DeviceInfo> {
    const kernel = await this.#running();
    this.device = await kernel.device(this.#force);
    return this.device;
  }

  /** What the kernel can measure. */
  async speedCases(): Promise<readonly SpeedCaseInfo[]> {
    const found: unknown = await (await this.#running()).speedCases();
    if (!areSpeedCases(found)) throw new TypeError("the kernel did not say what it can measure");
    return found;
  }

  /** Measures one case, once the cell that runs has ended. */
  async measureSpeed(caseId: string, runner: Runner, size: SpeedSize): Promise<Measured> {
    const measured: unknown = await (await this.#running()).measureSpeed(caseId, runner, size);
    if (!isMeasured(measured)) throw new TypeError("the kernel did not say what it measured");
    return measured;
  }

  async #run(request: RunRequest): Promise<RunResult> {
    const kernel = await this.#running();
    this.#outputs = new OutputGate(request.cell, this.onoutput);
    this.status = { state: "running", cell: request.cell, since: Date.now() };
    try {
      const result: unknown = await kernel.run(request);
      if (!isRunResult(result)) throw new TypeError("the kernel did not say how the run ended");
      return result;
    } finally {
      if (this.#kernel === kernel) this.status = { state: "idle" };
    }
  }

  #close(result: RunResult): void {
    this.#sandbox?.remove();
    this.#sandbox = null;
    this.#kernel = null;
    this.#starting = null;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.status = { state: "off" };
    this.#end?.(result);
    this.#end = null;
    this.#fail(closed);
  }

  async #running(): Promise<Comlink.Remote<Kernel>> {
    const starting = (this.#starting ??= this.#start());
    try {
      return await starting;
    } catch (error) {
      if (this.#starting === starting) {
        this.#close(failure(error as Error, 0));
        this.status = { state: "failed", message: (error as Error).message };
      }
      throw error;
    }
  }

  async #start(): Promise<Comlink.Remote<Kernel>> {
    const generation = ++this.generation;
    this.status = { state: "starting" };
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    const fail = this.#fail;
    // It may fail when nobody waits for it any more.
    failed.catch(() => undefined);
    const sandbox = (this.#sandbox = new Sandbox((message) => fail(new Error(message))));
    const page = new MessageChannel();
    const data = new MessageChannel();
    // Not awaited: the kernel can start, and cells without data run, while the database opens.
    this.connect(data.port1).catch((error: unknown) => {
      if (this.generation !== generation) return;
      this.#close(failure(error as Error, 0));
      this.status = { state: "failed", message: (error as Error).message };
    });
    const timer = setTimeout(() => fail(new Error("the kernel did not answer")), startWithin);
    const port = narrowPort(page.port1, hostMethods);
    const kernel = Comlink.wrap<Kernel>(port);
    Comlink.expose(this.#host(), port);
    try {
      await Promise.race([sandbox.start(page.port2, data.port2), failed]);
      await Promise.race([kernel.ping(), failed]);
    } finally {
      clearTimeout(timer);
    }
    this.#kernel = kernel;
    this.status = { state: "idle" };
    this.#watch(kernel);
    void kernel.device(this.#force).then(
      (device) => {
        if (this.#kernel === kernel) this.device = device;
      },
      // Who trains without a device is told so by the cell.
      () => undefined,
    );
    return kernel;
  }

  #host(): KernelHost {
    return {
      output: async (cell, output) => {
        this.#outputs?.show(cell, output);
        await drawn();
      },
      async asset(name) {
        if (!Object.hasOwn(assetUrls, name)) throw new RangeError("no such file");
        const response = await fetch(assetUrls[name]);
        if (!response.ok) throw new Error(`"${name}" could not be read: ${response.status}`);
        const bytes = await response.arrayBuffer();
        return Comlink.transfer(bytes, [bytes]);
      },
    };
  }

  /** Pings; a kernel that has not answered for 8 s is silent until it does. */
  #watch(kernel: Comlink.Remote<Kernel>): void {
    let answered = Date.now();
    let waiting = false;
    this.#timer = setInterval(() => {
      if (!waiting) {
        waiting = true;
        void kernel.ping().then(() => {
          waiting = false;
          answered = Date.now();
          if (this.#kernel === kernel && this.status.state === "silent") this.#heard(this.status);
        });
      }
      const { status } = this;
      if (this.#kernel !== kernel || Date.now() - answered < silentAfter) return;
      if (status.state === "running")
        this.status = { state: "silent", cell: status.cell, since: status.since };
      else if (status.state === "idle") this.status = { state: "silent", cell: null, since: answered };
    }, pingEvery);
  }

  #heard(status: Extract<KernelStatus, { state: "silent" }>): void {
    this.status =
      status.cell === null ? { state: "idle" } : { state: "running", cell: status.cell, since: status.since };
  }
}

function failure({ name, message }: Error, seconds: number): RunResult {
  return { state: "failed", seconds, error: { name, message, frames: [], stack: "" } };
}
