import type { Tier } from "./device.ts";
import { forward, probabilities, type MlpNetwork } from "./mlp-network.ts";
import { pause } from "../core/pause.ts";
import { onTier, tf } from "./tfjs.ts";

/** Rows that pass through a network at once where nothing is learned. */
export const blockRows = 8192;

/** Probabilities a network gives to rows, row-major: of the second class alone where it has one output, else of each class. x: rows × inputs. */
export async function mlpProbabilities(
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
      return probabilities(logits);
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
