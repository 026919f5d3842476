import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { normal } from "../../../src/core/sampling.ts";
import { adjustedRandScore } from "../../../src/library/adjusted-rand-score.ts";
import { differenceInMeans, slopeWithin, studentQuantile } from "./intervals.ts";
import { kMeans } from "./k-means.ts";

test("k-means finds three clouds that lie apart", () => {
  const random = seededRandom(1);
  const truth = Array.from({ length: 300 }, (_, i) => i % 3);
  const points = truth.map((cloud) => [cloud * 8 + normal(random), (cloud % 2) * 8 + normal(random)]);
  expect(adjustedRandScore(kMeans(points, 3, random), truth)).toBe(1);
});

test("Student's quantiles are those of SciPy", () => {
  // SciPy 1.17.1, stats.t.ppf(0.975, d).
  expect(studentQuantile(0.975, 8)).toBeCloseTo(2.306004135, 3);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228138852, 3);
  expect(studentQuantile(0.975, 30)).toBeCloseTo(2.042272456, 5);
  expect(studentQuantile(0.975, 1000)).toBeCloseTo(1.962339081, 7);
});

test("Welch's interval is that of SciPy", () => {
  // SciPy 1.17.1, stats.ttest_ind(p, q, equal_var=False).confidence_interval().
  const { low, high } = differenceInMeans([1, 2, 3, 4, 5, 7, 9, 11, 12], [2, 2, 3, 3, 4, 4, 5, 5, 6]);
  expect(low).toBeCloseTo(-0.9042979239917432, 3);
  expect(high).toBeCloseTo(5.348742368436188, 3);
});

test("a slope within groups ignores the levels of the groups", () => {
  const rows = [0, 1, 2, 3].flatMap((x) => [
    { x, y: 2 * x + (x % 2) * 0.01, weight: 1, group: "low" },
    { x, y: 100 + 2 * x - (x % 2) * 0.01, weight: 1, group: "high" },
  ]);
  const { estimate, low, high } = slopeWithin(rows);
  expect(estimate).toBeCloseTo(2, 2);
  expect(low).toBeLessThan(2);
  expect(high).toBeGreaterThan(2);
});
