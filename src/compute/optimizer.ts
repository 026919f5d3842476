/** Settings of Adam, in scikit-learn's words. Source: Kingma & Ba 2015. */
export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Settings of stochastic gradient descent, in scikit-learn's words: v ← momentum·v − η·g, θ ← θ + v, or θ + momentum·v − η·g by Nesterov. */
export interface MomentumSettings {
  /** In [0, 1). */
  readonly momentum: number;
  readonly nesterovsMomentum: boolean;
}

/** How a gradient changes parameters. */
export type Optimizer =
  ({ readonly solver: "adam" } & AdamSettings) | ({ readonly solver: "sgd" } & MomentumSettings);

/** Adam's step size at step t, counted from 1: η·√(1−β₂ᵗ)/(1−β₁ᵗ). */
export function adamRate(learningRate: number, step: number, { beta1, beta2 }: AdamSettings): number {
  return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}
