import type { Measured, Runner, SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";
import type { DeviceInfo } from "../specs/training.ts";
import type { CellError, Output } from "./output.ts";

/** What the page sends to run a cell: code made by the cell compiler, never source. */
export interface RunRequest {
  readonly cell: string;
  /** Text of an ES module: `export default async (inputs) => ({ value, exports })`. */
  readonly code: string;
  /** Names the code takes from other cells or the built-ins. */
  readonly inputs: readonly string[];
  /** Names the code defines for other cells. */
  readonly outputs: readonly string[];
}

/** How a run ended. Positions in the error are those of the code that was sent; the page maps them to the source. */
export type RunResult =
  | { readonly state: "done"; readonly seconds: number; readonly device: DeviceInfo | null }
  | { readonly state: "failed"; readonly seconds: number; readonly error: CellError }
  | { readonly state: "stopped"; readonly seconds: number };

/** What the page may ask of the kernel. One cell runs at a time; further runs wait in line. */
export interface Kernel {
  run(request: RunRequest): Promise<RunResult>;
  /** What can be measured here. */
  speedCases(): Promise<readonly SpeedCaseInfo[]>;
  /** Measures one case, in line with cells; `interrupt` ends it. */
  measureSpeed(caseId: string, runner: Runner, size: SpeedSize): Promise<Measured>;
  /** Aborts the signal of the cell or the measurement that runs. A cell that never awaits does not notice: terminate the worker. */
  interrupt(): void;
  /** Ends a fit early; it keeps its best weights so far. */
  stopFit(fit: string): void;
  /** Where a model would train now, and why there. `device` forces a tier from here on. */
  device(force?: DeviceInfo["tier"]): Promise<DeviceInfo>;
  /** Answers at once while the kernel is alive and its thread free. */
  ping(): true;
}

/** Files of our own that the kernel asks the page for, since it has no network. */
export type AssetName = "tfjs-backend-wasm.wasm" | "tfjs-backend-wasm-simd.wasm";

/** What the kernel may ask of the page. */
export interface KernelHost {
  /** Shows an output below a cell; the same id takes the place of the earlier one. Resolved once it is drawn. */
  output(cell: string, output: Output): Promise<void>;
  asset(name: AssetName): Promise<ArrayBuffer>;
}

/** The methods of `KernelHost`: all that a kernel can call. */
export const hostMethods: readonly string[] = Object.keys({
  output: 1,
  asset: 1,
} satisfies Record<keyof KernelHost, 1>);

/** What crosses into the sandbox once, at the start: the kernel's text and its two ports. */
export interface KernelBoot {
  readonly source: string;
  /** Comlink both ways: the kernel exposes `Kernel`, the page exposes `KernelHost`. */
  readonly page: MessagePort;
  /** The data worker exposes `NotebookData`. */
  readonly data: MessagePort;
}
