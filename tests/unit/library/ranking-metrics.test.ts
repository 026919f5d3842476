import { expect, test } from "vitest";
import { coverage, mapAtK, ndcgAtK, precisionAtK, recallAtK } from "../../../src/library/index.ts";

const heldOut = { users: ["ann", "ann", "ann", "ben", "cat"], items: ["a", "b", "c", "a", "a"] };
const recommended = {
  users: ["ann", "ben", "dan"],
  ids: [
    ["x", "a", "b", "y"],
    ["x", "y", "z", "a"],
    ["a", "b", "c", "d"],
  ],
};

// By hand: ann has 3 held out and hits at ranks 2 and 3, ben has 1 and hits at rank 4; cat was not served, dan has nothing held out.
test("recall is the share of what is held out that is found", () => {
  expect(recallAtK(heldOut, recommended, 3)).toBeCloseTo((2 / 3 + 0) / 2, 15);
  expect(recallAtK(heldOut, recommended, 4)).toBeCloseTo((2 / 3 + 1) / 2, 15);
});

test("precision is the share of the first k that is held out", () => {
  expect(precisionAtK(heldOut, recommended, 4)).toBeCloseTo((2 / 4 + 1 / 4) / 2, 15);
  expect(precisionAtK(heldOut, recommended)).toBeCloseTo((2 / 10 + 1 / 10) / 2, 15);
});

test("NDCG discounts a hit by the logarithm of its rank", () => {
  const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
  const ann = (1 / Math.log2(3) + 1 / 2) / ideal;
  expect(ndcgAtK(heldOut, recommended, 4)).toBeCloseTo((ann + 1 / Math.log2(5)) / 2, 15);
});

test("the ideal of NDCG has no more ranks than k", () => {
  const found = { users: ["ann"], ids: [["a", "b"]] };
  expect(ndcgAtK(heldOut, found, 2)).toBe(1);
});

test("mean average precision is the mean of the precision at each hit", () => {
  expect(mapAtK(heldOut, recommended, 4)).toBeCloseTo(((1 / 2 + 2 / 3) / 3 + 1 / 4 / 1) / 2, 15);
});

test("coverage is the share of the catalogue that someone is shown", () => {
  const catalogue = ["a", "b", "c", "d", "x", "y", "z", "never"];
  expect(coverage(catalogue, recommended, 1)).toBe(2 / 8);
  expect(coverage(catalogue, recommended, 4)).toBe(7 / 8);
  expect(() => coverage(["a", "b"], recommended)).toThrow(/expected recommendations from items, got "x"/);
  expect(() => coverage([], recommended)).toThrow(/expected at least one item, got 0/);
});

test("a pair held out twice counts once", () => {
  const twice = { users: ["ann", "ann"], items: ["a", "a"] };
  expect(recallAtK(twice, recommended, 2)).toBe(1);
});

test("nobody to judge by, and a k that is no count, are RangeErrors", () => {
  const stranger = { users: ["zoe"], items: ["a"] };
  expect(() => recallAtK(stranger, recommended)).toThrow(
    /recallAtK: expected some user of the recommendations in heldOut, got none/,
  );
  expect(() => ndcgAtK(heldOut, recommended, 0)).toThrow(/ndcgAtK: expected k to be .* at least 1, got 0/);
  expect(() => mapAtK({ users: [], items: [] }, recommended)).toThrow(/expected at least one row, got 0/);
});
