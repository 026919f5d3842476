// The estimators that `save()` and that a pipeline may hold, one line each; the name here is the name in their bytes.
export { GRUClassifier } from "./gru-classifier.ts";
export { DecisionTreeClassifier } from "./decision-tree-classifier.ts";
export { DecisionTreeRegressor } from "./decision-tree-regressor.ts";
export { HistGradientBoostingClassifier } from "./hist-gradient-boosting-classifier.ts";
export { HistGradientBoostingRegressor } from "./hist-gradient-boosting-regressor.ts";
export { AlternatingLeastSquares } from "./alternating-least-squares.ts";
export { BayesianPersonalizedRanking } from "./bayesian-personalized-ranking.ts";
export { CosineRecommender } from "./cosine-recommender.ts";
export { LogisticRegression } from "./logistic-regression.ts";
export { LSTMClassifier } from "./lstm-classifier.ts";
export { MLPClassifier } from "./mlp-classifier.ts";
export { MLPRegressor } from "./mlp-regressor.ts";
export { SGDClassifier } from "./sgd-classifier.ts";
export { RandomForestClassifier } from "./random-forest-classifier.ts";
export { RandomForestRegressor } from "./random-forest-regressor.ts";
export { PopularityRecommender } from "./popularity-recommender.ts";
export { TableVectorizer } from "./table-vectorizer.ts";
