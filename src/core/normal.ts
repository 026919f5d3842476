import { upperGamma } from "./gamma.ts";

/** The z with P(Z ≤ z) = p for Z ~ N(0, 1); p in (0, 1), ±Infinity at its ends. By Newton's method on log P(Z > z). */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile: expected a probability in [0, 1], got ${p}`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const goal = Math.log(tail);
  let z = Math.sqrt(-2 * goal);
  // log P(Z > z) is concave, so the steps fall towards the root from above and stop there.
  for (let step = 1; Math.abs(step) > 1e-15 * z;) {
    const above = upperGamma(0.5, (z * z) / 2) / 2;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    step = ((Math.log(above) - goal) * above) / density;
    z += step;
    if (step >= 0) break;
  }
  return p < 0.5 ? -z : z;
}
