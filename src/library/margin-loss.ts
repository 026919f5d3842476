/** A loss of the margin z, which is y·score for a label y of −1 or 1, with its derivative. */
export interface MarginLoss {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

/** Losses of linear classifiers by scikit-learn's names: log(1 + e⁻ᶻ), max(0, 1 − z), and the smoothed hinge of Zhang 2004. */
export const marginLosses = {
  log_loss: {
    value: (z) => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(-z, 0),
    slope: (z) => -1 / (Math.exp(z) + 1),
  },
  hinge: {
    value: (z) => Math.max(0, 1 - z),
    slope: (z) => (z <= 1 ? -1 : 0),
  },
  modified_huber: {
    value: (z) => (z >= 1 ? 0 : z >= -1 ? (1 - z) ** 2 : -4 * z),
    slope: (z) => (z >= 1 ? 0 : z >= -1 ? -2 * (1 - z) : -4),
  },
} as const satisfies Readonly<Record<string, MarginLoss>>;
