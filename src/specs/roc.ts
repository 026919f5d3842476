/** One ROC curve. Both arrays have one length, ascending from 0 to 1. */
export interface RocCurve {
  readonly label: string;
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Area under the curve, in [0, 1]. */
  readonly auc: number;
}

/** ROC curves of one or more classifiers on the same labels, over the diagonal of chance. */
export interface RocSpec {
  readonly view: "roc";
  readonly curves: readonly RocCurve[];
  readonly title?: string;
}
