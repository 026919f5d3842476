import { gpuDevice } from "../tfjs.ts";
import { Gpu } from "./gpu.ts";

/** Opens a fit's share of TF.js's own device; where `open` fails, nothing of it stays there. */
export async function openOnGpu<T>(open: (gpu: Gpu) => Promise<T>): Promise<T> {
  const gpu = new Gpu(await gpuDevice());
  try {
    const opened = await open(gpu);
    await gpu.checked();
    return opened;
  } catch (error) {
    gpu.dispose();
    throw error;
  }
}
