import type { Tier } from "../compute/device.ts";
import { checkDevice, checkParam } from "./params.ts";
import type { PcaPlan } from "./pca-fit.ts";

/** Parameters of `PCA`. */
export interface PCAParams {
  /** How many axes to keep, at most min(n, d); or, below 1, the share of variance that as few as possible are to explain. Default null: all. */
  readonly nComponents?: number | null;
  /** Whether `transform` gives each axis a variance of 1. Default false. */
  readonly whiten?: boolean;
  /** "covariance_eigh" takes all eigenvectors of the d×d covariance, "randomized" the first alone. Default "auto": the second where d > 200 and few axes are wanted (below 0.8 · min(n, d)) or d > n. */
  readonly svdSolver?: "auto" | "covariance_eigh" | "randomized";
  /** Power iterations of "randomized". Default "auto": 7 for few axes (below 0.1 · min(n, d)), else 4. */
  readonly iteratedPower?: number | "auto";
  /** Axes that "randomized" follows besides those wanted. Default 10. */
  readonly nOversamples?: number;
  /** Decides where "randomized" begins. Default 0. */
  readonly seed?: number;
  /** Forces a tier. Default null: WebGPU on a real graphics adapter where a pass over the rows is enough work for it, else wasm. */
  readonly device?: Tier | null;
}

/** Defaults of `PCA`, those of scikit-learn. */
export const pcaDefaults: Required<PCAParams> = {
  nComponents: null,
  whiten: false,
  svdSolver: "auto",
  iteratedPower: "auto",
  nOversamples: 10,
  seed: 0,
  device: null,
};

/** Most columns whose covariance is taken apart whatever is wanted: a tenth of a second. */
const fewColumns = 200;

/** How rows (n×d) are fitted by those parameters. More axes than min(n, d) are a RangeError. */
export function pcaPlan(params: Required<PCAParams>, rows: number, columns: number): PcaPlan {
  const { nComponents, iteratedPower, nOversamples, seed } = params;
  const most = Math.min(rows, columns);
  const share = nComponents !== null && nComponents < 1 ? nComponents : null;
  const count = nComponents === null || share !== null ? most : nComponents;
  if (count > most)
    throw new RangeError(
      `PCA: expected nComponents to be at most min(n, d) = ${most} for X of ${rows} × ${columns}, got ${count}`,
    );
  const wide = columns > rows;
  const solver =
    params.svdSolver !== "auto"
      ? params.svdSolver
      : columns > fewColumns && (wide || count < 0.8 * most)
        ? "randomized"
        : "covariance_eigh";
  if (solver === "covariance_eigh") return { count, share, solver, followed: count, iterations: 0, seed };
  const iterations = iteratedPower === "auto" ? (count < 0.1 * most ? 7 : 4) : iteratedPower;
  return { count, share, solver, followed: Math.min(count + nOversamples, most), iterations, seed };
}

/** A RangeError for a parameter of `PCA` that makes no sense. */
export function checkPcaParams(params: Required<PCAParams>): void {
  const check = <Key extends keyof PCAParams>(key: Key, expected: string, holds: boolean) =>
    checkParam("PCA", key, params[key], expected, holds);
  const { nComponents, whiten, svdSolver, iteratedPower, nOversamples } = params;
  const from = (least: number, value: unknown): boolean => Number.isInteger(value) && Number(value) >= least;
  const solvers: readonly string[] = ["auto", "covariance_eigh", "randomized"];
  check(
    "nComponents",
    "a whole number of at least 1, a share in (0, 1) or null",
    nComponents === null || from(1, nComponents) || (nComponents > 0 && nComponents < 1),
  );
  check("whiten", "true or false", typeof whiten === "boolean");
  check("svdSolver", `"auto", "covariance_eigh" or "randomized"`, solvers.includes(svdSolver));
  check("iteratedPower", `"auto" or a whole number`, iteratedPower === "auto" || from(0, iteratedPower));
  check("nOversamples", "a whole number", from(0, nOversamples));
  checkDevice("PCA", params.device);
}
