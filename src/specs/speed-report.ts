import type { Measured, Runner, SpeedSize } from "./speed.ts";
import type { DeviceInfo } from "./training.ts";

/** How a runner fared in a case. */
export type SpeedOutcome =
  | { readonly state: "measured"; readonly measured: Measured }
  | { readonly state: "failed"; readonly message: string }
  /** It was ended after that many seconds. */
  | { readonly state: "timed-out"; readonly seconds: number };

/** One case at one size, by each runner that it was measured with. */
export interface SpeedRow {
  readonly caseId: string;
  readonly size: SpeedSize;
  /** The size in figures. */
  readonly shape: string;
  /** What the case can be run by; a report of an earlier version does not say. */
  readonly runners?: readonly Runner[];
  readonly outcomes: { readonly [runner in Runner]?: SpeedOutcome };
}

/** What was measured, and on what. */
export interface SpeedReport {
  /** The version of the app. */
  readonly version: string;
  /** When the last figure came in, ISO 8601. */
  readonly date: string;
  readonly device: DeviceInfo;
  /** The browser with its version, and the system. */
  readonly browser: string;
  /** Logical processors. */
  readonly cores: number;
  readonly rows: readonly SpeedRow[];
}

/** All runners, each of ours before TensorFlow.js on the same device. */
export const runners: readonly Runner[] = ["webgpu", "tfjs-webgpu", "wasm", "tfjs-wasm"];

/** All sizes, the smallest first. */
export const speedSizes: readonly SpeedSize[] = ["tiny", "small", "large"];

const twins: { readonly [runner in Runner]?: Runner } = { webgpu: "tfjs-webgpu", wasm: "tfjs-wasm" };

/** How many times as fast as TensorFlow.js on the same device a runner of ours is; null where that was not measured. */
export function ratioOf({ outcomes }: SpeedRow, runner: Runner): number | null {
  const twin = twins[runner];
  const own = outcomes[runner];
  const other = twin && outcomes[twin];
  if (own?.state !== "measured" || other?.state !== "measured") return null;
  return own.measured.seconds > 0 ? other.measured.seconds / own.measured.seconds : null;
}
