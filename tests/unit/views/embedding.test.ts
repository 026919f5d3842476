import { expect, test } from "vitest";
import type { EmbeddingSpec } from "../../../src/specs/embedding.ts";
import {
  drawEmbedding,
  embeddingScene,
  type EmbeddingScene,
  type Look,
} from "../../../src/views/embedding.ts";
import { groupPoints, stepOf } from "../../../src/views/embedding-groups.ts";
import { pointReading } from "../../../src/views/embedding-reading.ts";
import type { DrawOptions } from "../../../src/views/scene.ts";
import { svgText } from "../../../src/views/svg.ts";
import { zoomed } from "../../../src/views/viewport.ts";
import { customerMap, itemMap, tenureMap } from "../../output/embedding-specs.ts";
import { part, texts } from "./parts.ts";

const wide: DrawOptions = { width: 720, language: "en" };

function scene(spec: EmbeddingSpec, options = wide, look: Partial<Look> = {}): EmbeddingScene {
  return embeddingScene(spec, groupPoints(spec), options, { view: null, isolated: null, ...look })!;
}

/** A spec of points in these categories; the code past the words is missing. */
function coloured(words: readonly string[], codes: readonly number[]): EmbeddingSpec {
  const x = Float32Array.from(codes, (_, i) => i);
  return {
    view: "embedding",
    columns: ["a", "b"],
    x,
    y: x,
    colour: { by: "category", codes: Uint8Array.from(codes), words },
  };
}

test("up to seven categories have a colour each, in their order", () => {
  const words = ["a", "b", "c", "d", "e", "f", "g"];
  const { groups, cloud } = groupPoints(coloured(words, [6, 0, 1, 2, 3, 4, 5, 0]));
  expect(groups.map(({ word, role, count }) => `${word} ${role} ${count}`)).toEqual(
    words.map((word, i) => `${word} series-${i} ${word === "a" ? 2 : 1}`),
  );
  expect([...cloud.group]).toEqual([6, 0, 1, 2, 3, 4, 5, 0]);
});

test("of more than seven the six with most points keep their order, and the rest is other", () => {
  const words = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const { groups, cloud } = groupPoints(coloured(words, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 7, 7, 0, 6]));
  expect(groups.map(({ word }) => word)).toEqual(["b", "c", "d", "e", "f", "h", ""]);
  expect(groups.at(-1)).toEqual({ kind: "other", word: "", role: "series-6", count: 2, categories: 2 });
  expect([...cloud.group.slice(-2)]).toEqual([6, 6]);
});

test("categories keep their colours from one picture to the next, whichever are the largest by then", () => {
  const words = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const before = groupPoints(coloured(words, [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6, 7]));
  const later = coloured(words, [0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7]);
  expect(groupPoints(later, before).groups.map(({ word }) => word)).toEqual([
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "",
  ]);
  expect(groupPoints(later).groups.map(({ word }) => word)).toContain("h");
  const others = coloured(["b", "c", "d", "e", "f", "g", "h", "i"], [0, 1, 2, 3, 4, 5, 6, 6, 7, 7]);
  expect(
    groupPoints(others, before).groups.map(({ word }) => word),
    "one is gone",
  ).toContain("i");
});

test("missing categories are a group of their own in grey, or among the others", () => {
  expect(groupPoints(coloured(["a"], [0, 1, 1])).groups.at(-1)).toMatchObject({
    kind: "missing",
    count: 2,
    role: "series-6",
  });
  expect(groupPoints(coloured(["a"], [0, 0])).groups).toHaveLength(1);
  const other = groupPoints(
    coloured(["a", "b", "c", "d", "e", "f", "g"], [0, 1, 2, 3, 4, 5, 6, 7]),
  ).groups.at(-1);
  expect(other).toMatchObject({ kind: "other", count: 2, categories: 2 });
});

test("values fall into nine steps, those beyond the ends into the last ones and missing ones into none", () => {
  const ends = { low: 0, high: 90 };
  expect([-5, 0, 9.9, 10, 89, 90, 400, NaN].map((value) => stepOf(value, ends))).toEqual([
    0, 0, 0, 1, 8, 8, 8, 9,
  ]);
  expect(stepOf(3, { low: 3, high: 3 })).toBe(4);
});

test("columns that do not fit together, or are too long, are a RangeError", () => {
  const spec = customerMap();
  expect(() => groupPoints({ ...spec, y: new Float32Array(2) })).toThrow(
    /one length, at most 200000, got x 600, y 2/,
  );
  expect(() =>
    groupPoints({ ...spec, labels: { bytes: new Uint8Array(), ends: new Uint32Array(1) } }),
  ).toThrow(RangeError);
  const far = new Float32Array(200_001);
  expect(() => groupPoints({ view: "embedding", columns: ["a", "b"], x: far, y: far })).toThrow(RangeError);
});

