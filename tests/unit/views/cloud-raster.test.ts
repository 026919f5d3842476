import { expect, test } from "vitest";
import type { PlacedCloud } from "../../../src/views/cloud.ts";
import { cloudDrawing, paintRaster, rasterOf } from "../../../src/views/cloud-raster.ts";

const box = { left: 5, top: 5, right: 25, bottom: 15 };
const view = { cx: 10, cy: 5, kx: 1, ky: 1 };

/** Points of a plane that is 20 × 10 pixels, y upwards, in groups. */
function placed(
  points: readonly (readonly [x: number, y: number, group: number])[],
  isolated: number | null = null,
): PlacedCloud {
  return {
    cloud: {
      x: Float32Array.from(points, ([x]) => x),
      y: Float32Array.from(points, ([, y]) => y),
      group: Uint8Array.from(points, ([, , group]) => group),
      roles: ["series-0", "series-1"],
    },
    box,
    view,
    dot: { radius: 1.5, opacity: 0.8 },
    isolated,
  };
}

function at(raster: ReturnType<typeof rasterOf>, x: number, y: number): [group: number, cover: number] {
  const pixel = y * raster.width + x;
  return [raster.group[pixel]!, raster.cover[pixel]!];
}

test("a point covers the pixels around its place with its group, and no others", () => {
  const raster = rasterOf(placed([[4.5, 7.5, 1]]), 1);
  expect([raster.width, raster.height]).toEqual([20, 10]);
  expect(at(raster, 4, 2)).toEqual([1, 204]);
  expect(at(raster, 5, 2)).toEqual([1, 204]);
  expect(at(raster, 8, 2)[1]).toBe(0);
  expect(raster.cover.reduce((sum, cover) => sum + (cover > 0 ? 1 : 0), 0)).toBeLessThanOrEqual(21);
});

test("a cover adds up to about the dot's area times its opacity, wherever between pixels it lies", () => {
  for (const [x, y] of [
    [4.5, 4.5],
    [4.1, 4.9],
    [7.75, 3.3],
  ] as const) {
    const total = rasterOf(placed([[x, y, 0]]), 1).cover.reduce((sum, cover) => sum + cover, 0);
    expect(total / 255).toBeGreaterThan(0.8 * Math.PI * 1.5 ** 2 * 0.9);
    expect(total / 255).toBeLessThan(0.8 * Math.PI * 1.5 ** 2 * 1.2);
  }
});

test("points outside, or half outside, are cut off at the edges", () => {
  expect(
    rasterOf(
      placed([
        [-3, 5, 0],
        [10, 90, 0],
        [NaN, 5, 0],
      ]),
      1,
    ).cover.some(Boolean),
  ).toBe(false);
  const raster = rasterOf(placed([[0, 0, 1]]), 1);
  expect(at(raster, 0, 9)[1]).toBeGreaterThan(0);
  expect(at(raster, 19, 8)[1]).toBe(0);
});

test("the more points lie on a place the denser it is, and never more than full", () => {
  const covers = [1, 5, 500].map((n) => at(rasterOf(placed(new Array(n).fill([4.5, 4.5, 0])), 1), 4, 5)[1]);
  expect(covers[0]).toBe(204);
  expect(covers[1]).toBeGreaterThan(covers[0]!);
  expect(covers[2]! > covers[1]! && covers[2]! <= 255).toBe(true);
});

test("of two groups mixed on one place each is seen about as often as it is there, whatever the order of rows", () => {
  const rows = Array.from(
    { length: 4000 },
    (_, i) => [0.5 + (i % 20), 0.5 + (Math.floor(i / 20) % 10), i < 2000 ? 0 : 1] as const,
  );
  const { group } = rasterOf(placed(rows), 1);
  const share = group.reduce((sum, g) => sum + g, 0) / group.length;
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

test("a group that stands out lies above the others, which are dimmed", () => {
  const raster = rasterOf(
    placed(
      [
        [4.5, 4.5, 0],
        [4.5, 4.5, 1],
        [12.5, 4.5, 1],
      ],
      0,
    ),
    1,
  );
  expect(at(raster, 4, 5)[0]).toBe(0);
  expect(at(raster, 12, 5)[0]).toBe(2);
});

test("drawing bit by bit gives what drawing at once gives", () => {
  const cloud = placed(
    Array.from({ length: 97 }, (_, i) => [(i * 7.3) % 20, (i * 3.1) % 10, i % 2] as const),
    1,
  );
  const drawing = cloudDrawing(cloud, 2);
  for (let from = 0; from < drawing.steps; from += 10) drawing.draw(from, Math.min(drawing.steps, from + 10));
  expect(drawing.raster).toEqual(rasterOf(cloud, 2));
});

test("no points are no picture, and no error", () => {
  expect(rasterOf(placed([]), 1).cover.some(Boolean)).toBe(false);
});

test("pixels take their group's colour and their cover as opacity", () => {
  const raster = { width: 2, height: 1, group: Uint8Array.of(0, 1), cover: Uint8Array.of(0, 204) };
  const pixels = new Uint32Array(2);
  paintRaster(raster, [0x112233, 0x445566], pixels);
  expect([...pixels]).toEqual([0, 0xcc445566]);
});
