import { expect, test } from "vitest";
import { chiSquareSurvival } from "../../../src/core/chi-square.ts";
import { normalQuantile } from "../../../src/core/normal.ts";
import reference from "../../reference/distributions.json" with { type: "json" };

test(`the chi-square tail is that of ${reference.tool} to 1e-10 of its size`, () => {
  for (const [x, degrees, tail] of reference.chiSquareSurvival as [number, number, number][])
    expect(Math.abs(chiSquareSurvival(x, degrees) / tail - 1), `x = ${x}, ${degrees} degrees`).toBeLessThan(
      1e-10,
    );
});

test("the chi-square tail is 1 at 0 and refuses what has no tail", () => {
  expect(chiSquareSurvival(0, 3)).toBe(1);
  expect(chiSquareSurvival(Infinity, 3)).toBe(0);
  expect(() => chiSquareSurvival(-1, 3)).toThrow(RangeError);
  expect(() => chiSquareSurvival(1, 0)).toThrow(RangeError);
});

test(`the normal quantile is that of ${reference.tool} to 1e-14`, () => {
  for (const [p, z] of reference.normalQuantile as [number, number][])
    expect(Math.abs(normalQuantile(p) - z), `p = ${p}`).toBeLessThan(1e-14);
});

test("the normal quantile is infinite at 0 and 1, and refuses what is no probability", () => {
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  expect(() => normalQuantile(1.1)).toThrow(RangeError);
});
