import type { Random } from "../src/core/random.ts";

/** Running sums of weights, scaled to end at 1: what `draw` looks in. */
export function cumulative(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const sums = Float64Array.from(weights, (weight) => (sum += weight) / total);
  sums[sums.length - 1] = 1;
  return sums;
}

/** A place in `sums[from … to − 1]`, each as likely as its share, by halving. */
export function draw(sums: Float64Array, random: Random, from = 0, to = sums.length): number {
  const u = random.next();
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
