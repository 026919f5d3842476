import type { AlsTrainer, AlsTraining } from "./als.ts";
import type { Tier } from "./device.ts";
import { SimdAls } from "./simd/als.ts";
import { openWgslAls } from "./wgsl/als.ts";

/** Factors in training by kernels of our own on that tier. */
export async function openAlsTrainer(tier: Tier, training: AlsTraining): Promise<AlsTrainer> {
  return tier === "wasm" ? new SimdAls(training) : openWgslAls(training);
}
