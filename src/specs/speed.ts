/** What a case is run by: our kernels on a tier, or the same model written in TensorFlow.js on one of its backends. */
export type Runner = "webgpu" | "wasm" | "tfjs-webgpu" | "tfjs-wasm";

/** How much a case has to do; `tiny` is for a GPU that is a processor in disguise. */
export type SpeedSize = "tiny" | "small" | "large";

/** What one run of a case took. */
export interface Measured {
  /** Median seconds of a step (or of the whole work, where it has no steps). */
  readonly seconds: number;
  readonly steps: number;
  /** GPU kernel calls of a step; null off the GPU. */
  readonly dispatches: number | null;
  /** Multiply-adds ×2 of a step, by count. */
  readonly flops: number;
  /** Bytes a step reads and writes at the least: data once, parameters once each way. */
  readonly floorBytes: number;
  /** Bytes our kernels move a step, by count of what is bound; null where it is not known. */
  readonly bytes: number | null;
  /** Most bytes held on the device or in wasm memory; null where unknown. */
  readonly peakBytes: number | null;
  readonly quality: { readonly name: string; readonly value: number };
}

/** What there is to know of a case before it runs. */
export interface SpeedCaseInfo {
  readonly id: string;
  /** Figures alone, no words to translate: "50,000 × 16, k = 8". */
  readonly sizes: Readonly<Record<SpeedSize, string>>;
  readonly runners: readonly Runner[];
}
