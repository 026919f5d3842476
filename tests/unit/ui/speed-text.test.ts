import { expect, test } from "vitest";
import { speedCsv, speedMarkdown } from "../../../src/ui/machine/speed-text.ts";
import {
  absentWords,
  detailWords,
  leftWords,
  outcomeWords,
  stepTime,
} from "../../../src/ui/machine/speed-words.ts";
import type { Runner } from "../../../src/specs/speed.ts";
import type { Language } from "../../../src/text/text.ts";
import { measured, report } from "./speed-report.ts";

test("a time of a step has the unit that suits it", () => {
  expect([0, 1e-7, 0.000_123_4, 0.0421, 1.234, 65].map((seconds) => stepTime(seconds, "en"))).toEqual([
    "too short to time",
    "0.1 µs",
    "123 µs",
    "42.1 ms",
    "1.23 s",
    "65 s",
  ]);
  expect(stepTime(0.0421, "zh-CN")).toBe("42.1 毫秒");
});

test("measurements as Markdown are a list of the machine and a table with a row a case", () => {
  const lines = speedMarkdown(report, "en").split("\n");
  expect(lines).toContain("- Device: A\\|B \\*GPU\\* · a GPU that WebGPU can use");
  expect(lines).toContain("- Version: Cohortbook 1.2.3");
  expect(lines.filter((line) => line.startsWith("| "))).toEqual([
    "| Model | Size | GPU, Cohortbook | GPU, TensorFlow.js | SIMD, Cohortbook | SIMD, TensorFlow.js |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    "| k-means | tiny: 2,000 × 8, k = 4 " +
      "| 500 µs; 4 times as fast as TensorFlow.js; 3 GPU calls; 4 GFLOP/s; inertia 1,235 " +
      "| 2 ms; 18 GPU calls; 1 GFLOP/s; inertia 1,235 " +
      "| 1.25 s; 0.0016 GFLOP/s; inertia 1,235 " +
      '| failed: out of "memory" |',
    "| new-model | large: 9 | runs on the CPU only | no such model in TensorFlow.js " +
      "| 42.1 ms; 0.0475 GFLOP/s; inertia 1,235 | no such model in TensorFlow.js |",
  ]);
  expect(speedMarkdown(report, "zh-CN")).toContain("500 微秒; 速度是 TensorFlow.js 的 4 倍");
});

test("measurements as CSV have a row a case and runner, in full precision", () => {
  const machine = 'A|B *GPU*,"Chrome 141, Linux",8,2026-01-02T03:04:05.000Z,1.2.3';
  const lines = speedCsv(report).trimEnd().split("\r\n");
  expect(lines).toHaveLength(6);
  const columns = lines[0]!.split(",").length;
  expect(lines[1]).toBe(
    `k-means,tiny,"2,000 × 8, k = 4",webgpu,0.0005,4,10,3,2000000,1000,,4096,inertia,1234.5,,${machine}`,
  );
  expect(lines[4]).toBe(
    `k-means,tiny,"2,000 × 8, k = 4",tfjs-wasm${",".repeat(11)}"out of ""memory""",${machine}`,
  );
  for (const line of lines) expect(line.replace(/"[^"]*"/g, "").split(","), line).toHaveLength(columns);
});

test("what was not measured is told from what cannot be", () => {
  const row = { ...report.rows[0]!, outcomes: {} };
  const words = (runners?: readonly Runner[]) =>
    absentWords({ ...row, ...(runners && { runners }) }, "tfjs-wasm", "en");
  expect([words(["wasm", "tfjs-wasm"]), words(), words(["wasm"])]).toEqual([
    "not measured",
    "not measured",
    "no such model in TensorFlow.js",
  ]);
});

test("calls of a step are whole, or rounded and said to be so", () => {
  const calls = (dispatches: number, language: Language) => detailWords(measured(1, dispatches), language)[0];
  expect([1, 133, 133.85, 2.02].map((each) => calls(each, "en"))).toEqual([
    "1 GPU call",
    "133 GPU calls",
    "about 134 GPU calls",
    "about 2 GPU calls",
  ]);
  expect(calls(133.85, "zh-CN")).toBe("约 134 次 GPU 调用");
});

test("what took too long says which model, after how long, and that the rest is kept", () => {
  const outcome = { state: "timed-out", seconds: 300 } as const;
  const row = { ...report.rows[0]!, outcomes: { wasm: outcome } };
  expect(outcomeWords(row, "wasm", "en")).toEqual([
    "k-means took more than 5 minutes and was ended; all other figures are kept",
  ]);
  expect(outcomeWords(row, "wasm", "zh-CN")).toEqual([
    "k-means 用时超过 5 分钟，已中止；其他测量结果都已保留",
  ]);
  expect(speedCsv({ ...report, rows: [row] })).toContain("k-means took more than 5 minutes");
});

test("the time left follows the pace so far", () => {
  const job = {
    info: { id: "pca", sizes: { tiny: "", small: "", large: "" }, runners: [] },
    runner: "wasm",
    size: "tiny",
  } as const;
  const running = { state: "running", job, total: 10, since: 0 } as const;
  expect(leftWords({ ...running, done: 0 }, 5000, "en")).toBe("");
  expect(leftWords({ ...running, done: 4 }, 8000, "en")).toBe("about 12 s left");
});
