import { adamRate, type AdamSettings, type MomentumSettings, type Optimizer } from "./optimizer.ts";
import { tf } from "./tfjs.ts";

/** Parameters under training with an optimizer's two running means, all flat and of one length; momentum leaves the second as it is. */
export interface OptimizerState extends tf.NamedTensorMap {
  readonly parameters: tf.Tensor1D;
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
}

/** One step of an optimizer, `step` counted from 1. */
export function optimizerStep(
  state: OptimizerState,
  gradient: tf.Tensor1D,
  step: number,
  learningRate: number,
  optimizer: Optimizer,
): OptimizerState {
  return optimizer.solver === "adam"
    ? adamStep(state, gradient, adamRate(learningRate, step, optimizer), optimizer)
    : momentumStep(state, gradient, learningRate, optimizer);
}

/** m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − rate·m/(√v + ε). Source: Kingma & Ba 2015, as scikit-learn does it. */
function adamStep(
  state: OptimizerState,
  gradient: tf.Tensor1D,
  rate: number,
  { beta1, beta2, epsilon }: AdamSettings,
): OptimizerState {
  const first = towards(state.first, gradient, 1 - beta1);
  const second = towards(state.second, tf.square(gradient), 1 - beta2);
  const move = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), epsilon));
  return { parameters: tf.sub(state.parameters, move), first, second };
}

function momentumStep(
  state: OptimizerState,
  gradient: tf.Tensor1D,
  rate: number,
  { momentum, nesterovsMomentum }: MomentumSettings,
): OptimizerState {
  const fall = tf.mul(gradient, rate);
  const first: tf.Tensor1D = tf.sub(tf.mul(state.first, momentum), fall);
  const move = nesterovsMomentum ? tf.sub(tf.mul(first, momentum), fall) : first;
  return { parameters: tf.add(state.parameters, move), first, second: tf.clone(state.second) };
}

/** from + share·(to − from) */
function towards(from: tf.Tensor1D, to: tf.Tensor1D, share: number): tf.Tensor1D {
  return tf.add(from, tf.mul(tf.sub(to, from), share));
}
