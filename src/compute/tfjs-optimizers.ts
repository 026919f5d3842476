import { tf } from "./tfjs.ts";

/** Settings of Adam, in scikit-learn's words. */
export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Parameters under training with Adam's two running moments, all flat and of one length. */
export interface AdamState extends tf.NamedTensorMap {
  readonly parameters: tf.Tensor1D;
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
}

/** One Adam step, `step` counted from 1: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε). Source: Kingma & Ba 2015, as scikit-learn does it. */
export function adamStep(
  state: AdamState,
  gradient: tf.Tensor1D,
  step: number,
  settings: AdamSettings,
): AdamState {
  const { learningRate, beta1, beta2, epsilon } = settings;
  const rate = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const first = towards(state.first, gradient, 1 - beta1);
  const second = towards(state.second, tf.square(gradient), 1 - beta2);
  const move = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), epsilon));
  return { parameters: tf.sub(state.parameters, move), first, second };
}

/** from + share·(to − from) */
function towards(from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D {
  return tf.add(from, tf.mul(tf.sub(to, from), share));
}
