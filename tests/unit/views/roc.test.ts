import { expect, test } from "vitest";
import type { RocCurve, RocSpec } from "../../../src/specs/roc.ts";
import { drawRoc, truePositiveAt } from "../../../src/views/roc.ts";
import { readAt } from "../../../src/views/scene.ts";
import { classifiers } from "../../output/specs.ts";
import { numbersOf, part, paths, texts } from "./parts.ts";

const curve: RocCurve = {
  label: "model",
  falsePositiveRate: Float64Array.of(0, 0, 0.2, 0.2, 1),
  truePositiveRate: Float64Array.of(0, 0.4, 0.6, 0.8, 1),
  auc: 0.82,
};
const spec: RocSpec = { view: "roc", curves: [curve] };

test("the true positive rate at a point of the curve is that point's, the upper one where it rises straight up", () => {
  expect(truePositiveAt(curve, 0)).toBe(0.4);
  expect(truePositiveAt(curve, 0.2)).toBe(0.8);
  expect(truePositiveAt(curve, 1)).toBe(1);
});

test("between two points the rate lies on the line that joins them", () => {
  expect(truePositiveAt(curve, 0.1)).toBeCloseTo(0.5, 12);
  expect(truePositiveAt(curve, 0.6)).toBeCloseTo(0.9, 12);
});

test("the plot is a square, and the curve goes through its corners", () => {
  const scene = drawRoc(spec, { width: 720, language: "en" });
  const { box } = scene.hover!;
  expect(box.right - box.left).toBe(box.bottom - box.top);
  const all = numbersOf(paths(part(scene.shapes, "curves"))[0]!);
  expect(all.slice(0, 2)).toEqual([box.left, box.bottom]);
  expect(all.slice(-2)).toEqual([box.right, box.top]);
});

test("each curve is named with its AUC, beside the plot or above it", () => {
  for (const width of [720, 358]) {
    const names = texts(part(drawRoc(classifiers(), { width, language: "en" }).shapes, "key")).map(
      (text) => text.text,
    );
    expect(names.slice(0, 3)).toEqual(
      classifiers().curves.map(({ label, auc }) => `${label} · AUC ${auc.toFixed(3)}`),
    );
    expect(names).toContain("chance");
  }
});

test("a reading gives every classifier's rate at one false positive rate", () => {
  const scene = drawRoc(spec, { width: 720, language: "en" });
  const { box } = scene.hover!;
  const reading = readAt(scene, box.left + 0.2 * (box.right - box.left))!;
  expect(reading.heading).toBe("true positive rate at a false positive rate of 20%");
  expect(reading.rows).toEqual([{ label: "model", value: "80.0%", role: "series-0" }]);
});

test("the description gives the AUC of every curve", () => {
  expect(drawRoc(spec, { width: 720, language: "en" }).description).toBe("model: AUC 0.820.");
});

test("no curves are a sentence", () => {
  expect(drawRoc({ view: "roc", curves: [] }, { width: 720, language: "zh-CN" }).description).toBe(
    "没有可绘制的曲线。",
  );
});
