import { expect, test } from "vitest";
import { Table } from "../../../src/data/table.ts";
import {
  clone,
  crossValidate,
  LogisticRegression,
  makePipeline,
  Pipeline,
  PredefinedSplit,
  TableVectorizer,
  type Classifier,
} from "../../../src/library/index.ts";

const X = Table.from({ size: [1, 2, 3, 4, 5, 6, 7, 8], plan: ["a", "b", "a", "b", "a", "b", "a", "c"] });
const y = ["no", "no", "yes", "no", "yes", "no", "yes", "yes"];
const made = () => makePipeline(new TableVectorizer(), new LogisticRegression({ C: 2 }));

test("a pipeline gives what its steps give one after another", async () => {
  const pipeline = await made().fit(X, y);
  const vectorizer = await new TableVectorizer().fit(X);
  const model = await new LogisticRegression({ C: 2 }).fit(await vectorizer.transform(X), y);
  expect(await pipeline.predictProba(X)).toEqual(await model.predictProba(await vectorizer.transform(X)));
  expect(await pipeline.predict(X)).toEqual(await model.predict(await vectorizer.transform(X)));
  expect(await pipeline.score(X, y)).toBe(await model.score(await vectorizer.transform(X), y));
  expect(pipeline.classes).toEqual(["no", "yes"]);
  expect(Object.keys(pipeline.namedSteps)).toEqual(["tablevectorizer", "logisticregression"]);
  const inner = pipeline.namedSteps.logisticregression as LogisticRegression;
  expect(inner.coef.columns).toBe(4);
});

test("steps of one class get numbers, and a last step must do what is asked of it", async () => {
  const twice = makePipeline(new TableVectorizer(), new TableVectorizer());
  expect(Object.keys(twice.namedSteps)).toEqual(["tablevectorizer-1", "tablevectorizer-2"]);
  expect((await (await twice.fit(X)).transform(X)).columns).toBe(4);
  await expect(twice.predict(X)).rejects.toThrow('step "tablevectorizer-2" has no predict()');
  expect(() => makePipeline(new LogisticRegression(), new LogisticRegression())).toThrow(
    'step "logisticregression-1" has no transform()',
  );
  expect(() => makePipeline()).toThrow("expected at least one step");
});

test("a clone has new steps with the same parameters", async () => {
  const pipeline = await made().fit(X, y);
  const copy = clone(pipeline);
  expect(copy.namedSteps.logisticregression!.getParams()).toMatchObject({ C: 2 });
  expect(copy.namedSteps.logisticregression).not.toBe(pipeline.namedSteps.logisticregression);
  await expect(copy.predict(X)).rejects.toThrow("call fit first");
});

test("a fitted pipeline, even one in another, comes back from its bytes", async () => {
  const pipeline = await makePipeline(new TableVectorizer(), makePipeline(new LogisticRegression())).fit(
    X,
    y,
  );
  const loaded = Pipeline.load(pipeline.save());
  expect(await loaded.predictProba(X)).toEqual(await pipeline.predictProba(X));
  const other = (await new TableVectorizer().fit(X)).save();
  expect(() => Pipeline.load(other)).toThrow("expected a saved Pipeline, got a saved TableVectorizer");
});

test("no fold of a cross-validation learns from its held-out rows", async () => {
  const seen: number[][] = [];
  class Watching extends TableVectorizer {
    override async fit(rows: Table) {
      seen.push([...rows.column("size")] as number[]);
      return super.fit(rows);
    }
  }
  const folds = [0, 0, 0, 0, 1, 1, 1, 1];
  await crossValidate(makePipeline(new Watching(), new LogisticRegression()), X, y, {
    cv: new PredefinedSplit(folds),
  });
  expect(seen).toEqual([
    [5, 6, 7, 8],
    [1, 2, 3, 4],
  ]);
});

test("figures come under scikit-learn's names in camelCase", async () => {
  const cv = new PredefinedSplit([0, 0, 0, 0, 1, 1, 1, 1]);
  const one = await crossValidate(made(), X, y, { cv, scoring: "rocAuc" });
  expect(one.testScore).toEqual(one.testRocAuc);
  expect(one.fitTime.length).toBe(2);
  expect(one.scoreTime.every((seconds) => seconds >= 0)).toBe(true);
  const more = await crossValidate(made(), X, y, {
    cv,
    scoring: ["logLoss", "negLogLoss", "brierScore", "negBrierScore"],
  });
  expect(more.testNegLogLoss).toEqual(more.testLogLoss.map((loss) => -loss));
  expect(more.testNegBrierScore).toEqual(more.testBrierScore.map((loss) => -loss));
  expect((await crossValidate(made(), X, y, { cv })).testAccuracy.length).toBe(2);
});

test("a figure may be a function, alone or under a name", async () => {
  const cv = new PredefinedSplit([0, 0, 0, 0, 1, 1, 1, 1]);
  const rows = (_model: Classifier, _X: unknown, held: ArrayLike<unknown>) => held.length;
  const alone = await crossValidate(made(), X, y, {
    cv,
    scoring: (model, part, held) => rows(model, part, held as string[]),
  });
  expect(alone.testScore).toEqual([4, 4]);
  const named = await crossValidate(made(), X, y, {
    cv,
    scoring: { rows: (m, p, held) => rows(m, p, held as string[]), auc: "rocAuc" },
  });
  expect(named.testRows).toEqual([4, 4]);
  expect(named.testAuc.length).toBe(2);
});

test("a figure or an option that does not exist is refused", async () => {
  await expect(crossValidate(made(), X, y, { scoring: "auc" as never })).rejects.toThrow(
    "expected scoring to be one of accuracy, rocAuc",
  );
  await expect(crossValidate(made(), X, y, { scoring: "toString" as never })).rejects.toThrow(
    "expected scoring to be one of",
  );
  await expect(crossValidate(made(), X, y, { folds: 3 } as object)).rejects.toThrow('no parameter "folds"');
});

test("a number of folds means stratified folds", async () => {
  const result = await crossValidate(made(), X, y, { cv: 4 });
  expect(result.testScore.length).toBe(4);
});

test("labels of another length than X are refused, whoever makes the splits", async () => {
  const cv = new PredefinedSplit([0, 0, 0, 0, 1, 1, 1, 1]);
  await expect(crossValidate(made(), X, [...y, "yes"], { cv })).rejects.toThrow(
    "expected as many rows in y as in X, 8, got 9",
  );
});

test("a fold with two of three classes has no AUC, and neither has one with a class the fit did not see", async () => {
  const rows = [[1], [2], [3], [4], [5], [6]];
  const folds = new PredefinedSplit([-1, 0, 0, -1, -1, -1]);
  const auc = (labels: string[]) =>
    crossValidate(new LogisticRegression(), rows, labels, { cv: folds, scoring: "rocAuc" });
  await expect(auc(["a", "b", "c", "a", "b", "c"])).rejects.toThrow(
    "rocAuc: expected a model of two classes, got 3: a, b, c",
  );
  await expect(auc(["a", "a", "c", "a", "b", "b"])).rejects.toThrow('yTrue has "c"; labels has a, b');
});
