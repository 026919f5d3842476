import { expect, test } from "vitest";
import { seededRandom, type Random } from "../../../src/core/random.ts";
import { beta, choice, exponential, gamma, geometric, normal } from "../../../src/core/sampling.ts";

const n = 200_000;

/** Mean and variance of many draws, each checked to five standard errors of the mean. */
function moments(draw: (random: Random) => number): { mean: number; variance: number } {
  const random = seededRandom(7);
  const draws = Float64Array.from({ length: n }, () => draw(random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / n;
  return { mean, variance: draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n };
}

test.each<[string, (random: Random) => number, number, number]>([
  ["normal", normal, 0, 1],
  ["exponential(2)", (random) => exponential(2, random), 0.5, 0.25],
  ["gamma(0.5, 2)", (random) => gamma(0.5, 2, random), 0.25, 0.125],
  ["gamma(6, 4)", (random) => gamma(6, 4, random), 1.5, 0.375],
  ["beta(0.8, 2.5)", (random) => beta(0.8, 2.5, random), 0.8 / 3.3, (0.8 * 2.5) / (3.3 ** 2 * 4.3)],
  ["geometric(0.3)", (random) => geometric(0.3, random), 1 / 0.3, 0.7 / 0.09],
])("%s has its mean and variance", (_, draw, mean, variance) => {
  const found = moments(draw);
  expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
  expect(found.variance / variance).toBeCloseTo(1, 1);
});

test("choice follows its weights", () => {
  const random = seededRandom(3);
  const options = [
    { value: "a", weight: 3 },
    { value: "b", weight: 1 },
  ];
  const share =
    Array.from({ length: n }, () => choice(options, random)).filter((value) => value === "a").length / n;
  expect(share).toBeCloseTo(0.75, 2);
});

test("one seed gives one row of draws", () => {
  const draws = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 20 }, () => gamma(0.7, 1, random));
  };
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
});

test("seeds that could give one stream are refused", () => {
  for (const seed of [-1, 0.5, NaN, Infinity, 2 ** 53, "1" as never])
    expect(() => seededRandom(seed)).toThrow("seed: expected a whole number of at least 0, got");
});
