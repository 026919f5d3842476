import { bisectLeft, bisectRight } from "d3-array";
import type { SurvivalCurve } from "../specs/survival.ts";

/** A survival curve at one time. */
interface SurvivalValue {
  /** S(t); NaN past the last time of the curve. */
  readonly survival: number;
  readonly lower: number;
  readonly upper: number;
}

/** S(t) and its band, the value of the last time ≤ t; NaN before the first time and past the last. */
export function survivalAt(curve: SurvivalCurve, t: number): SurvivalValue {
  const i = bisectRight(curve.time, t) - 1;
  const known = i >= 0 && t <= curve.time.at(-1)!;
  return known
    ? { survival: curve.survival[i]!, lower: curve.lower[i]!, upper: curve.upper[i]! }
    : { survival: NaN, lower: NaN, upper: NaN };
}

/** How many are still observed just before t: those of the first time ≥ t, and none past the last. */
export function atRiskAt(curve: SurvivalCurve, t: number): number {
  const i = bisectLeft(curve.time, t);
  return i < curve.atRisk.length ? curve.atRisk[i]! : 0;
}

/** The first time with S(t) ≤ ½, or ½ but for the rounding of its product; Infinity where the curve never gets there. */
export function medianTime(curve: SurvivalCurve): number {
  const i = curve.survival.findIndex((share) => share <= 0.5 * (1 + 1e-12));
  return i < 0 ? Infinity : curve.time[i]!;
}
