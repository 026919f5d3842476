import { afterEach, describe, expect, test } from "vitest";
import { Table } from "../../../src/data/table.ts";
import { clone, LogisticRegression, logLoss } from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { fakeCell } from "./fake-cell.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };

afterEach(() => setSession(null));

const near = (found: ArrayLike<number>, expected: readonly (number | null)[]) => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(found[i]! - value!), `entry ${i}: ${found[i]} for ${value}`).toBeLessThan(
      1e-7 * Math.max(1, Math.abs(value!)),
    );
};

describe(`the optimum of ${reference.tool}`, () => {
  test.each(reference.logistic)("with $name", async (given) => {
    const classWeight = given.classWeight as "balanced" | Record<string, number> | null;
    const model = new LogisticRegression({
      C: given.C ?? Infinity,
      classWeight,
      fitIntercept: given.fitIntercept,
    });
    await model.fit(given.X, given.y);
    expect(model.converged).toBe(true);
    near(model.coef.data, given.coef);
    near(model.intercept, given.intercept);
    const probabilities = await model.predictProba(given.X);
    near(probabilities.row(0), given.firstRow);
    expect(logLoss(given.y, probabilities)).toBeCloseTo(given.logLoss, 9);
  });
});

const X = [[0], [1], [2], [3], [4], [5]];

test("labels come back in the type of y, whatever it is", async () => {
  for (const labels of [
    ["no", "yes"],
    [0, 1],
    [false, true],
    [-1, 1],
  ] as const) {
    const y = [0, 0, 1, 0, 1, 1].map((code) => labels[code]!);
    const model = await new LogisticRegression().fit(X, y);
    expect(model.classes).toEqual(labels);
    expect(await model.predict([[-5], [9]])).toEqual(labels);
    expect(model.coef.at(0, 0)).toBeGreaterThan(0);
  }
});

test("probabilities of each row sum to 1, and very sure ones stay exact", async () => {
  const model = await new LogisticRegression().fit(X, [0, 0, 0, 1, 1, 1]);
  const sure = await model.predictProba([[-300], [300]]);
  expect(sure.at(0, 1)).toBeGreaterThan(0);
  expect(sure.at(0, 1)).toBeLessThan(1e-100);
  expect(sure.at(1, 0)).toBeGreaterThan(0);
  expect(sure.at(0, 0) + sure.at(0, 1)).toBe(1);
});

test("a fitted model comes back from its bytes, and a clone is not fitted", async () => {
  const model = await new LogisticRegression({ C: Infinity, maxIter: 7 }).fit(X, [
    "b",
    "a",
    "c",
    "b",
    "a",
    "c",
  ]);
  const loaded = LogisticRegression.load(model.save());
  expect(loaded.getParams()).toEqual(model.getParams());
  expect((await loaded.predictProba(X)).data).toEqual((await model.predictProba(X)).data);
  expect(clone(model).getParams()).toEqual(model.getParams());
  expect(() => clone(model).coef).toThrow("LogisticRegression: call fit first");
  expect(() => LogisticRegression.load(new Uint8Array(3))).toThrow("expected bytes that save() gave");
});

test("columns of a table are found by name", async () => {
  const table = Table.from({ a: [0, 1, 2, 3], b: [5, 1, 4, 2] });
  const model = await new LogisticRegression().fit(table, [0, 0, 1, 1]);
  const turned = await model.predictProba(table.select("b", "a"));
  expect(turned.data).toEqual((await model.predictProba(table)).data);
  await expect(model.predict(table.drop("b"))).rejects.toThrow('no column "b"');
  await expect(model.predict(Table.from({ a: [1], b: [1], c: [1] }))).rejects.toThrow(
    'column "c" was not in the fit',
  );
});

