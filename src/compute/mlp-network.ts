import type { Random } from "../core/random.ts";
import { tf } from "./tfjs.ts";

/** What a hidden layer applies to its sums. */
export type Activation = "relu" | "tanh" | "logistic" | "identity";

/** A multilayer perceptron: units of each layer from input to output. One output is P(second class) by the logistic function, more are a softmax. */
export interface MlpNetwork {
  readonly units: readonly number[];
  readonly activation: Activation;
}

/** Where one layer stands in the flat buffer of all parameters: weights (inputs × outputs, row-major), then intercepts. */
export interface MlpLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly intercepts: number;
}

/** The layers of a network in the order of its flat parameters, and how many these are. */
export function mlpLayers({ units }: MlpNetwork): { layers: MlpLayer[]; size: number } {
  let size = 0;
  const layers = units.slice(1).map((outputs, i) => {
    const inputs = units[i]!;
    const weights = size;
    const intercepts = weights + inputs * outputs;
    size = intercepts + outputs;
    return { inputs, outputs, weights, intercepts };
  });
  return { layers, size };
}

/** First parameters, uniform in ±√(6 / (inputs + outputs)) of each layer; 2 in place of 6 for `logistic`. Source: Glorot & Bengio 2010. */
export function initialParameters(network: MlpNetwork, random: Random): Float32Array {
  const { layers, size } = mlpLayers(network);
  const parameters = new Float32Array(size);
  for (const { inputs, outputs, weights, intercepts } of layers) {
    const bound = Math.sqrt((network.activation === "logistic" ? 2 : 6) / (inputs + outputs));
    for (let i = weights; i < intercepts + outputs; i++) parameters[i] = (random.next() * 2 - 1) * bound;
  }
  return parameters;
}

/** What a pass through the network leaves: the sums of the last layer, and what the backward pass needs. */
export interface MlpPass {
  /** rows × outputs, before the logistic function or the softmax. */
  readonly logits: tf.Tensor2D;
  /** Each layer's input, X first. */
  readonly inputs: readonly tf.Tensor2D[];
  readonly weights: readonly tf.Tensor2D[];
}

/** Passes rows forward through the network. x: rows × inputs. */
export function forward(network: MlpNetwork, parameters: tf.Tensor1D, x: tf.Tensor2D): MlpPass {
  const { layers } = mlpLayers(network);
  const weights = layers.map((layer) =>
    tf.reshape<tf.Rank.R2>(tf.slice(parameters, layer.weights, layer.inputs * layer.outputs), [
      layer.inputs,
      layer.outputs,
    ]),
  );
  const inputs: tf.Tensor2D[] = [x];
  for (const [i, layer] of layers.entries()) {
    const bias = tf.slice(parameters, layer.intercepts, layer.outputs);
    const activation = i === layers.length - 1 ? "identity" : network.activation;
    const product = { a: inputs[i]!, b: weights[i]!, bias, activation: fused[activation] };
    const sums = tf.fused.matMul(product) as tf.Tensor2D;
    inputs.push(activation === "tanh" ? tf.tanh(sums) : sums);
  }
  return { logits: inputs.pop()!, inputs, weights };
}

/** Probabilities from logits: of the second class alone for one output, else of each class. */
export function probabilities(logits: tf.Tensor2D): tf.Tensor2D {
  return logits.shape[1] === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
}

/** Sum over rows of −log P(true class). targets: rows × outputs, 0 or 1. */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
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
