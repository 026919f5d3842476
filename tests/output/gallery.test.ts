import { expect, test } from "vitest";
import type { ViewSpec } from "../../src/specs/spec.ts";
import type { Language } from "../../src/text/text.ts";
import { draw } from "../../src/views/registry.ts";
import { svgText } from "../../src/views/svg.ts";
import type { ThemeName } from "../../src/views/theme.ts";
import { customerMap, itemMap, tenureMap } from "./embedding-specs.ts";
import { classifiers, contracts, cpu, estimateAndTruth, manyCurves, searching, training } from "./specs.ts";

interface Picture {
  readonly file: string;
  readonly spec: ViewSpec;
  readonly width?: number;
  readonly language?: Language;
  readonly theme?: ThemeName;
}

const missing = Float64Array.from([0.7, 0.6, 0.55, NaN, NaN]);

const pictures: readonly Picture[] = [
  { file: "survival", spec: contracts() },
  { file: "survival-dark", spec: contracts(), theme: "dark" },
  { file: "survival-narrow", spec: contracts(), width: 358 },
  { file: "survival-narrow-zh", spec: contracts(), width: 358, language: "zh-CN" },
  { file: "survival-truth", spec: estimateAndTruth() },
  { file: "survival-truth-zh-dark", spec: estimateAndTruth(), language: "zh-CN", theme: "dark" },
  { file: "survival-seven", spec: manyCurves(7) },
  { file: "survival-fifty", spec: manyCurves(50) },
  {
    file: "survival-long-labels",
    spec: manyCurves(
      3,
      (i) => `Customers won by the spring campaign of ${2020 + i} & <kept> with a "discount"`,
    ),
  },
  { file: "survival-none", spec: { ...contracts(), curves: [] } },
  { file: "roc", spec: classifiers() },
  { file: "roc-narrow-zh", spec: classifiers(), width: 358, language: "zh-CN" },
  { file: "roc-dark", spec: classifiers(), theme: "dark" },
  { file: "embedding", spec: customerMap() },
  { file: "embedding-dark", spec: customerMap(), theme: "dark" },
  { file: "embedding-narrow-zh", spec: customerMap(), width: 358, language: "zh-CN" },
  { file: "embedding-other", spec: itemMap() },
  { file: "embedding-values", spec: tenureMap() },
  { file: "embedding-values-dark-narrow", spec: tenureMap(), width: 358, theme: "dark" },
  { file: "embedding-many", spec: customerMap(20_000) },
  { file: "embedding-none", spec: customerMap(0) },
  { file: "training-running", spec: training(12, 50, "running") },
  {
    file: "training-running-narrow-zh",
    spec: training(12, 50, "running", cpu),
    width: 358,
    language: "zh-CN",
  },
  {
    file: "training-resumed-narrow-zh",
    spec: {
      ...training(14, 50, "running"),
      resumed: [{ lostIn: 12, from: 10, device: "NVIDIA RTX A2000" }],
    },
    width: 358,
    language: "zh-CN",
  },
  { file: "training-waiting", spec: training(0, 50, "running") },
  { file: "training-one-epoch", spec: training(1, 1, "done") },
  { file: "training-done-dark", spec: training(50, 50, "done", cpu), theme: "dark" },
  { file: "training-stopped-narrow", spec: training(31, 50, "stopped"), width: 358 },
  { file: "searching", spec: searching() },
  { file: "searching-narrow-zh", spec: searching(), width: 358, language: "zh-CN" },
  {
    file: "training-lost",
    spec: {
      ...training(5, 50, "failed"),
      loss: missing,
      validationLoss: Float64Array.from([2e7, 3e4, 12, NaN, NaN]),
    },
  },
];

for (const { file, spec, width = 720, language = "en", theme = "light" } of pictures)
  test(`the picture ${file} is drawn as before`, async () => {
    const text = svgText(draw(spec, { width, language }), theme);
    await expect(text).toMatchFileSnapshot(`./${file}.svg`);
  });