test("what cannot be fitted is refused with column, value and row", async () => {
  const model = new LogisticRegression();
  const missing = Table.from({ age: [1, null, 3] });
  await expect(model.fit(missing, [0, 1, 0])).rejects.toThrow(
    'column "age": expected numbers, got null in row 1',
  );
  const text = Table.from({ plan: ["a", "b"] });
  await expect(model.fit(text, [0, 1])).rejects.toThrow('column "plan": expected numbers, got "a" in row 0');
  await expect(model.fit([[1], [NaN]], [0, 1])).rejects.toThrow(
    "column 0: expected numbers, got NaN in row 1",
  );
  await expect(model.fit([[1], [2, 3]], [0, 1])).rejects.toThrow("expected 1 numbers in every row");
  await expect(model.fit([1, 2] as never, [0, 1])).rejects.toThrow(
    "expected an array of numbers in every row, got 1 in row 0",
  );
  await expect(model.fit([{ age: 1 }] as never, [0])).rejects.toThrow(
    "got an object in row 0; TableVectorizer turns objects into numbers",
  );
  await expect(model.fit([[1], [2]], ["a", "a"])).rejects.toThrow('got only "a"');
  await expect(model.fit([[1], [2]], [1, 0.5])).rejects.toThrow(
    "LogisticRegression.fit: expected classes in y, words or whole numbers, got 0.5; a regressor learns numbers",
  );
  await expect(model.fit([[1], [2]], ["a", null])).rejects.toThrow("expected a label, got null in row 1");
  await expect(model.fit([[1], [2]], [0])).rejects.toThrow("expected as many rows in y as in X, 2, got 1");
  const unweighed = new LogisticRegression({ classWeight: { "0": 0, "1": 0 } });
  await expect(unweighed.fit([[1], [2]], [0, 1])).rejects.toThrow(
    "expected classWeight to be more than 0 for some class",
  );
  await expect(model.predict([[1]])).rejects.toThrow("call fit first");
});

test("a parameter that does not exist, or makes no sense, is refused by name", () => {
  expect(() => new LogisticRegression({ c: 1 } as object)).toThrow(
    'no parameter "c" (did you mean "C"?); it has C, maxIter',
  );
  expect(() => new LogisticRegression({ C: 0 })).toThrow("expected C to be a number above 0, got 0");
});

describe("in a cell", () => {
  const noise = Array.from({ length: 400 }, (_, i) => [Math.sin(i), Math.cos(i * i)]);
  const y = noise.map(([a, b], i) => a! + b! > Math.sin(7 * i));

  test("a fit shows its loss, which falls with each Newton step, and where it runs", async () => {
    const cell = fakeCell();
    const model = await new LogisticRegression({ device: "wasm" }).fit(noise, y);
    expect(cell.shown[0]).toMatchObject({ state: "running", title: "LogisticRegression", epochs: 100 });
    const { state, loss, device } = cell.last();
    expect([state, loss.length, device.reason]).toEqual(["done", model.nIter, "forced"]);
    for (let i = 1; i < loss.length; i++) expect(loss[i]).toBeLessThanOrEqual(loss[i - 1]! + 1e-15);
    expect(model.stopped).toBe(false);
  });

  test("Stop in the live view keeps the coefficients as they are then", async () => {
    const cell = fakeCell();
    const fitting = new LogisticRegression().fit(noise, y);
    while (!cell.shown.length) await Promise.resolve();
    cell.stop("LogisticRegression-1");
    const model = await fitting;
    expect([model.stopped, model.converged, model.nIter]).toEqual([true, false, 1]);
    expect(await model.score(noise, y)).toBeGreaterThan(0.5);
    expect(cell.last().state).toBe("stopped");
  });

  test("stopping the cell rejects a fit with an AbortError", async () => {
    const cell = fakeCell();
    const fit = new LogisticRegression().fit(noise, y);
    cell.controller.abort();
    await expect(fit).rejects.toMatchObject({ name: "AbortError" });
    expect(cell.last().state).toBe("aborted");
  });
});

test("a device that there is not is refused", async () => {
  expect(() => new LogisticRegression({ device: "gpu" as "wasm" })).toThrow(
    'expected device to be "webgpu", "wasm" or null, got "gpu"',
  );
  const forced = new LogisticRegression({ device: "webgpu" }).fit(X, [0, 0, 1, 0, 1, 1]);
  await expect(forced).rejects.toThrow("there is no WebGPU adapter here");
});
