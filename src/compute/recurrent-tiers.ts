import type { Tier } from "./device.ts";
import { recurrentLayout, type RecurrentNetwork } from "./recurrent-network.ts";
import type { RecurrentTrainer, RecurrentTraining } from "./recurrent-trainer.ts";
import type { Sequences } from "./sequences.ts";
import { simdRecurrentProbabilities } from "./simd/recurrent-predict.ts";
import { SimdRecurrentTrainer } from "./simd/recurrent-trainer.ts";
import { wgslRecurrentProbabilities } from "./wgsl/recurrent-predict.ts";
import { openWgslRecurrentTrainer } from "./wgsl/recurrent-trainer.ts";

/** A recurrent network in training by kernels of our own on that tier. */
export async function openRecurrentTrainer(
  tier: Tier,
  training: RecurrentTraining,
): Promise<RecurrentTrainer> {
  return tier === "wasm" ? new SimdRecurrentTrainer(training) : openWgslRecurrentTrainer(training);
}

/** Probabilities a recurrent network gives to sequences, row-major: of the second class alone where it has one output, else of each class. */
export function recurrentProbabilities(
  tier: Tier,
  network: RecurrentNetwork,
  parameters: Float32Array,
  sequences: Sequences,
): Promise<Float32Array> {
  return tier === "wasm"
    ? simdRecurrentProbabilities(network, parameters, sequences)
    : wgslRecurrentProbabilities(network, parameters, sequences);
}

/** Multiply-adds of so many events, forward, back and for the gradient. */
export function recurrentWork(network: RecurrentNetwork, events: number): number {
  const { fromInput, fromHidden } = recurrentLayout(network);
  return 3 * events * (fromInput.inputs + fromHidden.inputs) * fromInput.outputs;
}
