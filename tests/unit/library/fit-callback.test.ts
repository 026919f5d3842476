import { afterEach, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import {
  AlternatingLeastSquares,
  BayesianPersonalizedRanking,
  type FitIteration,
} from "../../../src/library/index.ts";
import { setSession } from "../../../src/library/session.ts";
import { fakeCell } from "./fake-cell.ts";

const random = seededRandom(8);
const draw = (bound: number) => Array.from({ length: 3000 }, () => random.integer(bound));
const userItems = { users: draw(200), items: draw(60) };

afterEach(() => setSession(null));

const recommenders = {
  BayesianPersonalizedRanking: () => new BayesianPersonalizedRanking({ factors: 8, iterations: 7 }),
  AlternatingLeastSquares: () => new AlternatingLeastSquares({ factors: 8, iterations: 7 }),
};

test.each(Object.entries(recommenders))(
  "a callback is told of each epoch once, in order, with its loss: %s",
  async (_, make) => {
    const told: Omit<FitIteration<unknown>, "fittedEstimator">[] = [];
    const model = await make().fit(userItems, {
      callback: ({ iteration, elapsed, loss, validationLoss }) =>
        told.push({ iteration, elapsed, loss, validationLoss }),
    });
    expect(told.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(told.map(({ loss }) => loss)).toEqual([...model.lossCurve]);
    expect(told.map(({ validationLoss }) => validationLoss)).toEqual(new Array(7).fill(null));
    expect(told.every(({ elapsed }) => elapsed >= 0 && elapsed < 10)).toBe(true);
  },
);
