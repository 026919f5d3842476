import { expect, test } from "vitest";
import type { SurvivalCurve, SurvivalSpec } from "../../../src/specs/survival.ts";
import { readAt, readingText, type DrawOptions } from "../../../src/views/scene.ts";
import { atRiskAt, medianTime, survivalAt } from "../../../src/views/step-function.ts";
import { drawSurvival } from "../../../src/views/survival.ts";
import { contracts, manyCurves, truthCurve } from "../../output/specs.ts";
import { numbersOf, part, paths, texts } from "./parts.ts";

const wide: DrawOptions = { width: 720, language: "en" };

const curve: SurvivalCurve = {
  label: "all",
  time: Float64Array.of(0, 2, 5, 10),
  survival: Float64Array.of(1, 0.8, 0.5, 0.25),
  lower: Float64Array.of(NaN, 0.7, 0.4, 0.1),
  upper: Float64Array.of(NaN, 0.9, 0.6, 0.4),
  atRisk: Float64Array.of(100, 90, 60, 20),
};
const spec: SurvivalSpec = { view: "survival", curves: [curve], level: 0.95, timeUnit: "days" };

test("a survival curve is right-continuous: each value holds from its time to the next", () => {
  expect(survivalAt(curve, 2).survival).toBe(0.8);
  expect(survivalAt(curve, 1.999).survival).toBe(1);
  expect(survivalAt(curve, 4.999)).toEqual({ survival: 0.8, lower: 0.7, upper: 0.9 });
  expect(survivalAt(curve, 10).survival).toBe(0.25);
});

test("a survival curve says nothing past its last time", () => {
  expect(survivalAt(curve, 10.1).survival).toBeNaN();
  expect(survivalAt(curve, -1).survival).toBeNaN();
});

test("at risk are those still seen just before a time", () => {
  expect(atRiskAt(curve, 0)).toBe(100);
  expect(atRiskAt(curve, 2)).toBe(90);
  expect(atRiskAt(curve, 2.1)).toBe(60);
  expect(atRiskAt(curve, 11)).toBe(0);
});

test("the median is the first time at which half are gone", () => {
  expect(medianTime(curve)).toBe(5);
  expect(medianTime({ ...curve, survival: Float64Array.of(1, 0.9, 0.8, 0.7) })).toBe(Infinity);
  expect(medianTime({ ...curve, survival: Float64Array.of(1, 0.5 + 2 ** -53, 0.4, 0.3) })).toBe(2);
});

test("a share lands at its height between the lines of 0% and 100%", () => {
  const scene = drawSurvival(spec, wide);
  const { box } = scene.hover!;
  const [d] = paths(part(scene.shapes, "curves"));
  const y = (share: number): number => box.bottom - share * (box.bottom - box.top);
  const x = (time: number): number => box.left + (time / 10) * (box.right - box.left);
  const all = numbersOf(d!);
  const corners = [
    x(0),
    y(1),
    x(2),
    y(1),
    x(2),
    y(0.8),
    x(5),
    y(0.8),
    x(5),
    y(0.5),
    x(10),
    y(0.5),
    x(10),
    y(0.25),
  ];
  expect(all).toHaveLength(corners.length);
  for (const [i, corner] of corners.entries()) expect(all[i]).toBeCloseTo(corner, 0);
});

test("the band starts where it is known and has no NaN in its outline", () => {
  const [d] = paths(part(drawSurvival(spec, wide).shapes, "bands"));
  expect(d).not.toContain("NaN");
  const { box } = drawSurvival(spec, wide).hover!;
  expect(numbersOf(d!)[0]).toBeCloseTo(box.left + 0.2 * (box.right - box.left), 0);
});

test("a reading gives each curve's value, band and count at risk as they are in the data", () => {
  const scene = drawSurvival(spec, wide);
  const { box } = scene.hover!;
  const reading = readAt(scene, box.left + 0.5 * (box.right - box.left))!;
  expect(reading.heading).toBe("5 days");
  expect(reading.rows).toEqual([
    { label: "all", value: "50.0%", detail: "40.0% to 60.0% · 60 at risk", role: "series-0" },
  ]);
  expect(reading.marks[0]!.y).toBeCloseTo((box.top + box.bottom) / 2);
  expect(readingText(reading)).toBe("5 days: all 50.0%, 40.0% to 60.0% · 60 at risk");
});

