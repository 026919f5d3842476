/** What boosting lowers: a loss of raw predictions, rows × outputs. */
export interface BoostingLoss {
  /** Numbers predicted for a row. */
  readonly outputs: number;
  /** The raw prediction of each output that is best for all rows alike. y: class codes or values. */
  baseline(y: ArrayLike<number>): Float64Array;
  /** pairs[2i], pairs[2i + 1] ← gradient and hessian of the loss of rows `from … to` by output k. */
  gradients(
    raw: Float64Array,
    y: ArrayLike<number>,
    k: number,
    pairs: Float32Array,
    from: number,
    to: number,
  ): void;
  /** Sum of the losses of rows `from … to`. */
  sum(raw: Float64Array, y: ArrayLike<number>, from: number, to: number): number;
}

/** Cross-entropy of the logistic function, for two classes: ln(1 + eᶻ) − y z. */
export const binaryLoss: BoostingLoss = {
  outputs: 1,
  baseline(y) {
    let ones = 0;
    for (let i = 0; i < y.length; i++) ones += y[i]!;
    return Float64Array.of(Math.log(ones / (y.length - ones)));
  },
  gradients(raw, y, _, pairs, from, to) {
    for (let i = from; i < to; i++) {
      const e = Math.exp(-Math.abs(raw[i]!));
      const small = e / (1 + e);
      // y − p without the rounding of 1 − p, where the model is sure.
      const likely = raw[i]! > 0 === (y[i] === 1);
      pairs[2 * i] = y[i] === 1 ? -(likely ? small : 1 - small) : likely ? small : 1 - small;
      pairs[2 * i + 1] = small * (1 - small);
    }
  },
  sum(raw, y, from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) {
      const z = raw[i]!;
      sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y[i]! * z;
    }
    return sum;
  },
};

/** Cross-entropy of the softmax over that many classes: ln Σₖ e^zₖ − z_y. */
export function multinomialLoss(classes: number): BoostingLoss {
  return {
    outputs: classes,
    baseline(y) {
      const counts = new Float64Array(classes);
      for (let i = 0; i < y.length; i++) counts[y[i]!]!++;
      const logs = counts.map((count) => Math.log(count / y.length));
      const mean = logs.reduce((sum, log) => sum + log, 0) / classes;
      return logs.map((log) => log - mean);
    },
    gradients(raw, y, k, pairs, from, to) {
      for (let i = from; i < to; i++) {
        const p = Math.exp(raw[i * classes + k]! - logSumExp(raw, i * classes, classes));
        pairs[2 * i] = p - (y[i] === k ? 1 : 0);
        pairs[2 * i + 1] = p * (1 - p);
      }
    },
    sum(raw, y, from, to) {
      let sum = 0;
      for (let i = from; i < to; i++) sum += logSumExp(raw, i * classes, classes) - raw[i * classes + y[i]!]!;
      return sum;
    },
  };
}

/** Half the squared error: ½ (z − y)². */
export const squaredLoss: BoostingLoss = {
  outputs: 1,
  baseline(y) {
    let sum = 0;
    for (let i = 0; i < y.length; i++) sum += y[i]!;
    return Float64Array.of(sum / y.length);
  },
  gradients(raw, y, _, pairs, from, to) {
    for (let i = from; i < to; i++) {
      pairs[2 * i] = raw[i]! - y[i]!;
      pairs[2 * i + 1] = 1;
    }
  },
  sum(raw, y, from, to) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += 0.5 * (raw[i]! - y[i]!) ** 2;
    return sum;
  },
};

/** ln Σₖ e^zₖ of the numbers at `at … at + count`. */
export function logSumExp(z: Float64Array, at: number, count: number): number {
  let greatest = z[at]!;
  for (let k = 1; k < count; k++) greatest = Math.max(greatest, z[at + k]!);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(z[at + k]! - greatest);
  return greatest + Math.log(sum);
}
