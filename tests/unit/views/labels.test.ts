import { expect, test } from "vitest";
import { spread } from "../../../src/views/labels.ts";
import { ellipsis, textWidth, wrap } from "../../../src/views/measure.ts";
import { colour } from "../../../src/views/palette.ts";
import { stepPath, thin } from "../../../src/views/path.ts";
import { timeTicks } from "../../../src/views/time-ticks.ts";

test("labels that are far enough apart stay where they are", () => {
  expect(spread([10, 50, 90], 16, 0, 100)).toEqual([10, 50, 90]);
});

test("labels that coincide fan out around their middle", () => {
  expect(spread([50, 50, 50], 10, 0, 100)).toEqual([40, 50, 60]);
});

test("labels stay within the plot, in the order of their curves", () => {
  expect(spread([98, 2, 99, 1], 10, 0, 100)).toEqual([90, 10, 100, 0]);
});

test("pooled labels push on their neighbours too", () => {
  const places = spread([50, 51, 52, 68], 10, 0, 200);
  for (let i = 1; i < 4; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(10 - 1e-9);
});

test("a text that is too wide ends in an ellipsis and fits", () => {
  const short = ellipsis("Customers won by the spring campaign", 12, 100);
  expect(short).toMatch(/^Customers.*…$/);
  expect(textWidth(short, 12)).toBeLessThanOrEqual(100);
  expect(ellipsis("short", 12, 100)).toBe("short");
});

test("lines are broken at spaces, and between Chinese characters but not before a closing mark", () => {
  expect(wrap("one two three", 10, 50)).toEqual(["one two", "three"]);
  expect(wrap("留存率曲线，色带", 10, 50)).toEqual(["留存率曲", "线，色带"]);
});

test("seven curves have colours of their own; of eight the last two are other", () => {
  expect(
    colour([1, 2, 3, 4, 5, 6, 7])
      .named.map(({ role }) => role)
      .at(-1),
  ).toBe("series-6");
  expect(colour([1, 2, 3, 4, 5, 6, 7, 8])).toMatchObject({ others: [7, 8] });
});

test("months are counted in years and days in weeks", () => {
  expect(timeTicks("months", 72, 8)).toEqual([0, 12, 24, 36, 48, 60, 72]);
  expect(timeTicks("days", 30, 6)).toEqual([0, 7, 14, 21, 28]);
  expect(timeTicks("orders", 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(timeTicks("constructor", 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
});

test("a long curve is thinned to what can be seen, its extremes kept", () => {
  const points = Array.from({ length: 100_000 }, (_, i) => ({ x: i / 200, y: i === 54_321 ? -7 : i % 3 }));
  const kept = thin(points, (point) => point.y);
  expect(kept.length).toBeLessThan(5000);
  expect(kept.some((point) => point.y === -7)).toBe(true);
  expect(kept.at(-1)).toBe(points.at(-1));
});

test("a value that is missing leaves a gap in its curve", () => {
  const d = stepPath([
    { x: 0, y: 0 },
    { x: 1, y: 1 },
    { x: 2, y: NaN },
    { x: 3, y: 3 },
    { x: 4, y: 4 },
  ]);
  expect(d.match(/M/g)).toHaveLength(2);
});
