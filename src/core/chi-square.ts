import { upperGamma } from "./gamma.ts";

/** P(X > x) for X ~ χ² with `degrees` degrees of freedom: Q(degrees / 2, x / 2), in [0, 1]. x ≥ 0, degrees > 0. */
export function chiSquareSurvival(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2);
}
