// What a cell imports from "cohortbook", one line an export.
export { Matrix } from "../data/matrix.ts";
export { Table } from "../data/table.ts";
export { accuracyScore } from "./accuracy-score.ts";
export { adjustedRandScore } from "./adjusted-rand-score.ts";
export type { AlternatingLeastSquaresParams } from "./alternating-least-squares.ts";
export type { BayesianPersonalizedRankingParams } from "./bayesian-personalized-ranking.ts";
export * from "./churn-label.ts";
export { clone } from "./clone.ts";
export type { CosineRecommenderParams } from "./cosine-recommender.ts";
export * from "./customer-features.ts";
export type { EventColumns, EventRows } from "./event-source.ts";
export * from "./event-sequences.ts";
export * from "./cross-validate.ts";
export type { DecisionTreeClassifierParams } from "./decision-tree-classifier.ts";
export type { DecisionTreeRegressorParams } from "./decision-tree-regressor.ts";
export type {
  Classifier,
  Estimator,
  Features,
  Label,
  Labels,
  Numbers,
  Regressor,
  Transformer,
} from "./estimator.ts";
export * from "./embedding.ts";
export * from "./estimators.ts";
export type { FitCallback, FitIteration, FitOptions } from "./fit-callback.ts";
export type { HistGradientBoostingClassifierParams } from "./hist-gradient-boosting-classifier.ts";
export type { HistGradientBoostingRegressorParams } from "./hist-gradient-boosting-regressor.ts";
export { inertia } from "./inertia.ts";
export * from "./live-embedding.ts";
export type { Rows } from "./inputs.ts";
export * from "./kaplan-meier-fitter.ts";
export type { KMeansParams } from "./k-means.ts";
export type { LogisticRegressionParams } from "./logistic-regression.ts";
export * from "./logrank-test.ts";
export type { MiniBatchKMeansParams } from "./mini-batch-k-means.ts";
export type { Moment } from "./moment.ts";
export type { MLPParams } from "./mlp-params.ts";
export type { NearestNeighborsParams } from "./nearest-neighbors.ts";
export type { NeighborMetric, Neighbors } from "./neighbour-search.ts";
export type { PCAParams } from "./pca-params.ts";
export * from "./pipeline.ts";
export * from "./plot-roc-curve.ts";
export * from "./plot-survival-functions.ts";
export type { PopularityRecommenderParams } from "./popularity-recommender.ts";
export * from "./probability-scores.ts";
export * from "./r2-score.ts";
export type { RecurrentParams } from "./recurrent-params.ts";
export type { RandomForestClassifierParams } from "./random-forest-classifier.ts";
export type { RandomForestRegressorParams } from "./random-forest-regressor.ts";
export * from "./ranking-metrics.ts";
export type { Recommendation, Recommendations, RecommendOptions } from "./recommender.ts";
export * from "./rfm.ts";
export * from "./roc-curve.ts";
export type { SGDClassifierParams } from "./sgd-params.ts";
export * from "./silhouette-score.ts";
export * from "./splitters.ts";
export type { TableVectorizerParams } from "./table-vectorizer.ts";
export * from "./train-test-split.ts";
export type { UserItems } from "./user-items.ts";
