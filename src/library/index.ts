// What a cell imports from "cohortbook", one line an export.
export { Matrix } from "../data/matrix.ts";
export { Table } from "../data/table.ts";
export { accuracyScore } from "./accuracy-score.ts";
export { clone } from "./clone.ts";
export {
  crossValidate,
  type CrossValidateOptions,
  type CrossValidation,
  type Scorer,
  type Scoring,
} from "./cross-validate.ts";
export type { Classifier, Estimator, Features, Label, Labels, Numbers, Transformer } from "./estimator.ts";
export * from "./estimators.ts";
export { type Rows } from "./inputs.ts";
export { type LogisticRegressionParams } from "./logistic-regression.ts";
export { makePipeline, Pipeline, type PipelineParams, type Step } from "./pipeline.ts";
export { brierScore, logLoss, type ProbabilityScoreOptions } from "./probability-scores.ts";
export { rocAucScore, rocCurve, type RocPoints } from "./roc-curve.ts";
export {
  PredefinedSplit,
  StratifiedKFold,
  type Split,
  type Splitter,
  type StratifiedKFoldParams,
} from "./splitters.ts";
export { type TableVectorizerParams } from "./table-vectorizer.ts";
export { trainTestSplit, type TrainTestSplitOptions } from "./train-test-split.ts";
