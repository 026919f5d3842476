import * as estimators from "../../../src/library/estimators.ts";
import type { Recommendations } from "../../../src/library/index.ts";
import type { Matrix } from "../../../src/data/matrix.ts";

/** Names of the estimators that are registered. */
export type Name = keyof typeof estimators;

/** What any estimator may be asked. */
export interface Model {
  readonly stopped: boolean;
  readonly params: object;
  fit(...data: readonly unknown[]): Promise<Model>;
  getParams(): Readonly<Record<string, unknown>>;
  predict(X: unknown): Promise<ArrayLike<number>>;
  predictProba(X: unknown): Promise<Matrix>;
  transform(X: unknown): Promise<Matrix>;
  kneighbors(X: unknown, k: number): Promise<{ distances: Matrix; indices: readonly Int32Array[] }>;
  recommendAll(users: undefined, n: number): Promise<Recommendations>;
  save(): Uint8Array;
}

/** An estimator's class. */
export interface Kind {
  new (params: object): Model;
  load(bytes: Uint8Array): Model;
}

/** What an estimator has, and how it is used. */
export interface EstimatorCase {
  readonly data: keyof typeof given;
  /** All that it says of the data it was fitted to. */
  readonly says: (model: Model) => Promise<string>;
  /** Parameters of a fit that is over at once. */
  readonly params: object;
  /** Whether another seed gives another model; null where there is no seed. */
  readonly random: boolean | null;
  /** Whether it runs on the GPU too. */
  readonly tiers: boolean;
  /** Parameters of a fit that goes on for as long as nobody stops it; "short" where there is none, null where a fit is not shown. */
  readonly endless: object | "short" | null;
  /** Parameters that make its loss grow without bound, and the remedy that is named. */
  readonly wild?: readonly [params: object, remedy: string];
  /** Whether a missing number is taken rather than refused. */
  readonly takesMissing?: boolean;
}

const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), Math.sin(i / 7)]);
const labels = rows.map(([a, b], i) => (i % 9 === 0 ? "neither" : a! + b! > 0 ? "in" : "out"));
const values = rows.map(([a, b]) => 3 * a! - b!);
const sequences = rows.map((row, i) => row.slice(i % 3).map((x) => [x > 0 ? "a" : "b", x] as const));
const likes = {
  users: rows.flatMap((_, i) => [i % 20, i % 20]),
  items: rows.flatMap((_, i) => [(i * 7) % 13, (i * 5 + 1) % 13]),
};

const holed = rows.map((row, i) => (i === 1 ? [...row.slice(0, 2), NaN] : row));

/** Data by what is wanted of an estimator: as it should be, without rows, and with a number missing; what is said of that. */
export const given = {
  classes: {
    good: [rows, labels],
    none: [[], []],
    bad: [holed, labels],
    refusal: "X: column 2: expected numbers, got NaN in row 1",
  },
  values: {
    good: [rows, values],
    none: [[], []],
    bad: [holed, values],
    refusal: "X: column 2: expected numbers, got NaN in row 1",
  },
  rows: {
    good: [rows],
    none: [[]],
    bad: [holed],
    refusal: "X: column 2: expected numbers, got NaN in row 1",
  },
  sequences: {
    good: [sequences, labels],
    none: [[], []],
    bad: [sequences.with(1, [["a", NaN]]), labels],
    refusal: "X: expected numbers with events, got NaN in event 0 of row 1",
  },
  likes: {
    good: [likes],
    none: [{ users: [], items: [] }],
    bad: [{ ...likes, weights: likes.users.map((_, i) => (i === 1 ? NaN : 1)) }],
    refusal: "weights: expected numbers, got NaN in row 1",
  },
} as const;

const says = {
  probabilities: async (model: Model) => (await model.predictProba(rows)).data.join(),
  ofSequences: async (model: Model) => (await model.predictProba(sequences)).data.join(),
  values: async (model: Model) => Array.from(await model.predict(rows)).join(),
  features: async (model: Model) => (await model.transform(rows)).data.join(),
  async neighbours(model: Model) {
    const { distances, indices } = await model.kneighbors(rows, 3);
    return [...distances.data, ...indices.map((list) => list.join())].join();
  },
  async items(model: Model) {
    const { ids, scores } = await model.recommendAll(undefined, 4);
    return [...ids, ...scores].map((list) => list.join()).join(";");
  },
};

