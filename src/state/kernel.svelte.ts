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
import { narrowPort } from "../protocol/narrow-port.ts";
import type { Output } from "../protocol/output.ts";
import type { DeviceInfo } from "../specs/training.ts";
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
  #fail: (error: Error) => void = () => undefined;
  #force: DeviceInfo["tier"] | undefined;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** `connect` exposes `NotebookData` on the port; `onoutput` shows an output below a cell. */
  constructor(
    private readonly connect: (port: MessagePort) => Promise<void>,
    private readonly onoutput: (cell: string, output: Output) => void,
  ) {}

  /** Starts the kernel where none runs yet. */
  async start(): Promise<void> {
    await this.#running();
  }

  /** Runs compiled code; resolves however the run ends, a stop or a restart included. */
  async run(request: RunRequest): Promise<RunResult> {
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    let kernel: Comlink.Remote<Kernel>;
    try {
      kernel = await this.#running();
    } catch (error) {
      const { name, message } = error as Error;
      return { state: "failed", seconds: seconds(), error: { name, message, frames: [], stack: "" } };
    }
    const generation = this.generation;
    this.status = { state: "running", cell: request.cell, since: Date.now() };
    const ended = new Promise<RunResult>((resolve) => (this.#end = resolve));
    try {
      return await Promise.race([kernel.run(request), ended]);
    } finally {
      this.#end = null;
      if (this.generation === generation && this.#kernel === kernel) this.status = { state: "idle" };
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
    await this.#running();
  }

  /** Ends the kernel at once. */
  close(): void {
    this.#sandbox?.terminate();
    this.#kernel = null;
    this.#starting = null;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const status = this.status;
    this.status = { state: "off" };
    this.#end?.({ state: "stopped", seconds: "since" in status ? (Date.now() - status.since) / 1000 : 0 });
    this.#end = null;
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

  async #running(): Promise<Comlink.Remote<Kernel>> {
    this.#starting ??= this.#start();
    try {
      return await this.#starting;
    } catch (error) {
      this.#starting = null;
      this.status = { state: "failed", message: (error as Error).message };
      throw error;
    }
  }

  async #start(): Promise<Comlink.Remote<Kernel>> {
    const generation = ++this.generation;
    this.status = { state: "starting" };
    const failed = new Promise<never>((_, reject) => (this.#fail = reject));
    this.#sandbox ??= new Sandbox((message) => this.#fail(new Error(message)));
    const page = new MessageChannel();
    const data = new MessageChannel();
    // Not awaited: the kernel can start, and cells without data run, while the database opens.
    this.connect(data.port1).catch((error: unknown) => {
      if (this.generation !== generation) return;
      this.close();
      this.status = { state: "failed", message: (error as Error).message };
    });
    const timer = setTimeout(() => this.#fail(new Error("the kernel did not answer")), startWithin);
    await this.#sandbox.start(page.port2, data.port2);
    const port = narrowPort(page.port1, hostMethods);
    const kernel = Comlink.wrap<Kernel>(port);
    Comlink.expose(this.#host(), port);
    await Promise.race([kernel.ping(), failed]);
    clearTimeout(timer);
    if (this.generation !== generation) throw new Error("the kernel was restarted");
    this.#kernel = kernel;
    this.status = { state: "idle" };
    this.#watch(kernel);
    void kernel.device(this.#force).then((device) => {
      if (this.#kernel === kernel) this.device = device;
    });
    return kernel;
  }

  #host(): KernelHost {
    return {
      output: (cell, output) => this.onoutput(cell, output),
      async asset(name) {
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
