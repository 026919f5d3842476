import { afterEach, describe, expect, test } from "vitest";
import { Table } from "../../../src/data/table.ts";
import { clone, SGDClassifier, type SGDClassifierParams } from "../../../src/library/index.ts";
import { setSession, type Session } from "../../../src/library/session.ts";
import { clouds, moons } from "../../reference/mlp-problems.ts";
import reference from "../../reference/sgd.json" with { type: "json" };

afterEach(() => setSession(null));

describe(`the path of ${reference.tool}`, () => {
  test.each(reference.cases)(
    "with $name",
    async ({ params, y, epochs, coef, intercept, nIter, firstRow }) => {
      const model = new SGDClassifier({ ...inCamelCase(params), shuffle: false });
      if (epochs)
        for (let epoch = 0; epoch < epochs; epoch++)
          await model.partialFit(reference.X, y, [0, 1, 2].slice(0, Math.max(...y) + 1));
      else {
        await model.fit(reference.X, y);
        expect(model.nIter).toBe(nIter);
      }
      for (const [i, value] of coef.entries()) expect(model.coef.data[i]).toBeCloseTo(value, 6);
      for (const [k, value] of intercept.entries()) expect(model.intercept[k]).toBeCloseTo(value, 6);
      if (!firstRow) return;
      const probabilities = await model.predictProba(reference.X);
      for (const [k, value] of firstRow.entries()) expect(probabilities.at(0, k)).toBeCloseTo(value, 6);
    },
  );
});

test("three clouds are told apart, and labels come back in the type of y", async () => {
  const { X, y } = clouds(300);
  const model = await new SGDClassifier({ loss: "log_loss" }).fit(X, y);
  expect(model.classes).toEqual(["east", "north", "west"]);
  expect(await model.score(X, y)).toBeGreaterThan(0.97);
  const row = (await model.predictProba(X)).row(0);
  expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  const codes = y.map((label) => label === "north");
  expect(await (await new SGDClassifier().fit(X, codes)).predict(X.slice(0, 3))).toEqual(codes.slice(0, 3));
});

test("the same seed gives the same bits, another seed other ones", async () => {
  const { X, y } = moons(200);
  const coef = async (seed: number): Promise<Float64Array> =>
    (await new SGDClassifier({ seed }).fit(X, y)).coef.data;
  expect(await coef(1)).toEqual(await coef(1));
  expect(await coef(1)).not.toEqual(await coef(2));
});

test("a model goes on learning after it was saved", async () => {
  const { X, y } = moons(200);
  const model = await new SGDClassifier({ loss: "log_loss" }).partialFit(X, y, ["inner", "outer"]);
  const loaded = SGDClassifier.load(model.save());
  await model.partialFit(X, y);
  await loaded.partialFit(X, y);
  expect(loaded.coef).toEqual(model.coef);
  expect(loaded.nIter).toBe(2);
  expect(clone(loaded).getParams().loss).toBe("log_loss");
});

test("columns of a table are found by name", async () => {
  const { X, y } = moons(100);
  const table = Table.from({ a: X.map((row) => row[0]), b: X.map((row) => row[1]) });
  const model = await new SGDClassifier().fit(table, y);
  expect(await model.decisionFunction(table.select("b", "a"))).toEqual(await model.decisionFunction(table));
});

test("Stop in the live view ends the fit where it is, and stopping the cell rejects it", async () => {
  const { X, y } = moons(4000);
  const stops: (() => void)[] = [];
  const controller = new AbortController();
  const shown: unknown[] = [];
  const cell = {
    signal: controller.signal,
    display: (value: unknown) => void shown.push(value),
    onStopFit: (_: string, stop: () => void) => (stops.push(stop), () => undefined),
  };
  setSession(cell as unknown as Session);
  const long = new SGDClassifier({ maxIter: 1e6, nIterNoChange: 1e6 });
  setTimeout(() => stops[0]!(), 100);
  await long.fit(X, y);
  expect(long.stopped).toBe(true);
  expect(await long.score(X, y)).toBeGreaterThan(0.7);
  expect(shown.at(-1)).toMatchObject({ view: "training", state: "stopped", device: { reason: "cpu-model" } });
  setTimeout(() => controller.abort(), 50);
  await expect(long.fit(X, y)).rejects.toMatchObject({ name: "AbortError" });
});

describe("it refuses", () => {
  test.each<[SGDClassifierParams, string]>([
    [
      { loss: "squared" as "hinge" },
      `expected loss to be "hinge", "log_loss" or "modified_huber", got "squared"`,
    ],
    [{ alpha: 0 }, "expected alpha to be a number above 0, got 0"],
    [{ l1Ratio: 2 }, "expected l1Ratio to be between 0 and 1, got 2"],
  ])("%o", (params, message) => {
    expect(() => new SGDClassifier(params)).toThrow(message);
  });

  test("a first partial fit without classes, and a label that is none of them", async () => {
    await expect(new SGDClassifier().partialFit([[1]], ["a"])).rejects.toThrow(
      "the first call needs classes",
    );
    await expect(new SGDClassifier().partialFit([[1]], ["c"], ["a", "b"])).rejects.toThrow(
      `y has "c"; classes has "a", "b"`,
    );
  });

  test("probabilities of the hinge", async () => {
    const model = await new SGDClassifier().fit([[0], [1]], ["a", "b"]);
    await expect(model.predictProba([[0]])).rejects.toThrow(`loss "hinge" gives no probabilities`);
  });

  test("to go on when the loss is no longer a number", async () => {
    const fit = new SGDClassifier({ loss: "modified_huber" }).fit([[1e300], [1e300]], ["a", "b"]);
    await expect(fit).rejects.toThrow(/the loss became .* in epoch \d+; standardise the columns of X/);
  });
});

function inCamelCase(params: object): SGDClassifierParams {
  const camel = (key: string): string => key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [camel(key), value as unknown]));
}
