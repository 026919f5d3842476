import type { Tier } from "./device.ts";
import type { MlpNetwork } from "./mlp-network.ts";
import type { MlpTrainer, MlpTraining } from "./mlp-trainer.ts";
import { simdMlpPredictions } from "./simd/mlp-predict.ts";
import { SimdMlpTrainer } from "./simd/mlp-trainer.ts";
import { wgslMlpPredictions } from "./wgsl/mlp-predict.ts";
import { openWgslMlpTrainer } from "./wgsl/mlp-trainer.ts";

/** A network in training by kernels of our own on that tier. */
export async function openMlpTrainer(tier: Tier, training: MlpTraining): Promise<MlpTrainer> {
  return tier === "wasm" ? new SimdMlpTrainer(training) : openWgslMlpTrainer(training);
}

/** What a network gives for rows, row-major: values, or probabilities (of the second class alone where it has one output). x: rows × inputs. */
export function mlpPredictions(
  tier: Tier,
  network: MlpNetwork,
  parameters: Float32Array,
  x: Float32Array,
): Promise<Float32Array> {
  return tier === "wasm"
    ? simdMlpPredictions(network, parameters, x)
    : wgslMlpPredictions(network, parameters, x);
}

/** Multiply-adds of a step of training: forward, back, and the gradient. */
export function mlpStepWork(units: readonly number[], batchSize: number): number {
  const weights = units.slice(1).reduce((sum, outputs, i) => sum + units[i]! * outputs, 0);
  return 3 * weights * batchSize;
}
