import type { Convex } from "../core/newton-cg.ts";
import type { Matrix } from "../data/matrix.ts";

/** What a logistic regression is fitted to. */
export interface LogisticProblem {
  /** n×d. */
  readonly X: Matrix<Float64Array>;
  /** Place of each row's label among the classes, n. */
  readonly codes: Int32Array;
  /** Weight of each row, n. */
  readonly weights: Float64Array;
  readonly classes: number;
  /** 1 / C. */
  readonly penalty: number;
  readonly fitIntercept: boolean;
}

/** How many rows of coefficients k classes have: one for two classes, else one a class. */
export function outputsOf(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/**
 * The objective of L2-penalised logistic regression, per unit of weight: (Σᵢ sᵢ lossᵢ + ‖coef‖² / 2C) / Σᵢ sᵢ with
 * lossᵢ = log Σₖ exp(zᵢₖ) − z of row i's class and zᵢₖ = xᵢ · coefₖ + interceptₖ. Of two classes the first has z = 0.
 * Variables: for each output its d coefficients, then its intercept where there is one.
 */
export function logisticLoss(problem: LogisticProblem): Convex {
  const { X, codes, weights, penalty, fitIntercept } = problem;
  const { data, rows: n, columns: d } = X;
  const outputs = outputsOf(problem.classes);
  const reference = outputs === 1;
  const width = d + (fitIntercept ? 1 : 0);
  const size = outputs * width;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lambda = penalty / total;
  const probabilities = new Float64Array(n * outputs);
  const z = new Float64Array(outputs);

  /** Fills z with the linear outputs of row i under v. */
  const linear = (v: Float64Array, i: number): void => {
    for (let k = 0; k < outputs; k++) {
      let sum = fitIntercept ? v[k * width + d]! : 0;
      for (let j = 0, at = i * d, p = k * width; j < d; j++) sum += data[at + j]! * v[p + j]!;
      z[k] = sum;
    }
  };
  /** Adds row i times z to `into`. */
  const spread = (into: Float64Array, i: number): void => {
    for (let k = 0; k < outputs; k++) {
      const amount = z[k]!;
      for (let j = 0, at = i * d, p = k * width; j < d; j++) into[p + j]! += amount * data[at + j]!;
      if (fitIntercept) into[k * width + d]! += amount;
    }
  };
  /** `v` of the penalised variables times λ. */
  const penalised = (v: Float64Array): Float64Array =>
    Float64Array.from({ length: size }, (_, p) => (p % width < d ? lambda * v[p]! : 0));

  const at = (w: Float64Array) => {
    const gradient = penalised(w);
    let value = 0.5 * gradient.reduce((sum, g, p) => sum + g * w[p]!, 0);
    for (let i = 0; i < n; i++) {
      linear(w, i);
      const share = weights[i]! / total;
      const own = reference ? codes[i]! - 1 : codes[i]!;
      value += share * (softmax(z, reference, probabilities, i * outputs) - (own >= 0 ? z[own]! : 0));
      for (let k = 0; k < outputs; k++)
        z[k] = share * (probabilities[i * outputs + k]! - (k === own ? 1 : 0));
      spread(gradient, i);
    }
    return { value, gradient };
  };
  const curve = (v: Float64Array) => {
    const product = penalised(v);
    for (let i = 0; i < n; i++) {
      linear(v, i);
      let mean = 0;
      for (let k = 0; k < outputs; k++) mean += probabilities[i * outputs + k]! * z[k]!;
      const share = weights[i]! / total;
      for (let k = 0; k < outputs; k++) z[k] = share * probabilities[i * outputs + k]! * (z[k]! - mean);
      spread(product, i);
    }
    return product;
  };
  const diagonal = () => {
    const sums = penalised(new Float64Array(size).fill(1));
    for (let i = 0; i < n; i++)
      for (let k = 0; k < outputs; k++) {
        const p = probabilities[i * outputs + k]!;
        const amount = (weights[i]! / total) * p * (1 - p);
        for (let j = 0; j < d; j++) sums[k * width + j]! += amount * data[i * d + j]! ** 2;
        if (fitIntercept) sums[k * width + d]! += amount;
      }
    return sums;
  };
  return { size, at, curve, diagonal };
}

/** Writes softmax of z into `into` at `offset` (with a further output 0 where `reference`); gives log Σ exp z. */
export function softmax(z: Float64Array, reference: boolean, into: Float64Array, offset: number): number {
  let top = reference ? 0 : -Infinity;
  for (const value of z) top = Math.max(top, value);
  let sum = reference ? Math.exp(-top) : 0;
  for (let k = 0; k < z.length; k++) sum += into[offset + k] = Math.exp(z[k]! - top);
  for (let k = 0; k < z.length; k++) into[offset + k]! /= sum;
  return top + Math.log(sum);
}
