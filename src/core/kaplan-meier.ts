import type { LifeTable } from "./life-table.ts";
import { normalQuantile } from "./normal.ts";

/** A survival curve at the times of a life table, with its band. */
export interface KaplanMeier {
  /** Share still without the event after each time, in [0, 1]. */
  readonly survival: Float64Array;
  /** Ends of the band, in [0, 1]; NaN where the share is 1 or 0, since the log-log scale has none there. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The Kaplan–Meier estimate S(t) = ∏ (1 − dᵢ / nᵢ) over times ≤ t, with its pointwise log-log band
 * S(t)^exp(± z √v / log S(t)), v = Σ dᵢ / (nᵢ (nᵢ − dᵢ)), at level 1 − alpha. Source: Kalbfleisch & Prentice 2002, 1.4.
 */
export function kaplanMeier(table: LifeTable, alpha: number): KaplanMeier {
  const size = table.time.length;
  const curve = {
    survival: new Float64Array(size),
    lower: new Float64Array(size),
    upper: new Float64Array(size),
  };
  const z = normalQuantile(1 - alpha / 2);
  let survival = 1;
  let variance = 0;
  for (let i = 0; i < size; i++) {
    const n = table.atRisk[i]!;
    const d = table.observed[i]!;
    if (d > 0) {
      survival *= (n - d) / n;
      variance += d / (n * (n - d));
    }
    const within = survival > 0 && survival < 1;
    const spread = (z * Math.sqrt(variance)) / Math.log(survival);
    curve.survival[i] = survival;
    curve.lower[i] = within ? survival ** Math.exp(-spread) : NaN;
    curve.upper[i] = within ? survival ** Math.exp(spread) : NaN;
  }
  return curve;
}
