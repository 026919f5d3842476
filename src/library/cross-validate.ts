import { accuracyScore } from "./accuracy-score.ts";
import { checkedLabels } from "./binary.ts";
import { clone } from "./clone.ts";
import type { Classifier, Estimator, Labels } from "./estimator.ts";
import { checkSameRows, rowCount, takeRows, toLabels, type Rows, type Sliceable } from "./inputs.ts";
import { checkParam, withDefaults } from "./params.ts";
import { pacer } from "./pause.ts";
import { brierScore, logLoss } from "./probability-scores.ts";
import { rocAucScore } from "./roc-curve.ts";
import { StratifiedKFold, type Splitter } from "./splitters.ts";

/** A figure of a fitted estimator on held-out rows X with labels y. */
export type Scorer = (estimator: Classifier, X: Rows, y: Labels) => number | Promise<number>;

const rocAuc: Scorer = async (model, X, y) => {
  const { classes } = model;
  if (classes.length !== 2)
    throw new RangeError(
      `crossValidate: rocAuc: expected a model of two classes, got ${classes.length}: ${classes.map(String).join(", ")}`,
    );
  checkedLabels("crossValidate: rocAuc", toLabels(y).classes, classes);
  return rocAucScore(y, (await model.predictProba(X as never)).column(1));
};
const loss: Scorer = async (model, X, y) =>
  logLoss(y, await model.predictProba(X as never), { labels: model.classes });
const brier: Scorer = async (model, X, y) =>
  brierScore(y, await model.predictProba(X as never), { labels: model.classes });

const scorers = {
  accuracy: async (model, X, y) => accuracyScore(y, await model.predict(X as never)),
  rocAuc,
  logLoss: loss,
  negLogLoss: async (model, X, y) => -(await loss(model, X, y)),
  brierScore: brier,
  negBrierScore: async (model, X, y) => -(await brier(model, X, y)),
} satisfies Record<string, Scorer>;

/** Figures `crossValidate` knows by name. Those that begin with `neg` are losses with their sign turned, as in scikit-learn. */
export type ScoringName = keyof typeof scorers;

/** What to score by: one name or function (its figures are `testScore`), names, or functions and names under names of one's own. */
export type Scoring =
  ScoringName | Scorer | readonly ScoringName[] | Readonly<Record<string, ScoringName | Scorer>>;

type NameIn<S> = S extends readonly unknown[]
  ? S[number] & string
  : S extends ScoringName
    ? "score" | S
    : S extends (...args: never) => unknown
      ? "score"
      : keyof S & string;

/** Figures of each split: seconds to fit and to score, and `test` + the name of each figure (`testRocAuc`). */
export type CrossValidation<S> = { readonly fitTime: number[]; readonly scoreTime: number[] } & {
  readonly [Name in NameIn<S> as `test${Capitalize<Name>}`]: number[];
};

/** Options of `crossValidate`. */
export interface CrossValidateOptions {
  /** The splits, or how many stratified folds to make. Default 5. */
  readonly cv?: number | Splitter;
  /** Default "accuracy". */
  readonly scoring?: Scoring;
}

/**
 * Fits a clone of the estimator on the train rows of each split and scores it on the test rows. X, y: n rows, in any form the
 * estimator takes. Gives one number a split under `fitTime` and `scoreTime` (seconds) and, for each figure, `testRocAuc`,
 * `testNegLogLoss` …; a single figure is under `testScore` too. Stops with the cell.
 */
export function crossValidate<const S extends Scoring>(
  estimator: Estimator,
  X: Rows,
  y: Labels & Sliceable,
  options: CrossValidateOptions & { readonly scoring: S },
): Promise<CrossValidation<S>>;
export function crossValidate(
  estimator: Estimator,
  X: Rows,
  y: Labels & Sliceable,
  options?: CrossValidateOptions,
): Promise<CrossValidation<"accuracy">>;
export async function crossValidate(
  estimator: Estimator,
  X: Rows,
  y: Labels & Sliceable,
  options: CrossValidateOptions = {},
): Promise<Record<string, number[]>> {
  const defaults = { cv: 5, scoring: "accuracy" } as const;
  const { cv, scoring } = withDefaults<CrossValidateOptions>("crossValidate", defaults, options);
  checkSameRows("X", rowCount(X), "y", rowCount(y));
  const figures = figuresOf(scoring);
  const splitter = typeof cv === "number" ? new StratifiedKFold({ nSplits: cv }) : cv;
  const result: Record<string, number[]> = { fitTime: [], scoreTime: [] };
  for (const [name] of figures) result[keyOf(name)] = [];
  const pause = pacer();
  for (const [train, test] of splitter.split(X, y)) {
    await pause();
    const started = performance.now();
    const model = await clone(estimator).fit(takeRows(X, train) as never, takeRows(y, train));
    const fitted = performance.now();
    const XTest = takeRows(X, test);
    const yTest = takeRows(y, test);
    for (const [name, scorer] of figures)
      result[keyOf(name)]!.push(await scorer(model as unknown as Classifier, XTest, yTest));
    result.fitTime!.push((fitted - started) / 1000);
    result.scoreTime!.push((performance.now() - fitted) / 1000);
  }
  if (typeof scoring === "string") result.testScore = [...result[keyOf(scoring)]!];
  return result;
}

function figuresOf(scoring: Scoring): [string, Scorer][] {
  if (typeof scoring === "string") return [[scoring, scorerOf(scoring)]];
  if (typeof scoring === "function") return [["score", scoring]];
  const named = isNames(scoring) ? scoring.map((name) => [name, name] as const) : Object.entries(scoring);
  return named.map(([name, figure]) => [name, scorerOf(figure)]);
}

function isNames(scoring: Scoring): scoring is readonly ScoringName[] {
  return Array.isArray(scoring);
}

function scorerOf(figure: ScoringName | Scorer): Scorer {
  if (typeof figure === "function") return figure;
  checkParam(
    "crossValidate",
    "scoring",
    figure,
    `one of ${Object.keys(scorers).join(", ")}, or a function`,
    Object.hasOwn(scorers, figure),
  );
  return scorers[figure];
}

function keyOf(name: string): string {
  return `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
