import { expect, test, vi } from "vitest";
import type { Measured, SpeedCaseInfo } from "../../../src/specs/speed.ts";
import type { DeviceInfo } from "../../../src/specs/training.ts";
import { speedJobs } from "../../../src/state/speed-jobs.ts";
import { Speed, type SpeedKernel } from "../../../src/state/speed.svelte.ts";
import { endedWords } from "../../../src/ui/machine/speed-words.ts";
import { measured } from "../ui/speed-report.ts";

const sizes = { tiny: "2 × 2", small: "3 × 3", large: "4 × 4" };
const cases: readonly SpeedCaseInfo[] = [
  { id: "k-means", sizes, runners: ["webgpu", "wasm", "tfjs-webgpu", "tfjs-wasm"] },
  { id: "pca", sizes, runners: ["wasm"] },
];
const cpu: DeviceInfo = { tier: "wasm", name: "CPU (SIMD)", reason: "no-adapter" };
const browser = { userAgent: "Chrome/141 Linux", hardwareConcurrency: 4 };

/** Measurements in kernels that answer by `measure`; `closed` counts the kernels that were ended. */
function speedWith(measure: SpeedKernel["measureSpeed"]): {
  speed: Speed;
  opened: () => number;
  closed: () => number;
} {
  let opened = 0;
  let closed = 0;
  const speed = new Speed(() => {
    opened++;
    return {
      findDevice: async () => cpu,
      speedCases: async () => cases,
      measureSpeed: measure,
      close: () => void closed++,
    };
  });
  return { speed, opened: () => opened, closed: () => closed };
}

test("a GPU is asked everything, a software adapter the smallest size, and none nothing", () => {
  const gpu = { tier: "webgpu", name: "GPU", reason: "real-adapter" } as const;
  const software = { ...cpu, reason: "fallback-adapter" } as const;
  const runnersOf = (device: DeviceInfo, size: "tiny" | "small"): string[] =>
    speedJobs([cases[0]!], size, device).map(({ runner }) => runner);
  const all = ["webgpu", "tfjs-webgpu", "wasm", "tfjs-wasm"];
  expect(runnersOf(gpu, "small")).toEqual(all);
  expect(runnersOf(software, "tiny")).toEqual(all);
  expect(runnersOf(software, "small")).toEqual(["wasm", "tfjs-wasm"]);
  expect(runnersOf(cpu, "tiny")).toEqual(["wasm", "tfjs-wasm"]);
});

test("a case that fails does not end the others, which have a clean kernel", async () => {
  const { speed, opened, closed } = speedWith(async (_, runner): Promise<Measured> => {
    if (runner === "wasm") return measured(0.5);
    throw new Error("out of memory");
  });
  await speed.open();
  await speed.run();
  expect(speed.status).toEqual({ state: "ready" });
  expect(speed.rows).toEqual([
    {
      caseId: "k-means",
      size: "small",
      shape: "3 × 3",
      runners: cases[0]!.runners,
      outcomes: {
        wasm: { state: "measured", measured: measured(0.5) },
        "tfjs-wasm": { state: "failed", message: "out of memory" },
      },
    },
    {
      caseId: "pca",
      size: "small",
      shape: "3 × 3",
      runners: ["wasm"],
      outcomes: { wasm: { state: "measured", measured: measured(0.5) } },
    },
  ]);
  expect([opened(), closed()]).toEqual([2, 1]);
  expect(speed.report(browser)).toMatchObject({ device: cpu, cores: 4, browser: "Chrome 141, Linux" });
});

test("what is measured again takes the place of what was measured before", async () => {
  let seconds = 1;
  const { speed } = speedWith(async () => measured(seconds++));
  await speed.open();
  speed.choose("k-means", false);
  await speed.run();
  speed.size = "tiny";
  await speed.run();
  speed.size = "small";
  await speed.run();
  expect(endedWords(speed.ended!, "en")).toBe("1 measured, 0 failed.");
  expect(speed.rows.map(({ caseId, size, outcomes }) => [caseId, size, outcomes.wasm])).toEqual([
    ["pca", "small", { state: "measured", measured: measured(3) }],
    ["pca", "tiny", { state: "measured", measured: measured(2) }],
  ]);
});

test("Stop ends a measurement that does not, and what was measured stays", async () => {
  const { speed, closed } = speedWith((_, runner) =>
    runner === "wasm" ? Promise.resolve(measured(1)) : new Promise(() => undefined),
  );
  await speed.open();
  const run = speed.run();
  await vi.waitFor(() => expect(speed.status).toMatchObject({ state: "running", done: 1, total: 3 }));
  speed.stop();
  await run;
  expect(speed.status).toEqual({ state: "ready" });
  expect(endedWords(speed.ended!, "en")).toBe("Stopped: 1 of 3 measured, 0 failed.");
  expect(speed.rows).toHaveLength(1);
  expect(closed()).toBe(1);
});

test("a measurement that takes more than five minutes is ended and said so, and the next goes on", async () => {
  vi.useFakeTimers();
  const { speed, closed } = speedWith((id, runner) =>
    id === "k-means" && runner === "wasm" ? new Promise(() => undefined) : Promise.resolve(measured(1)),
  );
  await speed.open();
  const run = speed.run();
  await vi.advanceTimersByTimeAsync(300_000);
  await run;
  vi.useRealTimers();
  expect(speed.rows.map(({ outcomes }) => outcomes)).toEqual([
    {
      wasm: { state: "timed-out", seconds: 300 },
      "tfjs-wasm": { state: "measured", measured: measured(1) },
    },
    { wasm: { state: "measured", measured: measured(1) } },
  ]);
  expect(closed()).toBe(1);
});

test("closing ends the run and the kernel, and it can be opened anew with what was measured", async () => {
  const { speed, opened, closed } = speedWith((_, runner) =>
    runner === "wasm" ? Promise.resolve(measured(1)) : new Promise(() => undefined),
  );
  await speed.open();
  const run = speed.run();
  await vi.waitFor(() => expect(speed.rows).toHaveLength(1));
  speed.close();
  await run;
  expect(speed.status).toEqual({ state: "closed" });
  expect([opened(), closed()]).toEqual([1, 1]);
  await speed.open();
  expect(speed.status).toEqual({ state: "ready" });
  expect(speed.rows).toHaveLength(1);
});

test("a kernel that does not start is told, and opened anew when asked", async () => {
  let fails = true;
  const speed = new Speed(() => ({
    findDevice: async () => (fails ? Promise.reject(new Error("no kernel")) : cpu),
    speedCases: async () => cases,
    measureSpeed: async () => measured(1),
    close: () => undefined,
  }));
  await speed.open();
  expect(speed.status).toEqual({ state: "failed", message: "no kernel" });
  fails = false;
  await speed.open();
  expect(speed.status).toEqual({ state: "ready" });
});