const on = <Data extends keyof typeof given, Says extends keyof typeof says>(data: Data, what: Says) => ({
  data,
  says: says[what],
});
const layers = { hiddenLayerSizes: [4], maxIter: 3 };
const cells = { hiddenSize: 3, embeddingSize: 2, maxIter: 3 };
const forever = { maxIter: 1e6, nIterNoChange: 1e6 };
const steep = { solver: "sgd", learningRateInit: 1e9, maxIter: 30 };
const likers = { ...on("likes", "items"), endless: null, random: false, tiers: false, params: {} };

const tree = {
  params: { maxFeatures: 1, maxDepth: 2 },
  endless: "short",
  random: true,
  tiers: false,
} as const;
const boosted = {
  params: { maxIter: 3, earlyStopping: true, minSamplesLeaf: 3 },
  endless: { maxIter: 1e5, earlyStopping: false },
  wild: [{ learningRate: 1e308 }, "try a smaller learningRate, now 1e+308"],
  random: true,
  tiers: false,
  takesMissing: true,
} as const;
const recurrent = {
  params: cells,
  endless: forever,
  wild: [{ learningRateInit: 1e38, maxIter: 30 }, "try a smaller learningRateInit, now 1e+38"],
  random: true,
  tiers: true,
} as const;
const layered = {
  params: layers,
  endless: forever,
  wild: [steep, "try a smaller learningRateInit, now 1000000000"],
  random: true,
  tiers: true,
} as const;
const forest = {
  params: { nEstimators: 3 },
  endless: { nEstimators: 1e5 },
  random: true,
  tiers: false,
} as const;

/** Every estimator there is. */
export const estimatorCases: Readonly<Record<Name, EstimatorCase>> = {
  AlternatingLeastSquares: {
    ...on("likes", "items"),
    params: { factors: 3, iterations: 2 },
    endless: { iterations: 1e6 },
    random: true,
    tiers: true,
  },
  BayesianPersonalizedRanking: {
    ...on("likes", "items"),
    params: { factors: 3, iterations: 2 },
    endless: { iterations: 1e6 },
    wild: [{ learningRate: 1e30 }, "try a smaller learningRate, now 1e+30"],
    random: true,
    tiers: true,
  },
  CosineRecommender: likers,
  DecisionTreeClassifier: {
    ...on("classes", "probabilities"),
    ...tree,
  },
  DecisionTreeRegressor: {
    ...on("values", "values"),
    ...tree,
  },
  GRUClassifier: {
    ...on("sequences", "ofSequences"),
    ...recurrent,
  },
  HistGradientBoostingClassifier: {
    ...on("classes", "probabilities"),
    ...boosted,
  },
  HistGradientBoostingRegressor: {
    ...on("values", "values"),
    ...boosted,
  },
  KMeans: {
    ...on("rows", "features"),
    params: { nClusters: 4, init: "random", nInit: 1, maxIter: 1 },
    endless: { nInit: 1e6, maxIter: 5 },
    random: true,
    tiers: true,
  },
  LogisticRegression: {
    ...on("classes", "probabilities"),
    params: {},
    endless: "short",
    random: false,
    tiers: true,
  },
  LSTMClassifier: {
    ...on("sequences", "ofSequences"),
    ...recurrent,
  },
  MiniBatchKMeans: {
    ...on("rows", "features"),
    params: { nClusters: 4, maxIter: 2, batchSize: 16 },
    endless: { maxIter: 1e6, maxNoImprovement: null },
    random: true,
    tiers: true,
  },
  MLPClassifier: {
    ...on("classes", "probabilities"),
    ...layered,
  },
  MLPRegressor: {
    ...on("values", "values"),
    ...layered,
  },
  NearestNeighbors: { ...on("rows", "neighbours"), params: {}, endless: null, random: false, tiers: true },
  PCA: {
    ...on("rows", "features"),
    params: { nComponents: 1, svdSolver: "randomized", iteratedPower: 1, nOversamples: 0 },
    endless: { iteratedPower: 1e6 },
    random: true,
    tiers: true,
  },
  PopularityRecommender: likers,
  RandomForestClassifier: {
    ...on("classes", "probabilities"),
    ...forest,
  },
  RandomForestRegressor: {
    ...on("values", "values"),
    ...forest,
  },
  SGDClassifier: {
    ...on("classes", "probabilities"),
    params: { loss: "log_loss", maxIter: 3 },
    endless: { maxIter: 1e6, nIterNoChange: 1e6 },
    wild: [{ loss: "modified_huber", learningRate: "constant", eta0: 1e308 }, "with an eta0 below 1e+308"],
    random: true,
    tiers: false,
  },
  TableVectorizer: {
    ...on("rows", "features"),
    params: {},
    endless: null,
    random: null,
    tiers: false,
  },
};

/** The class of that name. */
export function kindOf(name: Name): Kind {
  return estimators[name] as unknown as Kind;
}
