import { afterEach, expect, test } from "vitest";
import { HistGradientBoostingClassifier, RandomForestClassifier } from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { digitized, treeProblem } from "../../reference/tree-problems.ts";
import { fakeCell } from "./fake-cell.ts";

const { X, value } = treeProblem(2000, 6, 0, 5);
const y = digitized(value, [0.3]);

afterEach(() => setSession(null));

test("boosting shows the loss of each step, and of rows held out", async () => {
  const cell = fakeCell();
  const model = await new HistGradientBoostingClassifier({ maxIter: 30, earlyStopping: true }).fit(X, y);
  expect(cell.shown[0]).toMatchObject({ view: "training", state: "running", epoch: 0, epochs: 30 });
  expect(cell.shown[0]).toMatchObject({ counts: "iterations" });
  expect(cell.last()).toMatchObject({
    state: "done",
    title: "HistGradientBoostingClassifier",
    epoch: model.nIter,
    loss: model.trainScore.slice(1).map((score) => -score),
    validationLoss: model.validationScore.slice(1).map((score) => -score),
    device: { tier: "wasm", name: "CPU (SIMD)", reason: "cpu-model" },
  });
  expect(cell.ids).toEqual(new Set(["HistGradientBoostingClassifier-1"]));
});

test("a forest shows its Brier score tree by tree, and out of bag", async () => {
  const cell = fakeCell();
  await new RandomForestClassifier({ nEstimators: 30 }).fit(X, y);
  const { state, loss, validationLoss } = cell.last();
  expect(state).toBe("done");
  expect(loss).toHaveLength(30);
  expect(validationLoss).toHaveLength(30);
  expect(validationLoss[29]).toBeLessThan(validationLoss[0]! / 1.5);
  expect(validationLoss[29]).toBeGreaterThan(loss[29]!);
});

test.each([
  ["HistGradientBoostingClassifier", () => new HistGradientBoostingClassifier({ maxIter: 100_000 })],
  ["RandomForestClassifier", () => new RandomForestClassifier({ nEstimators: 100_000 })],
] as const)("Stop ends %s with the trees it has", async (name, make) => {
  const cell = fakeCell();
  setTimeout(() => cell.stop(`${name}-1`), 150);
  const model = await make().fit(X, y);
  expect(model.stopped).toBe(true);
  expect(cell.last().state).toBe("stopped");
  expect(cell.last().epoch).toBeLessThan(100_000);
  expect(await model.score(X, y)).toBeGreaterThan(0.8);
  expect(cell.stops.size).toBe(0);
});

test("Stop before the first tree leaves a forest of one", async () => {
  const cell = fakeCell();
  const fit = new RandomForestClassifier().fit(X, y);
  await Promise.resolve();
  cell.stop("RandomForestClassifier-1");
  expect((await fit).stopped).toBe(true);
  expect(await (await fit).score(X, y)).toBeGreaterThan(0.6);
});

test.each([
  () => new HistGradientBoostingClassifier({ maxIter: 100_000 }),
  () => new RandomForestClassifier({ nEstimators: 100_000 }),
])("stopping the cell rejects the fit with an AbortError", async (make) => {
  const cell = fakeCell();
  setTimeout(() => cell.controller.abort(), 100);
  await expect(make().fit(X, y)).rejects.toMatchObject({ name: "AbortError" });
  expect(cell.last().state).toBe("aborted");
});

test("a fit leaves the thread to others, at least ten times a second", async () => {
  let turns = 0;
  const clock = setInterval(() => turns++, 1);
  const start = performance.now();
  await new HistGradientBoostingClassifier({ maxIter: 60 }).fit(X, y);
  await new RandomForestClassifier({ nEstimators: 20 }).fit(X, y);
  clearInterval(clock);
  expect(turns).toBeGreaterThan((performance.now() - start) / 100);
});
