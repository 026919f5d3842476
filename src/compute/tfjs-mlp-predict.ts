import type { Tier } from "./device.ts";
import type { MlpNetwork } from "./mlp-network.ts";
import { forward, predictions } from "./tfjs-mlp-pass.ts";
import { pause } from "../core/pause.ts";
import { onTier, tf } from "./tfjs.ts";

/** Rows that pass through a network at once where nothing is learned. */
export const blockRows = 8192;

/** What a network gives for rows by TF.js, as `mlpPredictions` says. x: rows × inputs. */
export async function tfjsMlpPredictions(
  tier: Tier,
  network: MlpNetwork,
  parameters: Float32Array,
  x: Float32Array,
): Promise<Float32Array> {
  const inputs = network.units[0]!;
  const outputs = network.units.at(-1)!;
  const rows = x.length / inputs;
  const result = new Float32Array(rows * outputs);
  for (let from = 0; from < rows; from += blockRows) {
    const block = x.subarray(from * inputs, (from + blockRows) * inputs);
    const given = onTier(tier, () => {
      const { logits } = forward(
        network,
        tf.tensor1d(parameters),
        tf.tensor2d(block, [block.length / inputs, inputs]),
      );
      return predictions(network, logits);
    });
    try {
      result.set(await given.data<"float32">(), from * outputs);
    } finally {
      given.dispose();
    }
    await pause();
  }
  return result;
}
