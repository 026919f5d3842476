import type { Measured } from "../../../src/specs/speed.ts";
import type { SpeedReport } from "../../../src/specs/speed-report.ts";

/** A measurement of that many seconds a step. */
export function measured(seconds: number, dispatches: number | null = null): Measured {
  const counts = { steps: 10, flops: 2e6, floorBytes: 1000, bytes: null, peakBytes: 4096 };
  return { seconds, dispatches, ...counts, quality: { name: "inertia", value: 1234.5 } };
}

/** Two cases: one by all runners but one that failed, one by a single runner. */
export const report: SpeedReport = {
  version: "1.2.3",
  date: "2026-01-02T03:04:05.000Z",
  device: { tier: "webgpu", name: "A|B *GPU*", reason: "real-adapter" },
  browser: "Chrome 141, Linux",
  cores: 8,
  rows: [
    {
      caseId: "k-means",
      size: "tiny",
      shape: "2,000 × 8, k = 4",
      outcomes: {
        webgpu: { state: "measured", measured: measured(0.000_5, 3) },
        "tfjs-webgpu": { state: "measured", measured: measured(0.002, 18) },
        wasm: { state: "measured", measured: measured(1.25) },
        "tfjs-wasm": { state: "failed", message: 'out of "memory"' },
      },
    },
    {
      caseId: "new-model",
      size: "large",
      shape: "9",
      runners: ["wasm"],
      outcomes: { wasm: { state: "measured", measured: measured(0.0421) } },
    },
  ],
};
