import { afterEach, expect, test } from "vitest";
import { chooseDevice, forceDevice, type Adapters } from "../../../src/compute/device.ts";

afterEach(async () => {
  await forceDevice("wasm");
  await forceDevice(null);
});

test("a real adapter is chosen, and named", async () => {
  const gpu = adapters({ vendor: "nvidia", architecture: "hopper" });
  expect(await chooseDevice(null, gpu)).toEqual({
    tier: "webgpu",
    name: "NVIDIA hopper",
    reason: "real-adapter",
  });
});

test("an adapter's own description names it best", async () => {
  const gpu = adapters({ vendor: "apple", architecture: "metal-3", description: "Apple M3" });
  expect((await chooseDevice(null, gpu)).name).toBe("Apple M3");
});

test.each([{ architecture: "swiftshader" }, { isFallbackAdapter: true }])(
  "a processor that poses as an adapter (%o) leaves training to wasm",
  async (info) => {
    const device = await chooseDevice(null, adapters({ vendor: "google", ...info }));
    expect(device).toEqual({ tier: "wasm", name: "CPU (SIMD)", reason: "fallback-adapter" });
  },
);

test("without an adapter models train on wasm", async () => {
  expect(await chooseDevice(null, null)).toEqual({ tier: "wasm", name: "CPU (SIMD)", reason: "no-adapter" });
  expect((await chooseDevice(null, { requestAdapter: async () => null })).reason).toBe("no-adapter");
});

test("a forced tier is taken, whatever the adapter", async () => {
  const software = adapters({ vendor: "google", architecture: "swiftshader" });
  expect(await chooseDevice("webgpu", software)).toEqual({
    tier: "webgpu",
    name: "Google swiftshader",
    reason: "forced",
  });
  expect((await chooseDevice("wasm", software)).reason).toBe("forced");
});

test("webgpu forced without an adapter is an error that says what to do", async () => {
  await expect(chooseDevice("webgpu", null)).rejects.toThrow(`use device "wasm"`);
});

test("a tier once forced holds from then on", async () => {
  expect(await forceDevice("wasm")).toEqual({ tier: "wasm", name: "CPU (SIMD)", reason: "forced" });
  expect((await chooseDevice()).reason).toBe("forced");
});

function adapters(info: Partial<GPUAdapterInfo>): Adapters {
  const whole = {
    vendor: "",
    architecture: "",
    description: "",
    device: "",
    isFallbackAdapter: false,
    ...info,
  };
  return { requestAdapter: async () => ({ info: whole }) as GPUAdapter };
}