test("the key names each category with its points, beside the map or above it", () => {
  const beside = scene(customerMap());
  expect(texts(part(beside.shapes, "key")).map(({ text }) => text)).toEqual([
    "Month-to-month",
    "200",
    "One year",
    "200",
    "Two year",
    "200",
  ]);
  expect(beside.keyPlaces.every(({ box }) => box.left > beside.placed.box.right)).toBe(true);
  const above = scene(customerMap(), { width: 358, language: "en" });
  expect(texts(part(above.shapes, "key")).map(({ text }) => text)[0]).toBe("Month-to-month · 200");
  expect(above.keyPlaces.every(({ box }) => box.bottom <= above.placed.box.top && box.right <= 358)).toBe(
    true,
  );
});

test("an entry of the key is tall enough for a finger, and none overlaps another", () => {
  for (const width of [240, 358, 720])
    for (const { box, group } of scene(itemMap(), { width, language: "zh-CN" }).keyPlaces) {
      expect(box.bottom - box.top).toBeGreaterThanOrEqual(24);
      for (const other of scene(itemMap(), { width, language: "zh-CN" }).keyPlaces)
        if (other.group !== group && other.box.top === box.top)
          expect(other.box.left >= box.right || other.box.right <= box.left).toBe(true);
    }
});

test("the scale gives its ends, and says where values go beyond them or are missing", () => {
  const words = texts(part(scene(tenureMap()).shapes, "scale")).map(({ text }) => text);
  expect(words).toEqual(["≤ 2", "25", "≥ 48", "missing 60"]);
  const plain = tenureMap();
  const inside = {
    ...plain,
    colour: { by: "value" as const, values: new Float32Array(600).fill(3), low: 0, high: 5 },
  };
  expect(texts(part(scene(inside).shapes, "scale")).map(({ text }) => text)).toEqual(["0", "2.5", "5"]);
});

test("the caption names the axes and whether distances are true", () => {
  const caption = (spec: EmbeddingSpec): string =>
    texts(part(scene(spec).shapes, "caption"))
      .map(({ text }) => text)
      .join(" ");
  expect(caption(customerMap())).toBe("600 points; PC 1 across and PC 2 up, on one scale. Rings: 3 centres.");
  expect(caption(tenureMap())).toBe("600 points; recency across and value up, each on a scale of its own.");
  expect(caption({ ...tenureMap(), principalOf: 4 })).toContain(
    "The plane is that of the first two principal components of 4 columns.",
  );
});

test("the description gives the points of every category, and the ends of a scale", () => {
  expect(scene(customerMap()).description).toBe(
    "600 points; Month-to-month: 200 points; One year: 200 points; Two year: 200 points.",
  );
  expect(scene(tenureMap(), { width: 720, language: "zh-CN" }).description).toBe(
    "600 个点；tenure (months)从 2 到 48。",
  );
});

test("centres that are out of sight are not drawn", () => {
  const all = scene(customerMap());
  expect(part(all.shapes, "centres")).toHaveLength(6);
  const view = zoomed(
    all.whole,
    all.whole,
    all.placed.box,
    { x: all.placed.box.left, y: all.placed.box.top },
    20,
  );
  expect(part(scene(customerMap(), wide, { view }).shapes, "centres")).toHaveLength(0);
});

test("a reading gives the label, the category or value, and the coordinates", () => {
  const spec = customerMap();
  const reading = pointReading(spec, groupPoints(spec).cloud, 3, "en");
  expect(reading.heading).toBe("customer 3");
  expect(reading.rows).toMatchObject([{ label: "contract", value: "Month-to-month", role: "series-0" }]);
  expect(reading.rows[0]!.detail).toMatch(/^PC 1 [\d.]+ · PC 2 -?[\d.]+$/);
  const tenure = tenureMap();
  expect(pointReading(tenure, groupPoints(tenure).cloud, 10, "en")).toMatchObject({
    heading: "row 11",
    rows: [{ label: "tenure (months)", value: "missing", role: "series-6" }],
  });
});

test("an SVG draws five thousand points as shapes and more as one small picture", () => {
  const few = svgText(drawEmbedding(customerMap(5000), wide), "light");
  expect(few).not.toContain("<image");
  expect(few.length).toBeLessThan(120_000);
  const many = svgText(drawEmbedding(customerMap(60_000), wide), "dark");
  expect(many).toMatch(/<image data-part="points"[^>]* href="data:image\/png;base64,iVBORw0KGgo/);
  expect(many.length).toBeLessThan(250_000);
});

test("a group that stands out is drawn over the others in grey", () => {
  const drawn = svgText(scene(customerMap(), wide, { isolated: 1 }), "light");
  const strokes = [...drawn.matchAll(/<path [^>]*stroke="(#\w+)"/g)].map(([, colour]) => colour);
  expect(strokes).toEqual(["#e4e1da", "#d55e00"]);
});

test("no points are a sentence", () => {
  expect(drawEmbedding(customerMap(0), wide).description).toBe("There is no point to draw.");
});
