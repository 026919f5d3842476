import { chooseDevice, cpuDevice, type Device } from "../device.ts";

/** The processor as a device, for models that have kernels on the SIMD tier alone: where there is a GPU too, it counts as forced. */
export async function simdDevice(): Promise<Device> {
  const { tier, reason } = await chooseDevice();
  return cpuDevice(tier === "wasm" ? reason : "forced");
}
