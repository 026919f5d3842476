import type { MlpNetwork } from "./mlp-network.ts";
import { forward, predictions, throughActivation, type Drop } from "./tfjs-mlp-pass.ts";
import { tf } from "./tfjs.ts";

/** Gradient of Σᵢ weightᵢ·lossᵢ by the flat parameters, and the logits it came from. x: rows × inputs, targets: rows × outputs, weights: rows × 1. */
export function mlpGradient(
  network: MlpNetwork,
  parameters: tf.Tensor1D,
  x: tf.Tensor2D,
  targets: tf.Tensor2D,
  weights: tf.Tensor2D,
  drop?: Drop,
): { gradient: tf.Tensor1D; logits: tf.Tensor2D } {
  const pass = forward(network, parameters, x, drop);
  let error: tf.Tensor2D = tf.mul(tf.sub(predictions(network, pass.logits), targets), weights);
  const parts: tf.Tensor1D[] = [];
  for (let layer = pass.inputs.length - 1; layer >= 0; layer--) {
    const input = pass.inputs[layer]!;
    parts.unshift(tf.reshape(tf.matMul(input, error, true, false), [-1]), tf.sum(error, 0));
    if (layer === 0) break;
    error = tf.matMul(error, pass.weights[layer]!, false, true);
    error = throughActivation(network.activation, error, pass.values[layer - 1]!);
    const mask = pass.masks[layer - 1];
    if (mask) error = tf.mul(error, mask);
  }
  return { gradient: tf.concat(parts), logits: pass.logits };
}
