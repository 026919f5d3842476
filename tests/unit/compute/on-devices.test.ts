import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Device } from "../../../src/compute/device.ts";
import { GpuFailure } from "../../../src/compute/gpu-failure.ts";
import { GpuLimitError } from "../../../src/compute/gpu-limit.ts";
import { onDevices } from "../../../src/compute/tfjs.ts";

const gpu: Device = { tier: "webgpu", name: "a GPU", reason: "real-adapter" };

beforeEach(() => vi.useFakeTimers());

afterEach(() => vi.useRealTimers());

test.each([
  ["Stop", new DOMException("the cell was stopped", "AbortError")],
  ["a person's own error", new Error("no such customer")],
])("%s on the GPU is thrown at once, without waiting for the news of a loss", async (_, error) => {
  await expect(onDevices(gpu, () => Promise.reject(error))).rejects.toBe(error);
  expect(vi.getTimerCount()).toBe(0);
});

test("a failure of the GPU waits for the news of a loss, and is thrown where none comes", async () => {
  const failure = new GpuFailure(new DOMException("mapping failed", "OperationError"));
  const work = expect(onDevices(gpu, () => Promise.reject(failure))).rejects.toBe(failure);
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(1);
  await vi.runAllTimersAsync();
  await work;
});

test("what does not fit the GPU goes on on the processor", async () => {
  const ran: string[] = [];
  await onDevices(gpu, async ({ tier, reason }) => {
    ran.push(`${tier}: ${reason}`);
    if (tier === "webgpu") throw new GpuLimitError("too large");
  });
  expect(ran).toEqual(["webgpu: real-adapter", "wasm: gpu-limits"]);
});
