import { expect, test } from "vitest";
import { exp, log, sin } from "../../../src/core/math.ts";
import { seededRandom } from "../../../src/core/random.ts";

/** How many doubles lie between two numbers of one sign. */
function ulps(a: number, b: number): number {
  if (a === b) return 0;
  const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(x! - y!));
}

function worst(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  draw: (u: number) => number,
): number {
  const random = seededRandom(1);
  return Math.max(
    ...Array.from({ length: 100_000 }, () => draw(random.next())).map((x) => ulps(ours(x), theirs(x))),
  );
}

test("exp is within 2 units in the last place of the engine's", () => {
  expect(worst(exp, Math.exp, (u) => 1400 * u - 700)).toBeLessThanOrEqual(2);
  expect(worst(exp, Math.exp, (u) => 2 * u - 1)).toBeLessThanOrEqual(2);
});

test("log is within 2 units in the last place of the engine's", () => {
  expect(worst(log, Math.log, (u) => u)).toBeLessThanOrEqual(2);
  expect(worst(log, Math.log, (u) => 0.9 + 0.2 * u)).toBeLessThanOrEqual(2);
  expect(worst(log, Math.log, (u) => Math.exp(1400 * u - 700))).toBeLessThanOrEqual(2);
});

test("sin is within 2 units in the last place of the engine's", () => {
  expect(worst(sin, Math.sin, (u) => 3 * u + 0.01)).toBeLessThanOrEqual(2);
  const random = seededRandom(2);
  for (let i = 0; i < 10_000; i++) {
    const x = 2e6 * random.next() - 1e6;
    expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(3e-16);
  }
});

test("exp and log know their ends", () => {
  expect([exp(0), exp(710), exp(-746), exp(-Infinity), exp(NaN)]).toEqual([1, Infinity, 0, 0, NaN]);
  expect([log(1), log(0), log(-1), log(Infinity), log(NaN)]).toEqual([0, -Infinity, NaN, Infinity, NaN]);
  expect(exp(-745)).toBe(5e-324);
  expect(exp(709.7) / Math.exp(709.7)).toBeCloseTo(1, 14);
  expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 12);
  expect(() => sin(1e7)).toThrow(/±10⁶/);
});
