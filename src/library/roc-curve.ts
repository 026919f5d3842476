import { toBinary, type Binary } from "./binary.ts";
import type { Labels, Numbers } from "./estimator.ts";

/** What `rocCurve` gives: false and true positive rates in [0, 1], ascending, and the score from which a row counts as positive. */
export type RocPoints = [
  falsePositiveRate: Float64Array,
  truePositiveRate: Float64Array,
  thresholds: Float64Array,
];

/**
 * The ROC curve: for each threshold t, the shares of negatives and of positives with score ≥ t. yTrue: n labels of two classes, the
 * greater one positive; yScore: n numbers, greater means likelier positive. Rows with equal scores move together. The first
 * threshold is Infinity, the point (0, 0). `dropIntermediate` (default true) leaves out points on straight stretches.
 * As scikit-learn's roc_curve. Source: Fawcett 2006.
 */
export function rocCurve(
  yTrue: Labels,
  yScore: Numbers,
  options: { readonly dropIntermediate?: boolean } = {},
): RocPoints {
  const counts = countsByThreshold(toBinary("rocCurve", yTrue, yScore));
  const { falsePositives: fp, truePositives: tp, thresholds } = counts;
  const last = fp.length - 1;
  const bends = (i: number) =>
    fp[i + 1]! - fp[i]! !== fp[i]! - fp[i - 1]! || tp[i + 1]! - tp[i]! !== tp[i]! - tp[i - 1]!;
  // As in scikit-learn, the corner is sought among the real thresholds, without (0, 0).
  const keep = (i: number) =>
    (options.dropIntermediate ?? true) === false || i <= 1 || i === last || bends(i);
  const kept = Uint32Array.from(fp.keys()).filter(keep);
  return [
    Float64Array.from(kept, (i) => fp[i]! / fp[last]!),
    Float64Array.from(kept, (i) => tp[i]! / tp[last]!),
    Float64Array.from(kept, (i) => thresholds[i]!),
  ];
}

/**
 * Area under the ROC curve, in [0, 1]: the share of pairs of a positive and a negative row in which the positive has the greater score,
 * ties counting half. yTrue: n labels of two classes, the greater one positive; yScore: n numbers. Another number of
 * classes is a RangeError. Source: Hanley & McNeil 1982.
 */
export function rocAucScore(yTrue: Labels, yScore: Numbers): number {
  const { falsePositives: fp, truePositives: tp } = countsByThreshold(toBinary("rocAucScore", yTrue, yScore));
  let area = 0;
  for (let i = 1; i < fp.length; i++) area += (fp[i]! - fp[i - 1]!) * (tp[i]! + tp[i - 1]!);
  return area / (2 * fp.at(-1)! * tp.at(-1)!);
}

/** How many negatives and positives score at least each threshold: none at Infinity, then one entry a distinct score, descending. */
function countsByThreshold({ positive, values }: Binary) {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!);
  const falsePositives = [0];
  const truePositives = [0];
  const thresholds = [Infinity];
  let positives = 0;
  for (const [seen, row] of order.entries()) {
    positives += positive[row]!;
    if (seen + 1 < order.length && values[order[seen + 1]!] === values[row]) continue;
    truePositives.push(positives);
    falsePositives.push(seen + 1 - positives);
    thresholds.push(values[row]!);
  }
  return { falsePositives, truePositives, thresholds };
}
