import { afterEach, describe, expect, test } from "vitest";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import type { MLPParams } from "../../../src/library/mlp-params.ts";
import { MLPRegressor } from "../../../src/library/mlp-regressor.ts";
import { packModel, unpackModel } from "../../../src/library/saved.ts";
import { setSession } from "../../../src/library/session.ts";
import { clouds, moons } from "../../reference/mlp-problems.ts";
import { fakeCell } from "./fake-cell.ts";

const { X, y } = moons(120);
const classes = [...new Set(y)];
const steady: MLPParams = {
  hiddenLayerSizes: [6],
  shuffle: false,
  earlyStopping: false,
  batchSize: 25,
  tol: 0,
};

const solvers: readonly MLPParams[] = [
  { solver: "adam" },
  { solver: "sgd", learningRateInit: 0.1 },
  { solver: "sgd", learningRate: "invscaling", learningRateInit: 0.1 },
  { solver: "sgd", learningRate: "adaptive", learningRateInit: 0.1, nIterNoChange: 1, tol: 0.05 },
];

afterEach(() => {
  setSession(null);
});

describe.each(solvers)("%o", (solver) => {
  const params = { ...steady, ...solver };

  test("as many calls as a fit has epochs learn the same, bit for bit", async () => {
    const whole = await new MLPClassifier({ ...params, maxIter: 6 }).fit(X, y);
    const parts = new MLPClassifier(params);
    for (let call = 0; call < 6; call++) await parts.partialFit(X, y, classes);
    expect(parts.lossCurve).toEqual(whole.lossCurve);
    expect(parts.coefs).toEqual(whole.coefs);
    expect(parts.nIter).toBe(6);
  });

  test("a call after a fit, saved and loaded, is one more epoch", async () => {
    const whole = await new MLPClassifier({ ...params, maxIter: 4 }).fit(X, y);
    const shorter = await new MLPClassifier({ ...params, maxIter: 3 }).fit(X, y);
    const loaded = await MLPClassifier.load(shorter.save()).partialFit(X, y);
    expect(loaded.coefs).toEqual(whole.coefs);
  });
});

test("a model saved before its optimizer was kept goes on with a fresh one", async () => {
  const model = await new MLPClassifier({ ...steady, maxIter: 3 }).fit(X, y);
  const saved = unpackModel("MLPClassifier", model.save()) as {
    params: object;
    fitted: { optimizer?: object };
  };
  delete saved.fitted.optimizer;
  const loaded = MLPClassifier.load(packModel("MLPClassifier", saved));
  const before = await loaded.score(X, y);
  for (let pass = 0; pass < 10; pass++) await loaded.partialFit(X, y);
  expect(loaded.nIter).toBe(13);
  expect(loaded.lossCurve.at(-1)).toBeLessThan(loaded.lossCurve[2]!);
  expect(await loaded.score(X, y)).toBeGreaterThanOrEqual(before);
});

test("rows in pieces are learnt as well as rows at once, whatever classes a piece has", async () => {
  const { X, y } = clouds(300);
  const model = new MLPClassifier({ hiddenLayerSizes: [12], learningRateInit: 0.02 });
  const all = [...new Set(y)];
  for (let pass = 0; pass < 20; pass++)
    for (const label of all) {
      const own = y.flatMap((each, i) => (each === label || (i + pass) % 3 === 0 ? [i] : []));
      const rows = own.map((i) => X[i]!);
      await model.partialFit(
        rows,
        own.map((i) => y[i]!),
        all,
      );
    }
  expect(model.classes).toEqual([...all].sort());
  expect(await model.score(X, y)).toBeGreaterThan(0.9);
});

test("a regressor learns in calls what it learns in epochs", async () => {
  const numbers = X.map(([a, b]) => a! * b!);
  const whole = await new MLPRegressor({ ...steady, maxIter: 5 }).fit(X, numbers);
  const parts = new MLPRegressor(steady);
  for (let call = 0; call < 5; call++) await parts.partialFit(X, numbers);
  expect(await parts.predict(X)).toEqual(await whole.predict(X));
});

test("what it cannot take is refused", async () => {
  const model = new MLPClassifier(steady);
  await expect(model.partialFit(X, y)).rejects.toThrow("the first call needs classes");
  await expect(model.partialFit(X, y, ["inner"])).rejects.toThrow("at least two classes, got 1");
  await expect(model.partialFit(X, y.slice(1), classes)).rejects.toThrow(RangeError);
  await model.partialFit(X, y, classes);
  await expect(model.partialFit([[1, 2, 3]], ["inner"])).rejects.toThrow(/columns/);
  await expect(model.partialFit([], [])).rejects.toThrow("at least one row in X, got 0");
  const held = new MLPClassifier({ ...steady, earlyStopping: true });
  await expect(held.partialFit(X, y, classes)).rejects.toThrow(`earlyStopping false or "auto", got true`);
});

test("a loss that is no longer a number is a RangeError, and what was learnt before stays", async () => {
  const model = new MLPClassifier({
    ...steady,
    solver: "sgd",
    activation: "identity",
    learningRateInit: 1e30,
  });
  await expect(model.partialFit(X, y, classes)).rejects.toThrow("try a smaller learningRateInit");
  expect(() => model.classes).toThrow("call fit first");
});

test("stopping the cell rejects a call with an AbortError", async () => {
  const cell = fakeCell();
  cell.controller.abort();
  const call = new MLPClassifier(steady).partialFit(X, y, classes);
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
});
