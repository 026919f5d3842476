import { expect, test } from "vitest";
import { nthSmallest } from "../../../src/core/nth-smallest.ts";
import { seededRandom } from "../../../src/core/random.ts";

test("the n-th smallest number is the one that a sort puts there, whatever the order and however many are equal", () => {
  const random = seededRandom(1);
  for (const length of [1, 2, 3, 10, 101])
    for (const kinds of [1, 2, 5, 1000]) {
      const values = Float32Array.from({ length }, () => random.integer(kinds) - 2);
      const sorted = values.toSorted();
      const found = Float32Array.from(values, (_, n) => nthSmallest(values, n));
      expect(found, `${length} numbers of ${kinds} kinds`).toEqual(sorted);
    }
});

test("numbers that are sorted already, either way, and infinite ones have their place", () => {
  const up = Float64Array.from({ length: 50 }, (_, i) => i);
  expect(nthSmallest(up, 10)).toBe(10);
  expect(nthSmallest(up.toReversed(), 10)).toBe(10);
  expect(nthSmallest(Float64Array.of(Infinity, 1, -Infinity), 0)).toBe(-Infinity);
});
