import type { Tier } from "./device.ts";
import type { MlpNetwork } from "./mlp-network.ts";
import type { MlpTrainer, MlpTraining } from "./mlp-trainer.ts";
import { simdMlpPredictions } from "./simd/mlp-predict.ts";
import { SimdMlpTrainer } from "./simd/mlp-trainer.ts";
import { tfjsMlpPredictions } from "./tfjs-mlp-predict.ts";
import { TfjsMlpTrainer } from "./tfjs-mlp-trainer.ts";

/** A network in training on that tier: SIMD kernels of our own on `wasm`, TF.js on `webgpu`. */
export function openMlpTrainer(tier: Tier, training: MlpTraining): MlpTrainer {
  return tier === "wasm" ? new SimdMlpTrainer(training) : new TfjsMlpTrainer(tier, training);
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
    : tfjsMlpPredictions(tier, network, parameters, x);
}
