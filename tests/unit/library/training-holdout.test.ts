import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { holdOut } from "../../../src/library/training-holdout.ts";

test("each class gives its share, and every row is on one side", () => {
  const codes = Int32Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const { train, held } = holdOut(codes, 2, 0.1, seededRandom(1));
  expect(held.length).toBe(20);
  expect(held.filter((row) => codes[row] === 1).length).toBe(5);
  expect([...train, ...held].sort((a, b) => a - b)).toEqual([...codes.keys()]);
});

test("a class of one row stays with the rows to train on", () => {
  const { held } = holdOut(Int32Array.from([0, 0, 1]), 2, 0.9, seededRandom(1));
  expect(held.length).toBe(1);
  expect(held[0]).toBeLessThan(2);
});

test("another seed holds out other rows", () => {
  const codes = new Int32Array(100);
  const held = (seed: number): Uint32Array => holdOut(codes, 1, 0.2, seededRandom(seed)).held;
  expect(held(1)).toEqual(held(1));
  expect(held(1)).not.toEqual(held(2));
});
