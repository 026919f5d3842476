import { afterEach, expect, test } from "vitest";
import { MLPClassifier } from "../../../src/library/mlp-classifier.ts";
import { MLPRegressor } from "../../../src/library/mlp-regressor.ts";
import { setSession } from "../../../src/library/session.ts";
import { moons } from "../../reference/mlp-problems.ts";
import { fakeCell } from "./fake-cell.ts";

const { X, y } = moons(2000);
const long = { hiddenLayerSizes: [16], maxIter: 100_000, nIterNoChange: 100_000, batchSize: 50 };

afterEach(() => {
  setSession(null);
});

test("a fit shows its losses as it goes and once when it is done", async () => {
  const cell = fakeCell();
  const model = await new MLPClassifier({ hiddenLayerSizes: [8], maxIter: 40, nIterNoChange: 40 }).fit(X, y);
  expect(cell.shown[0]).toMatchObject({
    view: "training",
    state: "running",
    epoch: 0,
    epochs: 40,
    remaining: NaN,
  });
  expect(cell.last()).toMatchObject({
    state: "done",
    title: "MLPClassifier",
    epoch: model.nIter,
    loss: model.lossCurve,
    validationLoss: model.validationLoss,
    device: { tier: "wasm", name: "CPU (SIMD)", reason: "no-adapter" },
  });
  expect(cell.ids).toEqual(new Set(["MLPClassifier-1"]));
  const seconds = cell.last().elapsed;
  expect(cell.shown.length).toBeLessThanOrEqual(2 + seconds * 10);
});

test("a fit that diverges is shown with what there is to compare its loss with", async () => {
  const cell = fakeCell();
  await new MLPClassifier({ maxIter: 1, learningRateInit: 1e6 }).fit(X, y);
  expect(cell.last().untrained).toBe(Math.LN2);
  expect(cell.last().loss[0]).toBeGreaterThan(1000 * Math.LN2);
  await new MLPRegressor({ maxIter: 1 }).fit(
    X,
    X.map(() => 3),
  );
  expect(cell.last().untrained).toBeCloseTo(4.5, 6);
});

test("each fit of a cell has a name of its own", async () => {
  const cell = fakeCell();
  const model = new MLPClassifier({ hiddenLayerSizes: [4], maxIter: 1 });
  await model.fit(X, y);
  await model.fit(X, y);
  expect(cell.ids).toEqual(new Set(["MLPClassifier-1", "MLPClassifier-2"]));
});

test("Stop in the live view ends the fit with the best weights so far", async () => {
  const cell = fakeCell();
  setTimeout(() => cell.stop("MLPClassifier-1"), 400);
  const model = await new MLPClassifier(long).fit(X, y);
  expect(model.stopped).toBe(true);
  expect(model.nIter).toBeLessThan(100_000);
  expect(await model.score(X, y)).toBeGreaterThan(0.7);
  expect(cell.last().state).toBe("stopped");
  expect(cell.stops.size).toBe(0);
});

test("stopping the cell rejects the fit with an AbortError", async () => {
  const cell = fakeCell();
  setTimeout(() => cell.controller.abort(), 200);
  await expect(new MLPClassifier(long).fit(X, y)).rejects.toMatchObject({ name: "AbortError" });
  expect(cell.last().state).toBe("aborted");
});

test("a fit leaves the thread to others, at least ten times a second", async () => {
  let turns = 0;
  const clock = setInterval(() => turns++, 1);
  const start = performance.now();
  await new MLPClassifier({ hiddenLayerSizes: [64, 32], maxIter: 30, nIterNoChange: 30 }).fit(X, y);
  clearInterval(clock);
  expect(turns).toBeGreaterThan((performance.now() - start) / 100);
});
