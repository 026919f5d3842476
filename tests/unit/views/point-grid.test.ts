import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { gridOf, nearest, neighbour } from "../../../src/views/point-grid.ts";

function cloud(n: number, seed: number, distinct = 1e6): { x: Float32Array; y: Float32Array } {
  const random = seededRandom(seed);
  const next = (): number => Math.floor(random.next() * distinct) / distinct;
  const x = Float32Array.from({ length: n }, () => 10 * next() ** 3);
  return { x, y: Float32Array.from({ length: n }, () => next() - 5) };
}

/** The nearest point by looking at all. */
function looked(x: Float32Array, y: Float32Array, at: readonly number[], most: number): number {
  let [best, distance] = [-1, most * most];
  for (let i = 0; i < x.length; i++) {
    const d = ((x[i]! - at[0]!) * at[2]!) ** 2 + ((y[i]! - at[1]!) * at[3]!) ** 2;
    if (d < distance || (d === distance && best < 0)) [best, distance] = [i, d];
  }
  return best;
}

test.each([
  { n: 0, distinct: 1e6 },
  { n: 1, distinct: 1e6 },
  { n: 2, distinct: 1 },
  { n: 300, distinct: 7 },
  { n: 5000, distinct: 1e6 },
])("the grid finds the point that looking at all $n finds, ties to the first", ({ n, distinct }) => {
  const { x, y } = cloud(n, 3, distinct);
  const grid = gridOf(x, y);
  const random = seededRandom(4);
  for (let query = 0; query < 400; query++) {
    const at = [12 * random.next() - 1, 2 * random.next() - 5.5, 40 + 400 * random.next(), 40];
    const most = query % 2 ? 16 : 5000;
    expect(nearest(grid, at[0]!, at[1]!, [at[2]!, at[3]!], most)).toBe(looked(x, y, at, most));
  }
});

test("points that are not accepted are passed over", () => {
  const grid = gridOf(Float32Array.of(0, 1, 2), Float32Array.of(0, 0, 0));
  expect(nearest(grid, 0, 0, [1, 1], 10, (i) => i !== 0)).toBe(1);
  expect(nearest(grid, 0, 0, [1, 1], 10, () => false)).toBe(-1);
});

test("the neighbour in a direction is the nearest ahead, never one more aside than ahead or too near", () => {
  const points = { x: Float32Array.of(0, 3, 10, 30, 12), y: Float32Array.of(0, 0, 1, 0, 20) };
  const from = (direction: readonly [number, number]): number =>
    neighbour(points, 0, 0, [1, 1], direction, 8);
  expect(from([1, 0])).toBe(2);
  expect(from([0, 1])).toBe(4);
  expect(from([-1, 0])).toBe(-1);
});
