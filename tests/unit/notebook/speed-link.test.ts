import { expect, test } from "vitest";
import { deflated } from "../../../src/notebook/formats/deflate.ts";
import { fromSpeedFragment, toSpeedFragment } from "../../../src/notebook/formats/speed-link.ts";
import { measured, report } from "../ui/speed-report.ts";

const carry = async (value: unknown): Promise<string> => `speed=${await deflated(JSON.stringify(value))}`;
const [row] = report.rows;

test("measurements go into a link and come out whole", async () => {
  const fragment = await toSpeedFragment(report);
  expect(fragment).toMatch(/^speed=[A-Za-z0-9_-]+$/);
  expect(await fromSpeedFragment(fragment)).toEqual(report);
  const slow = { ...report, rows: [{ ...row, outcomes: { wasm: { state: "timed-out", seconds: 300 } } }] };
  expect(await fromSpeedFragment(await carry(slow))).toEqual(slow);
});

test("a fragment without measurements is none", async () => {
  for (const fragment of ["", "speed", "notebook=AAAA"]) expect(await fromSpeedFragment(fragment)).toBe(null);
});

test("a link that was cut or changed is refused", async () => {
  const fragment = await toSpeedFragment(report);
  for (const broken of [fragment.slice(0, -9), "speed=", "speed=%%%", "speed=AAAA"])
    await expect(fromSpeedFragment(broken), broken).rejects.toThrow(RangeError);
});

test.each([
  ["a text", "report"],
  ["no device", { ...report, device: undefined }],
  ["a reason that there is not", { ...report, device: { ...report.device, reason: "toString" } }],
  ["no date", { ...report, date: "yesterday" }],
  ["no core", { ...report, cores: 0 }],
  ["more rows than there can be", { ...report, rows: Array(101).fill(row) }],
  ["a text without end", { ...report, browser: "x".repeat(1000) }],
  ["a runner that there is not", { ...report, rows: [{ ...row, outcomes: { cuda: row!.outcomes.wasm } }] }],
  ["runners of a case that there are not", { ...report, rows: [{ ...row, runners: ["cuda"] }] }],
  ["a size that there is not", { ...report, rows: [{ ...row, size: "huge" }] }],
  [
    "a time below 0",
    { ...report, rows: [{ ...row, outcomes: { wasm: { state: "measured", measured: measured(-1) } } }] },
  ],
  ["an outcome of no kind", { ...report, rows: [{ ...row, outcomes: { wasm: { state: "odd" } } }] }],
])("a link that carries %s is refused", async (_, value) => {
  await expect(fromSpeedFragment(await carry(value))).rejects.toThrow(RangeError);
});

test("a link that unfolds without end is refused", async () => {
  await expect(fromSpeedFragment(await carry("x".repeat(600_000)))).rejects.toThrow(RangeError);
});
