import { afterEach, expect, test, vi } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import {
  AlternatingLeastSquares,
  BayesianPersonalizedRanking,
  CosineRecommender,
} from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { fakeCell } from "./fake-cell.ts";

const random = seededRandom(8);
const draw = (bound: number) => Array.from({ length: 20_000 }, () => random.integer(bound));
const userItems = { users: draw(1000), items: draw(300) };

afterEach(() => {
  setSession(null);
  vi.restoreAllMocks();
});

const models = [
  {
    name: "AlternatingLeastSquares",
    make: (iterations: number) => new AlternatingLeastSquares({ factors: 32, iterations, regularization: 1 }),
  },
  {
    name: "BayesianPersonalizedRanking",
    make: (iterations: number) => new BayesianPersonalizedRanking({ factors: 32, iterations }),
  },
] as const;

test.each(models)(
  "a fit shows its loss as it goes and once when it is done: $name",
  async ({ name, make }) => {
    const cell = fakeCell();
    const model = await make(5).fit(userItems);
    expect(cell.shown[0]).toMatchObject({ view: "training", state: "running", epoch: 0, epochs: 5 });
    expect(cell.shown[0]!.untrained).toBe(name === "BayesianPersonalizedRanking" ? Math.LN2 : undefined);
    expect(cell.shown.at(-1)).toMatchObject({
      state: "done",
      title: name,
      fit: `${name}-1`,
      epoch: 5,
      loss: model.lossCurve,
      device: { tier: "wasm", name: "CPU (SIMD)", reason: "no-adapter" },
    });
    expect(model.stopped).toBe(false);
  },
);

test.each(models)("Stop in the live view keeps what is learnt so far: $name", async ({ make }) => {
  const cell = fakeCell();
  const fitting = make(1_000_000).fit(userItems);
  setTimeout(() => [...cell.stops.values()].forEach((stop) => stop()), 150);
  const model = await fitting;
  expect(model.stopped).toBe(true);
  expect(model.nIter).toBeLessThan(1_000_000);
  expect(model.recommend(userItems.users[0]!).ids.length).toBe(10);
  expect(cell.shown.at(-1)).toMatchObject({ state: "stopped" });
  expect(cell.stops.size).toBe(0);
});

test.each(models)("stopping the cell rejects the fit with an AbortError: $name", async ({ make }) => {
  const cell = fakeCell();
  setTimeout(() => cell.controller.abort(), 100);
  await expect(make(1_000_000).fit(userItems)).rejects.toMatchObject({ name: "AbortError" });
  expect(cell.shown.at(-1)).toMatchObject({ state: "aborted" });
});

test.each(models)(
  "a fit leaves the thread to others, at least ten times a second: $name",
  async ({ make }) => {
    let turns = 0;
    const clock = setInterval(() => turns++, 1);
    const start = performance.now();
    await make(60).fit(userItems);
    clearInterval(clock);
    expect(turns).toBeGreaterThan(Math.floor((performance.now() - start) / 100));
  },
);

test("similar items are sought in sight where that takes long, and Stop ends it", async () => {
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (clock += 600));
  const cell = fakeCell();
  await new CosineRecommender().fit(userItems);
  expect(cell.shown[0]).toMatchObject({ title: "CosineRecommender", state: "running", counts: "items" });
  expect(cell.shown.at(-1)).toMatchObject({ state: "done", epoch: 300, epochs: 300 });
  const other = fakeCell(({ fit }) => other.stop(fit));
  await expect(new CosineRecommender().fit(userItems)).rejects.toMatchObject({ name: "AbortError" });
});

test("a loss that is no longer a number is named with its epoch and what to try", async () => {
  const wild = new BayesianPersonalizedRanking({ factors: 8, learningRate: 1e30, iterations: 20 });
  await expect(wild.fit(userItems)).rejects.toThrow(
    /BayesianPersonalizedRanking: the loss became (NaN|Infinity) in epoch \d+; try a smaller learningRate, now 1e\+30/,
  );
  const heavy = { users: [1, 2, 2], items: [1, 1, 2], weights: [1e38, 1e38, 1] };
  await expect(new AlternatingLeastSquares({ factors: 2, alpha: 1e10 }).fit(heavy)).rejects.toThrow(
    /AlternatingLeastSquares: the loss became (NaN|Infinity|-Infinity) in epoch 1; try a larger regularization/,
  );
});
