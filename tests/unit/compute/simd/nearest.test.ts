import { expect, test } from "vitest";
import { pointsOnSimd } from "../../../../src/compute/simd/nearest.ts";
import { neighboursCases } from "../../../reference/neighbours-twin.ts";
import { pointsFaults } from "../../../reference/points-twin.ts";

test.each(neighboursCases)("$name: points are scored and ranked as by sorting", async (one) => {
  expect(await pointsFaults(one, (points) => Promise.resolve(pointsOnSimd(points)))).toBe(0);
});

test("a score that is no number is never among the best, and never below a cut", async () => {
  const search = pointsOnSimd({
    rows: 2,
    columns: 1,
    x: Float32Array.of(NaN, 1),
    offsets: Float32Array.of(0, 0),
  });
  expect([...(await search.best(Float32Array.of(1), -1, 2)).sizes]).toEqual([1]);
  const found: number[] = [];
  await search.eachFrom(Float32Array.of(1), Float32Array.of(5), (_, ids) => found.push(...ids));
  expect(found).toEqual([0]);
});
