import { expect, test } from "vitest";
import { areSpeedCases, isMeasured } from "../../../src/protocol/check-speed.ts";

const measured = {
  seconds: 0.01,
  steps: 10,
  dispatches: null,
  flops: 100,
  floorBytes: 400,
  bytes: null,
  peakBytes: 1000,
  quality: { name: "inertia", value: -3 },
};

test("a measurement is let through", () => {
  expect(isMeasured(measured)).toBe(true);
});

test.each([
  ["seconds below 0", { seconds: -1 }],
  ["seconds that are no number", { seconds: NaN }],
  ["dispatches as text", { dispatches: "3" }],
  ["no quality", { quality: null }],
  ["a quality without a name", { quality: { value: 1 } }],
  ["a quality that is no number", { quality: { name: "AUC", value: Infinity } }],
])("a measurement with %s is refused", (_, change) => {
  expect(isMeasured({ ...measured, ...change })).toBe(false);
});

const info = { id: "k-means", sizes: { tiny: "1", small: "2", large: "3" }, runners: ["wasm", "tfjs-wasm"] };

test("what can be measured is let through, with known runners and all sizes alone", () => {
  expect(areSpeedCases([info])).toBe(true);
  expect(areSpeedCases([{ ...info, runners: ["cuda"] }])).toBe(false);
  expect(areSpeedCases([{ ...info, sizes: { tiny: "1" } }])).toBe(false);
  expect(areSpeedCases(info)).toBe(false);
});
