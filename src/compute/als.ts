import type { Random } from "../core/random.ts";
import type { Csr } from "./csr.ts";
import type { Tier } from "./device.ts";
import { SimdAls } from "./simd/als.ts";
import { openWgslAls } from "./wgsl/als.ts";

/**
 * How factors are learnt by alternating least squares, on every tier alike: an epoch solves for all users, then for all items, each by
 * `cgSteps` steps of conjugate gradients from where the last epoch left it.
 */
export interface AlsTraining {
  /** Confidence of users × items: above 0 for what a user likes, below 0 for what they dislike; 1 for what is not listed. */
  readonly userItems: Csr;
  readonly factors: number;
  /** λ of the L2 penalty. */
  readonly regularization: number;
  readonly cgSteps: number;
  /** Factors to begin with. */
  readonly start: AlsFactors;
}

/** Row-major, `factors` numbers a row; a score is the product of two rows. */
export interface AlsFactors {
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** Factors in training on a tier. */
export interface AlsTrainer {
  /**
   * One epoch; gives (Σ |c|(p − x·y)² + λ(Σ‖x‖² + Σ‖y‖²)) / Σ |c| over all pairs of a user and an item, after it; or null once `breathe`
   * gave false.
   */
  epoch(breathe: () => Promise<boolean>): Promise<number | null>;
  /** The factors as they are. */
  factors(): Promise<AlsFactors>;
  /** Frees the device's memory. */
  dispose(): void;
}

/** Factors in training by kernels of our own on that tier. */
export async function openAlsTrainer(tier: Tier, training: AlsTraining): Promise<AlsTrainer> {
  return tier === "wasm" ? new SimdAls(training) : openWgslAls(training);
}

/** Multiply-adds of an epoch. */
export function alsWork({ rows, columns, values }: Csr, factors: number, cgSteps: number): number {
  return (rows + columns) * (cgSteps + 2) * factors ** 2 + 4 * (cgSteps + 1) * values.length * factors;
}

/** First factors: uniform in [0, 0.01), as implicit does. */
export function alsStart({ rows, columns }: Csr, factors: number, random: Random): AlsFactors {
  const draw = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.next() * 0.01);
  return { users: draw(rows * factors), items: draw(columns * factors) };
}
