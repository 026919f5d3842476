import { expect, test } from "vitest";
import { permutation, seededRandom } from "../../../src/core/random.ts";
import { columnFrom, type Column } from "../../../src/data/column.ts";
import { Matrix } from "../../../src/data/matrix.ts";
import {
  accuracyScore,
  brierScore,
  logLoss,
  plotRocCurve,
  rocAucScore,
  rocCurve,
} from "../../../src/library/index.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };

const { yTrue, yScore, threeClasses } = reference.metrics;

test(`AUC, log-loss and Brier score are those of ${reference.tool}`, () => {
  expect(rocAucScore(yTrue, yScore)).toBeCloseTo(reference.metrics.rocAucScore, 14);
  expect(logLoss(yTrue, yScore)).toBeCloseTo(reference.metrics.logLoss, 14);
  expect(brierScore(yTrue, yScore)).toBeCloseTo(reference.metrics.brierScore, 14);
  const three = new Matrix(Float64Array.from(threeClasses.yPred), 4, 3);
  expect(logLoss(threeClasses.yTrue, three)).toBeCloseTo(threeClasses.logLoss, 12);
  expect(brierScore(threeClasses.yTrue, three)).toBeCloseTo(threeClasses.brierScore, 14);
});

test(`ROC curves are those of ${reference.tool}, with and without the points on straight stretches`, () => {
  for (const [expected, dropIntermediate] of [
    [reference.metrics.rocCurve, true],
    [reference.metrics.rocCurveWhole, false],
  ] as const) {
    const found = rocCurve(yTrue, yScore, { dropIntermediate }).map((part) => Array.from(part));
    expect(found.map((part) => part.length)).toEqual(expected.map((part) => part.length));
    for (const [i, part] of expected.entries())
      for (const [j, value] of part.entries()) expect(found[i]![j]).toBeCloseTo(value ?? Infinity, 14);
  }
});

test("AUC is the share of pairs in order, ties counting half, whatever the order of rows", () => {
  const random = seededRandom(11);
  for (let round = 0; round < 50; round++) {
    const n = 2 + random.integer(30);
    const labels = Array.from({ length: n }, (_, i) => (i < 2 ? i : random.integer(2)));
    const scores = Array.from({ length: n }, () => random.integer(6) / 5);
    let pairs = 0;
    let right = 0;
    for (const [i, a] of labels.entries())
      for (const [j, b] of labels.entries())
        if (a === 1 && b === 0) {
          pairs++;
          right += scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0;
        }
    expect(rocAucScore(labels, scores)).toBeCloseTo(right / pairs, 12);
    const order = Array.from(permutation(n, random));
    const shuffled = rocAucScore(
      order.map((i) => labels[i]!),
      order.map((i) => scores[i]!),
    );
    expect(shuffled).toBe(rocAucScore(labels, scores));
  }
});

test("the greater label is the positive one, of any type, in arrays and columns", () => {
  const scores = [0.9, 0.2, 0.8];
  expect(rocAucScore(["Yes", "No", "Yes"], scores)).toBe(1);
  expect(rocAucScore([true, false, true], scores)).toBe(1);
  expect(rocAucScore([2, 1, 2], Float32Array.from(scores))).toBe(1);
  expect(
    rocAucScore(columnFrom(["Yes", "No", "Yes"]) as Column<string>, columnFrom(scores) as Column<number>),
  ).toBe(1);
});

test("log-loss of a certain mistake is large but finite, by the precision of what is given", () => {
  expect(logLoss([0, 1], [1, 1])).toBeCloseTo((52 * Math.LN2) / 2, 12);
  expect(logLoss([0, 1], Float32Array.of(1, 1))).toBeCloseTo((23 * Math.LN2) / 2, 6);
});

test("log-loss and Brier score of one class need labels", () => {
  expect(() => logLoss(["Yes"], [0.5])).toThrow('yTrue has only "Yes"; give all classes in labels');
  expect(logLoss(["Yes"], [0.25], { labels: ["No", "Yes"] })).toBeCloseTo(Math.log(4), 14);
  expect(brierScore(["No"], [0.25], { labels: ["Yes", "No"] })).toBe(0.0625);
  expect(() => brierScore(["Maybe"], [0.5], { labels: ["No", "Yes"] })).toThrow('yTrue has "Maybe"');
});

test("what has no score is refused", () => {
  expect(() => rocAucScore([1, 1], [0, 1])).toThrow("expected labels of two classes, got 1");
  expect(() => rocAucScore([0, 1, 2], [0, 1, 2])).toThrow("expected labels of two classes, got 3");
  expect(() => rocAucScore([0, 1], [0, NaN])).toThrow("yScore: expected numbers, got NaN in row 1");
  expect(() => rocAucScore([0, 1], [0])).toThrow("expected as many rows in yScore as in yTrue, 2, got 1");
  const both = new Matrix(Float64Array.of(0.1, 0.9, 0.8, 0.2), 2, 2);
  expect(() => rocAucScore([0, 1], both as never)).toThrow(
    "a 2 × 2 matrix (take one column of it: column(1))",
  );
  expect(() => logLoss([0, 1], [0.2, 1.2])).toThrow("expected probabilities in [0, 1], got 1.2 in row 1");
  const decisions = new Matrix(Float64Array.of(0.4, 0.6, -3, 4), 2, 2);
  expect(() => logLoss([0, 1], decisions)).toThrow("expected probabilities in [0, 1], got 4 in row 1");
  expect(() => brierScore([0, 1], decisions)).toThrow("expected probabilities in [0, 1], got 4 in row 1");
});

test("accuracy counts labels that are equal, and refuses labels of another type", () => {
  expect(accuracyScore(["a", "b", "c", "a"], ["a", "c", "c", "b"])).toBe(0.5);
  expect(() => accuracyScore([0, 1], ["0", "1"])).toThrow(
    "expected labels of type number in yPred, got string",
  );
});

test("a plot of ROC curves holds each curve and its area", () => {
  const spec = plotRocCurve({ model: { yTrue, yScore } }, { title: "Churn" });
  expect(spec).toMatchObject({ view: "roc", title: "Churn", curves: [{ label: "model" }] });
  const curve = spec.curves[0]!;
  let area = 0;
  for (let i = 1; i < curve.falsePositiveRate.length; i++)
    area +=
      ((curve.falsePositiveRate[i]! - curve.falsePositiveRate[i - 1]!) *
        (curve.truePositiveRate[i]! + curve.truePositiveRate[i - 1]!)) /
      2;
  expect(curve.auc).toBeCloseTo(area, 12);
});
