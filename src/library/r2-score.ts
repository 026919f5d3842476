import type { Numbers } from "./estimator.ts";
import { checkSameRows, toNumbers } from "./inputs.ts";

/**
 * Coefficient of determination, at most 1: 1 − Σᵢ (yTrueᵢ − yPredᵢ)² / Σᵢ (yTrueᵢ − mean)². Where yTrue is constant it is 1 if all
 * is predicted exactly, else 0, as in scikit-learn.
 */
export function r2Score(yTrue: Numbers, yPred: Numbers): number {
  const truth = toNumbers(yTrue, "r2Score: yTrue");
  const guess = toNumbers(yPred, "r2Score: yPred");
  checkSameRows("yTrue", truth.length, "yPred", guess.length);
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  let unexplained = 0;
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    unexplained += (truth[i]! - guess[i]!) ** 2;
    total += (truth[i]! - mean) ** 2;
  }
  if (total === 0) return unexplained === 0 ? 1 : 0;
  return 1 - unexplained / total;
}
