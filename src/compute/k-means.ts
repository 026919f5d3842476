import type { Tier } from "./device.ts";
import { kMeansOnSimd } from "./simd/k-means.ts";
import { kMeansOnWgsl } from "./wgsl/k-means.ts";

/** Rows to cluster, row-major. */
export interface KMeansRows {
  readonly rows: number;
  readonly columns: number;
  readonly x: Float32Array;
}

/** What a step of Lloyd's algorithm found with the centres before it, and where it moved them. */
export interface KMeansStep {
  /** Σ of squared distances to the nearest of the centres before the step. */
  readonly inertia: number;
  /** Rows of each centre. One without rows stays where it was. */
  readonly counts: Int32Array;
  /** k × columns, row-major: the mean of each centre's rows. */
  readonly centres: Float32Array;
}

/** The nearest centre of each row, ties to the lowest, and the squared distance to it. */
export interface KMeansAssignment {
  readonly inertia: number;
  readonly labels: Int32Array;
  readonly distances: Float32Array;
}

/** Rows and k centres on a device. */
export interface KMeansKernel {
  /** Puts as many other rows in the place of its rows. */
  setRows(x: Float32Array): void;
  setCentres(centres: Float32Array): void;
  /** One step of Lloyd's algorithm: assigns each row to its nearest centre, then moves centres to the means of their rows. */
  step(): Promise<KMeansStep>;
  /** Assigns without moving. */
  assign(): Promise<KMeansAssignment>;
  /** Kernel calls a step takes. */
  readonly dispatches: number;
  dispose(): void;
}

/** Puts rows on a device, to be clustered around k centres. Source: Lloyd 1982. */
export function openKMeans(tier: Tier, data: KMeansRows, k: number): Promise<KMeansKernel> {
  return tier === "webgpu" ? kMeansOnWgsl(data, k) : Promise.resolve(kMeansOnSimd(data, k));
}
