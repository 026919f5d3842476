import { afterEach, describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import {
  clone,
  GRUClassifier,
  LSTMClassifier,
  trainTestSplit,
  type EventSequence,
  type RecurrentParams,
} from "../../../src/library/index.ts";
import { setSession, type Session } from "../../../src/library/session.ts";

afterEach(() => setSession(null));

const estimators = [
  { name: "LSTMClassifier", Model: LSTMClassifier },
  { name: "GRUClassifier", Model: GRUClassifier },
];
const quick = { hiddenSize: 12, embeddingSize: 4, learningRateInit: 0.02, batchSize: 20 };

describe.each(estimators)("$name", ({ name, Model }) => {
  test("learns what came first, which no count of events can tell", async () => {
    const { X, y } = whichFirst(300);
    const model = await new Model({ ...quick, maxIter: 40 }).fit(X, y);
    const fresh = whichFirst(100, 9);
    expect(await model.score(fresh.X, fresh.y)).toBeGreaterThan(0.95);
    expect(model.classes).toEqual(["cart", "help"]);
    expect(new Set(model.events)).toEqual(new Set(["view", "cart", "help"]));
    expect(model.validationLoss).toHaveLength(model.nIter);
  });

  test("tells three classes apart by the numbers of events, whatever their scale", async () => {
    const random = seededRandom(3);
    const X = Array.from({ length: 240 }, (_, i) => {
      const amounts = [1, 2, 3, 4].map((step) => 5000 + [step, -step, 0][i % 3]! * 100 + random.next());
      return amounts.map((amount) => ["order", amount] as const);
    });
    const y = X.map((_, i) => i % 3);
    const model = await new Model({ ...quick, maxIter: 30 }).fit(X, y);
    expect(await model.score(X, y)).toBeGreaterThan(0.97);
    const probabilities = await model.predictProba(X.slice(0, 5));
    expect(probabilities.columns).toBe(3);
    for (let i = 0; i < 5; i++)
      expect(probabilities.row(i).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  test("the same seed gives the same bits, another seed other ones", async () => {
    const { X, y } = whichFirst(80);
    const bits = async (seed: number): Promise<Float64Array> =>
      (await (await new Model({ ...quick, seed, maxIter: 2 }).fit(X, y)).predictProba(X)).data;
    expect(await bits(1)).toEqual(await bits(1));
    expect(await bits(1)).not.toEqual(await bits(2));
  });

  test("a saved model gives the same probabilities when loaded", async () => {
    const { X, y } = whichFirst(60);
    const model = await new Model({ ...quick, maxIter: 2 }).fit(X, y);
    const loaded = Model.load(model.save());
    expect(await loaded.predictProba(X)).toEqual(await model.predictProba(X));
    expect(clone(loaded).getParams()).toEqual(model.getParams());
  });

  test("learns with dropout, a penalty and bounded gradients, each of which changes what is learnt", async () => {
    const { X, y } = whichFirst(300);
    const curbs = { dropout: 0.2, alpha: 0.01, clipNorm: 0.5 };
    const model = await new Model({ ...quick, ...curbs, maxIter: 40 }).fit(X, y);
    expect(await model.score(X, y)).toBeGreaterThan(0.95);
    const curve = async (curb: RecurrentParams): Promise<string> =>
      (await new Model({ ...quick, ...curb, maxIter: 2 }).fit(X, y)).lossCurve.join();
    const each = Object.entries(curbs).map(([key, value]) => curve({ [key]: value }));
    expect(new Set(await Promise.all([curve({}), ...each]))).toHaveLength(4);
  });

  test("a sequence may be empty, and unknown events and long histories do no harm", async () => {
    const { X, y } = whichFirst(60);
    const model = await new Model({ ...quick, maxIter: 2, maxLength: 5 }).fit(X, y);
    const strange: EventSequence[] = [[], ["returned"], [...X[0]!, ...X[0]!], X[0]!.slice(-5), X[0]!];
    const probabilities = await model.predictProba(strange);
    expect(probabilities.data.every(Number.isFinite)).toBe(true);
    expect(probabilities.row(3)).toEqual(probabilities.row(4));
    expect((await model.predictProba([])).rows).toBe(0);
  });

  test("Stop in the live view ends the fit with the best weights, and stopping the cell rejects it", async () => {
    const { X, y } = whichFirst(400);
    const { stops, shown, controller } = fakeCell();
    const long = { ...quick, maxIter: 100_000, nIterNoChange: 100_000 };
    setTimeout(() => stops[0]!(), 400);
    const model = await new Model(long).fit(X, y);
    expect(model.stopped).toBe(true);
    expect(await model.score(X, y)).toBeGreaterThan(0.5);
    expect(shown.at(-1)).toMatchObject({
      view: "training",
      state: "stopped",
      title: name,
      untrained: Math.LN2,
    });
    setTimeout(() => controller.abort(), 50);
    await expect(new Model(long).fit(X, y)).rejects.toMatchObject({ name: "AbortError" });
  });

  test.each<[RecurrentParams, string]>([
    [{ hiddenSize: 0 }, "expected hiddenSize to be a whole number of at least 1, got 0"],
    [{ learningRateInit: -1 }, "expected learningRateInit to be a number above 0, got -1"],
    [{ dropout: 1 }, "expected dropout to be at least 0 and below 1, got 1"],
    [{ alpha: -1 }, "expected alpha to be a number of at least 0, got -1"],
    [{ clipNorm: 0 }, "expected clipNorm to be null or a number above 0, got 0"],
    [{ validationFraction: 1 }, "expected validationFraction to be between 0 and 1, got 1"],
  ])("refuses %o", (params, message) => {
    expect(() => new Model(params)).toThrow(`${name}: ${message}`);
  });

  test.each<[unknown, string]>([
    ["view", `expected an array of sequences, got "view"; eventSequences makes one of a table`],
    [[["a"], "b"], `expected an array of events, got "b" in row 1`],
    [[["a"], ["b", null]], "expected text or a whole number as an event, got null in event 1 of row 1"],
    [
      [[1, 0.53], [2]],
      "expected text or a whole number as an event, got 0.53 in event 1 of row 0; numbers go beside the event: [event, number]",
    ],
    [[[["a", 1]], ["b"]], "expected 1 numbers with each event, got 0 in event 0 of row 1"],
    [[[["a", NaN]], []], "expected numbers with events, got NaN in event 0 of row 0"],
  ])("refuses sequences %j", async (X, message) => {
    await expect(new Model().fit(X as EventSequence[], [0, 1])).rejects.toThrow(`${name}.fit: X: ${message}`);
  });
});

test("a loss that is no longer a number is named with epoch and remedy", async () => {
  const { X, y } = whichFirst(40);
  const fit = new LSTMClassifier({ ...quick, learningRateInit: 1e38 }).fit(X, y);
  await expect(fit).rejects.toThrow(/the loss became .* in epoch \d+; try a smaller learningRateInit/);
});

test.each(estimators)("parameters of $name that its last step breaks are named too", async ({ Model }) => {
  const { X, y } = whichFirst(40);
  const params = { ...quick, batchSize: 40, maxIter: 1, earlyStopping: false };
  await expect(new Model({ ...params, learningRateInit: 1e39 }).fit(X, y)).rejects.toThrow(
    /: a parameter became (NaN|-?Infinity) in epoch 1; try a smaller learningRateInit, now 1e\+39/,
  );
});

test("sequences are split like any other rows", () => {
  const { X, y } = whichFirst(40);
  const [XTrain, XTest, yTrain, yTest] = trainTestSplit(X, y, { testSize: 0.25 });
  expect([XTrain.length, XTest.length, yTrain.length, yTest.length]).toEqual([30, 10, 30, 10]);
});

/** Sequences with one cart and one help among views; the label is what came first. */
function whichFirst(rows: number, seed = 1): { X: string[][]; y: string[] } {
  const random = seededRandom(seed);
  const X = Array.from({ length: rows }, (_, i) => {
    const pair = i % 2 ? ["cart", "help"] : ["help", "cart"];
    const views = (): string[] => Array.from({ length: random.integer(4) }, () => "view");
    return [...views(), pair[0]!, ...views(), pair[1]!, ...views()];
  });
  return { X, y: X.map((_, i) => (i % 2 ? "cart" : "help")) };
}

function fakeCell() {
  const stops: (() => void)[] = [];
  const shown: unknown[] = [];
  const controller = new AbortController();
  const cell = {
    signal: controller.signal,
    display: (value: unknown) => void shown.push(value),
    onStopFit: (_: string, stop: () => void) => (stops.push(stop), () => undefined),
  };
  setSession(cell as unknown as Session);
  return { stops, shown, controller };
}