test("one reading covers every curve, the truth included and dashed", () => {
  const scene = drawSurvival(
    { ...contracts(), curves: [...contracts().curves, truthCurve("truth", 0.03)] },
    wide,
  );
  const { rows } = scene.hover!.read(12);
  expect(rows.map((row) => row.label)).toEqual(["Month-to-month", "One year", "Two year", "truth"]);
  expect(rows[3]).toEqual({ label: "truth", value: "69.8%", role: "ink", dashed: true });
});

test("the at-risk table stands in columns below its ticks", () => {
  const months = contracts();
  const scene = drawSurvival(months, wide);
  const table = texts(part(scene.shapes, "at-risk")).filter((text) => text.face === "figures");
  const ticks = texts(part(scene.shapes, "x-axis")).filter((text) => text.face === "figures");
  expect(ticks.map((tick) => tick.text)).toEqual(["0", "12", "24", "36", "48", "60", "72"]);
  for (const [row, { atRisk }] of months.curves.entries())
    for (const [column, tick] of ticks.entries()) {
      const cell = table[row * ticks.length + column]!;
      expect(cell.x).toBe(tick.x);
      expect(cell.text).toBe((atRisk[column * 12] ?? 0).toLocaleString("en"));
    }
});

test("names of seven close curves do not overlap", () => {
  const names = texts(part(drawSurvival(manyCurves(7), wide).shapes, "labels"));
  const places = names.map((name) => name.y).sort((a, b) => a - b);
  expect(places).toHaveLength(7);
  for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(15.9);
});

test("fifty curves become six and the rest as other", () => {
  const scene = drawSurvival(manyCurves(50), wide);
  expect(paths(part(scene.shapes, "curves"))).toHaveLength(6);
  expect(paths(part(scene.shapes, "others"))).toHaveLength(44);
  expect(texts(part(scene.shapes, "labels")).map((name) => name.text)).toContain("other (44)");
  expect(scene.hover!.read(0).rows.at(-1)).toMatchObject({ label: "other (44)", value: "100.0% to 100.0%" });
});

test("the description says how each curve ends and where its median is", () => {
  expect(drawSurvival(spec, wide).description).toBe("all: 25.0% still active after 10 days; median 5 days.");
  expect(drawSurvival(spec, { width: 720, language: "zh-CN" }).description).toBe(
    "all：10天后仍活跃 25.0%，中位时间 5天。",
  );
});

test("the definition is always there, and speaks of a band only where there is one", () => {
  const caption = (drawn: SurvivalSpec): string =>
    texts(part(drawSurvival(drawn, wide).shapes, "caption"))
      .map((text) => text.text)
      .join(" ");
  expect(caption(spec)).toContain("95% log-log confidence interval");
  const none = new Float64Array(4).fill(NaN);
  expect(caption({ ...spec, curves: [{ ...curve, lower: none, upper: none }] })).not.toContain("interval");
  expect(caption(spec)).toContain("Kaplan–Meier");
});

test("a person's own unit stands on the axis as it is", () => {
  const words = texts(part(drawSurvival({ ...spec, timeUnit: "orders" }, wide).shapes, "x-axis"));
  expect(words.at(-1).text).toBe("time (orders)");
});

test("a plot without a unit has only time on its axis", () => {
  const title = (language: "en" | "zh-CN"): string =>
    texts(part(drawSurvival({ ...spec, timeUnit: "time" }, { ...wide, language }).shapes, "x-axis")).at(-1)
      .text;
  expect(title("en")).toBe("time");
  expect(title("zh-CN")).toBe("时间");
});

test("one point is a dot, and no curves are a sentence", () => {
  const one = { ...curve, time: Float64Array.of(0), survival: Float64Array.of(1) };
  expect(part(drawSurvival({ ...spec, curves: [one] }, wide).shapes, "curves")).toMatchObject([
    { shape: "circle" },
  ]);
  const none = drawSurvival({ ...spec, curves: [] }, wide);
  expect(none.description).toBe("There is no curve to draw.");
  expect(none.hover).toBeNull();
});

test.each([0, 1, 240, 358, 479, 480, 1200])(
  "a container of %i pixels gives a drawing without NaN",
  (width) => {
    const scene = drawSurvival(contracts(), { width, language: "en" });
    expect(JSON.stringify(scene.shapes)).not.toMatch(/NaN|null|Infinity/);
    const { box } = scene.hover!;
    expect(box.right).toBeGreaterThan(box.left);
    expect(box.bottom).toBeGreaterThan(box.top);
  },
);

test("a given height is kept", () => {
  expect(drawSurvival(spec, { ...wide, height: 400 }).height).toBe(400);
});
