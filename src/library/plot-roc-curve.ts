import type { RocSpec } from "../specs/roc.ts";
import type { Labels, Numbers } from "./estimator.ts";
import { rocAucScore, rocCurve } from "./roc-curve.ts";

/** True labels and scores of one classifier. */
export interface RocSample {
  /** Labels of two classes, the greater one positive. */
  readonly yTrue: Labels;
  /** Greater means likelier positive, as column 1 of `predictProba`. */
  readonly yScore: Numbers;
}

/** ROC curves as a view, one for each label, as scikit-learn's RocCurveDisplay.from_predictions: `plotRocCurve({ logistic: { yTrue, yScore } })`. */
export function plotRocCurve(
  samples: Readonly<Record<string, RocSample>>,
  options: { readonly title?: string } = {},
): RocSpec {
  const curves = Object.entries(samples).map(([label, { yTrue, yScore }]) => {
    const [falsePositiveRate, truePositiveRate] = rocCurve(yTrue, yScore);
    return { label, falsePositiveRate, truePositiveRate, auc: rocAucScore(yTrue, yScore) };
  });
  if (curves.length === 0) throw new RangeError("plotRocCurve: expected at least one classifier, got none");
  return { view: "roc", curves, ...(options.title === undefined ? {} : { title: options.title }) };
}
