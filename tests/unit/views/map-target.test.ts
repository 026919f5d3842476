import { expect, test } from "vitest";
import { embeddingScene } from "../../../src/views/embedding.ts";
import { groupPoints } from "../../../src/views/embedding-groups.ts";
import {
  brought,
  isTarget,
  placeOf,
  readingOf,
  targetAt,
  targetBeside,
  targetInMiddle,
} from "../../../src/views/map-target.ts";
import { gridOf } from "../../../src/views/point-grid.ts";
import { project } from "../../../src/views/viewport.ts";
import { customerMap } from "../../output/embedding-specs.ts";

const spec = customerMap();
const grouped = groupPoints(spec);
const { placed } = embeddingScene(
  spec,
  grouped,
  { width: 720, language: "en" },
  { view: null, isolated: null },
)!;
const grid = gridOf(spec.x, spec.y);
const seen = (i: number): { x: number; y: number } =>
  project(placed.view, placed.box, spec.x[i]!, spec.y[i]!);

test("pointing at a point finds it, a centre goes before points, and in the open there is nothing", () => {
  expect(targetAt(spec, placed, grid, seen(450))).toEqual({ kind: "point", index: 450 });
  const centre = project(placed.view, placed.box, spec.centres!.x[1]!, spec.centres!.y[1]!);
  expect(targetAt(spec, placed, grid, centre)).toEqual({ kind: "centre", index: 1 });
  expect(targetAt(spec, placed, grid, { x: placed.box.right - 1, y: placed.box.top + 1 })).toBeNull();
});

test("where a group stands out only its points are found", () => {
  const target = targetInMiddle({ ...placed, isolated: 2 }, grid)!;
  expect(placed.cloud.group[target.index]).toBe(2);
  expect(targetAt(spec, { ...placed, isolated: 2 }, grid, seen(0))).toBeNull();
});

test("going right finds a point further right, until there is none", () => {
  let target = targetInMiddle(placed, grid);
  let steps = 0;
  for (let next = target; next; next = targetBeside(spec, placed, next, [1, 0])) {
    if (steps > 0) expect(placeOf(spec, next).x).toBeGreaterThan(placeOf(spec, target!).x);
    target = next;
    steps++;
  }
  expect(steps).toBeGreaterThan(3);
});

test("a place that is out of sight is brought inside, and one in sight moves nothing", () => {
  expect(brought(placed.view, placed.box, placeOf(spec, { kind: "point", index: 9 }))).toBe(placed.view);
  const moved = brought(placed.view, placed.box, { x: 900, y: -900 });
  expect(project(moved, placed.box, 900, -900)).toEqual({
    x: expect.closeTo(placed.box.right - 32, 6) as number,
    y: expect.closeTo(placed.box.bottom - 32, 6) as number,
  });
});

test("a target of an earlier map may be gone from the next", () => {
  expect(isTarget(customerMap(10), { kind: "point", index: 9 })).toBe(true);
  expect(isTarget(customerMap(10), { kind: "point", index: 10 })).toBe(false);
  expect(
    isTarget({ view: "embedding", columns: ["a", "b"], x: spec.x, y: spec.y }, { kind: "centre", index: 0 }),
  ).toBe(false);
});

test("a centre reads as its number, counted from 0 as its row is", () => {
  expect(readingOf(spec, grouped.cloud, { kind: "centre", index: 2 }, "en")).toEqual({
    heading: "centre 2",
    rows: [{ label: "PC 1 -2", value: "", role: "ink", detail: "PC 2 -2.6" }],
  });
});
