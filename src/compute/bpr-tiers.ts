import type { BprTrainer, BprTraining } from "./bpr.ts";
import type { Tier } from "./device.ts";
import { SimdBpr } from "./simd/bpr.ts";
import { openWgslBpr } from "./wgsl/bpr.ts";

/** Factors in training by kernels of our own on that tier. */
export async function openBprTrainer(tier: Tier, training: BprTraining): Promise<BprTrainer> {
  return tier === "wasm" ? new SimdBpr(training) : openWgslBpr(training);
}
