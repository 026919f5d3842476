import { expect, test } from "vitest";
import {
  extentOf,
  fitted,
  onOneScale,
  panned,
  project,
  unproject,
  zoomed,
} from "../../../src/views/viewport.ts";

const box = { left: 10, top: 20, right: 410, bottom: 320 };
const extent = { left: -2, right: 2, bottom: 0, top: 3 };
const whole = fitted(extent, box);

test("the extent is that of the points, and the unit square around 0 where there is none", () => {
  expect(extentOf(Float32Array.of(3, -1), Float32Array.of(5, 7))).toEqual({
    left: -1,
    right: 3,
    bottom: 5,
    top: 7,
  });
  expect(extentOf(new Float32Array(), new Float32Array())).toEqual({
    left: -0.5,
    right: 0.5,
    bottom: -0.5,
    top: 0.5,
  });
});

test("all points fit into the box with a margin, on one scale", () => {
  expect(whole.kx).toBe(whole.ky);
  const corners = [project(whole, box, -2, 3), project(whole, box, 2, 0)];
  expect(corners[0]!.y).toBeCloseTo(20 + 0.05 * 300, 9);
  expect(corners[1]!.y).toBeCloseTo(320 - 0.05 * 300, 9);
  for (const { x } of corners) expect(x > box.left && x < box.right).toBe(true);
});

test("axes whose ranges differ by more than five times have a scale each", () => {
  const thin = { left: 0, right: 1, bottom: 0, top: 5.1 };
  expect([onOneScale({ ...thin, top: 5 }), onOneScale(thin)]).toEqual([true, false]);
  const { kx, ky } = fitted(thin, box);
  expect([kx, ky * 5.1]).toEqual([360, 270]);
});

test.each([
  { left: 4, right: 4, bottom: 1, top: 1 },
  { left: 4, right: 4, bottom: 1, top: 9 },
])("points on one place or one line are drawn in the middle: %j", (flat) => {
  const view = fitted(flat, box);
  expect(project(view, box, 4, flat.bottom).x).toBe(210);
  expect(Number.isFinite(view.kx) && view.kx > 0 && view.kx === view.ky).toBe(true);
});

test("a place of the box comes back from the plane, and y grows upwards", () => {
  const there = unproject(whole, box, 100, 50);
  const { x, y } = project(whole, box, there.x, there.y);
  expect([x, y].map((at) => Math.round(at * 1e9) / 1e9)).toEqual([100, 50]);
  expect(project(whole, box, 0, 2).y).toBeLessThan(project(whole, box, 0, 1).y);
});

test("points follow the hand that draws the plane along", () => {
  const before = project(whole, box, 1, 1);
  const after = project(panned(whole, 30, -12), box, 1, 1);
  expect(after.x - before.x).toBeCloseTo(30, 9);
  expect(after.y - before.y).toBeCloseTo(-12, 9);
});

test("what is under the pointer stays there while the map grows, up to 5,000 times and down to a quarter", () => {
  const at = { x: 90, y: 300 };
  const there = unproject(whole, box, at.x, at.y);
  const closer = zoomed(whole, whole, box, at, 8);
  expect(closer.kx).toBeCloseTo(8 * whole.kx, 9);
  const { x, y } = project(closer, box, there.x, there.y);
  expect([x, y].map((place) => Math.round(place * 1e6) / 1e6)).toEqual([90, 300]);
  expect(zoomed(closer, whole, box, at, 1e9).kx).toBeCloseTo(5000 * whole.kx, 3);
  expect(zoomed(closer, whole, box, at, 1e-9).kx).toBeCloseTo(whole.kx / 4, 9);
});
