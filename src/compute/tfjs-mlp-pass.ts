import { mlpLayers, type Activation, type MlpNetwork } from "./mlp-network.ts";
import { tf } from "./tfjs.ts";

/** What a pass through the network leaves: the sums of the last layer, and what the backward pass needs. */
export interface MlpPass {
  /** rows × outputs, before the logistic function or the softmax. */
  readonly logits: tf.Tensor2D;
  /** Each layer's input, X first. */
  readonly inputs: readonly tf.Tensor2D[];
  /** Each layer's value, and the factors that dropout multiplied it by. */
  readonly values: readonly tf.Tensor2D[];
  readonly masks: readonly (tf.Tensor2D | null)[];
  readonly weights: readonly tf.Tensor2D[];
}

/** Factors of a hidden layer's values in a step, 0 or 1/(1 − dropout); null for 1. */
export type Drop = (shape: [number, number], layer: number) => tf.Tensor2D | null;

const keepAll: Drop = () => null;

/** Passes rows forward through the network; `drop` is applied to the values of hidden layers. x: rows × inputs. */
export function forward(
  network: MlpNetwork,
  parameters: tf.Tensor1D,
  x: tf.Tensor2D,
  drop: Drop = keepAll,
): MlpPass {
  const { layers } = mlpLayers(network);
  const weights = layers.map((layer) =>
    tf.reshape<tf.Rank.R2>(tf.slice(parameters, layer.weights, layer.inputs * layer.outputs), [
      layer.inputs,
      layer.outputs,
    ]),
  );
  const inputs: tf.Tensor2D[] = [x];
  const values: tf.Tensor2D[] = [];
  const masks: (tf.Tensor2D | null)[] = [];
  for (const [i, layer] of layers.entries()) {
    const bias = tf.slice(parameters, layer.intercepts, layer.outputs);
    const activation = i === layers.length - 1 ? "identity" : network.activation;
    const product = { a: inputs[i]!, b: weights[i]!, bias, activation: fused[activation] };
    const sums = tf.fused.matMul(product) as tf.Tensor2D;
    const value = activation === "tanh" ? tf.tanh(sums) : sums;
    const mask = i === layers.length - 1 ? null : drop(value.shape, i);
    values.push(value);
    masks.push(mask);
    inputs.push(mask ? tf.mul(value, mask) : value);
  }
  return { logits: inputs.pop()!, inputs, values, masks, weights };
}

/** What the sums of the last layer say: values, or probabilities (of the second class alone for one output, else of each class). */
export function predictions({ outputs }: MlpNetwork, logits: tf.Tensor2D): tf.Tensor2D {
  if (outputs === "values") return logits;
  return logits.shape[1] === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
}

/** Sum over rows of the loss: −log P(true class), or ½Σ(value − target)². targets: rows × outputs. */
export function lossOf({ outputs }: MlpNetwork, logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  if (outputs === "values") return tf.mul(tf.sum(tf.square(tf.sub(logits, targets))), 0.5);
  const normaliser = logits.shape[1] === 1 ? tf.softplus(logits) : tf.logSumExp(logits, 1);
  return tf.sub(tf.sum(normaliser), tf.sum(tf.mul(logits, targets)));
}

/** `error` (rows × units) times the derivative of the activation at its own value `unit`. */
export function throughActivation(
  activation: Activation,
  error: tf.Tensor2D,
  unit: tf.Tensor2D,
): tf.Tensor2D {
  switch (activation) {
    case "relu":
      return tf.mul(error, tf.step(unit));
    case "tanh":
      return tf.mul(error, tf.sub(1, tf.square(unit)));
    case "logistic":
      return tf.mul(error, tf.sub(unit, tf.square(unit)));
    case "identity":
      return error;
    default:
      return activation satisfies never;
  }
}

/** What TF.js fuses into the product; tanh has no fused form. */
const fused = { relu: "relu", logistic: "sigmoid", identity: "linear", tanh: "linear" } as const;
