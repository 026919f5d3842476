import type { Labels } from "./estimator.ts";
import { checkSameRows, toLabels } from "./inputs.ts";

/**
 * Adjusted Rand index of two labellings of the same n rows, in [−0.5, 1]: 1 where they agree up to the names of the clusters, about 0 by chance.
 * (S − E) / (M − E), where S is the number of pairs of rows that both put together, a and b those that each does, E = ab / (n(n − 1)/2) and
 * M = (a + b) / 2. As scikit-learn's adjusted_rand_score. Source: Hubert & Arabie 1985.
 */
export function adjustedRandScore(labelsTrue: Labels, labelsPred: Labels): number {
  const left = toLabels(labelsTrue, "adjustedRandScore: labelsTrue");
  const right = toLabels(labelsPred, "adjustedRandScore: labelsPred");
  const n = left.codes.length;
  checkSameRows("labelsTrue", n, "labelsPred", right.codes.length);
  const both = pairs(
    Float64Array.from(left.codes, (code, i) => code * right.classes.length + right.codes[i]!),
  );
  const [a, b] = [pairs(left.codes), pairs(right.codes)];
  if (both === a && both === b) return 1;
  const expected = (a * b) / ((n * (n - 1)) / 2);
  return (both - expected) / ((a + b) / 2 - expected);
}

/** How many pairs have the same code. */
function pairs(codes: Int32Array | Float64Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
}
