import { expect, test } from "vitest";
import { speedCaseOf, speedCases } from "../../../src/speed/registry.ts";

test.each(speedCases.map((one) => [one.id, one] as const))(
  "%s runs on the CPU and counts",
  async (_, one) => {
    const measured = await one.run("wasm", "tiny", new AbortController().signal);
    expect(measured.seconds).toBeGreaterThan(0);
    expect(measured.steps).toBeGreaterThanOrEqual(one.rounds);
    expect(measured.flops).toBeGreaterThan(0);
    expect(measured.dispatches).toBeNull();
    expect(Number.isFinite(measured.quality.value)).toBe(true);
  },
);

test("a case that is not there, and a runner that a case has not, are refused by name", async () => {
  expect(() => speedCaseOf("mean")).toThrow('expected one of "k-means"');
  const { signal } = new AbortController();
  await expect(speedCases[0]!.run("cuda" as "wasm", "tiny", signal)).rejects.toThrow(
    'k-means: there is no runner "cuda"',
  );
});

test("a measurement that is stopped is an AbortError", async () => {
  const stopped = AbortSignal.abort();
  await expect(speedCases[0]!.run("wasm", "tiny", stopped)).rejects.toMatchObject({ name: "AbortError" });
});
