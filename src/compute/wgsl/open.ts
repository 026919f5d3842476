import { ofGpu } from "../gpu-failure.ts";
import { gpuDevice } from "../tfjs.ts";
import { Gpu } from "./gpu.ts";

/** Opens a fit's share of TF.js's own device; where `open` fails, or there is no room for it, nothing of it stays there. `mostBytes`: of a buffer. */
export async function openOnGpu<T>(open: (gpu: Gpu) => Promise<T>, mostBytes?: number): Promise<T> {
  const gpu = new Gpu(await ofGpu(gpuDevice()), mostBytes);
  try {
    const opened = await open(gpu);
    await gpu.checked();
    return opened;
  } catch (error) {
    gpu.dispose();
    throw error;
  }
}
