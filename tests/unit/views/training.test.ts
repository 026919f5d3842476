import { expect, test } from "vitest";
import type { TrainingSpec } from "../../../src/specs/training.ts";
import { lossScale } from "../../../src/views/loss-scale.ts";
import { readAt } from "../../../src/views/scene.ts";
import { drawTraining } from "../../../src/views/training.ts";
import { bestEpoch, isSearch, trainingLine } from "../../../src/views/training-words.ts";
import { cpu, training } from "../../output/specs.ts";
import { part, paths, texts } from "./parts.ts";

const options = { width: 720, language: "en" } as const;

const fit: TrainingSpec = {
  ...training(3, 10, "running"),
  loss: Float64Array.of(0.7, 0.5, 0.6),
  validationLoss: Float64Array.of(0.8, 0.65, 0.61),
  elapsed: 3.2,
  remaining: 65,
};

function words(spec: TrainingSpec): string {
  return texts(drawTraining(spec, options).shapes)
    .map((text) => text.text)
    .join(" | ");
}

test("a running fit shows its epoch, time so far and time left", () => {
  expect(words(fit)).toContain("epoch 3 of 10 · 3.2 s so far · about 1 min 5 s left");
});

test("a fit shows the loss now and at its best, on train and validation", () => {
  expect(words(fit)).toContain(
    "train loss 0.6000, best 0.5000 at epoch 2 · validation loss 0.6100, best 0.6100 at epoch 3",
  );
});

test("a fit says what it runs on and why", () => {
  expect(words({ ...fit, device: cpu })).toContain("CPU (SIMD): this browser offers no GPU");
});

test("a fit that lost its GPU says when, and from where it went on", () => {
  const resumed = [{ lostIn: 12, from: 10, device: "Apple M3" }];
  const again = [{ lostIn: 3, from: 0, device: "CPU (SIMD)" }];
  expect(words({ ...fit, resumed })).toContain(
    "the GPU was lost in epoch 12; what was learnt up to epoch 10 was kept, and it went on on Apple M3",
  );
  expect(words({ ...fit, resumed: again })).toContain(
    "the GPU was lost in epoch 3; began again on CPU (SIMD)",
  );
  const chinese = drawTraining({ ...fit, resumed }, { width: 720, language: "zh-CN" });
  expect(chinese.description).toContain("第 12 轮时 GPU 丢失；保留到第 10 轮为止的结果，在 Apple M3 上继续");
  expect(words(fit)).not.toContain("was lost");
});

test("the bar of progress is as long as the share of epochs done", () => {
  const bar = drawTraining(fit, options)
    .shapes.filter((shape) => shape.shape === "rect")
    .at(-1);
  expect(bar?.shape === "rect" && bar.width).toBeCloseTo(216);
});

test("the bar of a fit by starts counts those that are over, and is full once one is kept", () => {
  const width = (kept: number | null): number => {
    const starts = { start: 2, starts: 2, iteration: 5, kept };
    const bar = drawTraining({ ...fit, epochs: 20, starts }, options)
      .shapes.filter((shape) => shape.shape === "rect")
      .at(-1);
    return bar.shape === "rect" ? bar.width : NaN;
  };
  expect(width(null)).toBeCloseTo(540);
  expect(width(0.4)).toBeCloseTo(720);
});

test("a reading gives both losses of one epoch", () => {
  const scene = drawTraining(fit, options);
  const reading = readAt(scene, scene.hover!.stops[1]! + 3)!;
  expect(reading.heading).toBe("epoch 2");
  expect(reading.rows.map((row) => [row.label, row.value])).toEqual([
    ["train", "0.5000"],
    ["validation", "0.6500"],
  ]);
});

test("the axis holds still while a fit runs, and shows the epochs there were once it is over", () => {
  const at = (spec: TrainingSpec): number => {
    const { box, stops } = drawTraining(spec, options).hover!;
    return (stops.at(-1)! - box.left) / (box.right - box.left);
  };
  expect(at(fit)).toBeCloseTo(2 / 9);
  expect(at({ ...fit, state: "stopped" })).toBeCloseTo(1);
});

test("a fit says that its first epoch is under way only while it runs", () => {
  const waiting = training(0, 10, "running");
  expect(words(waiting)).toContain("The first epoch is under way.");
  for (const state of ["failed", "stopped"] as const)
    expect(words({ ...waiting, state })).not.toContain("under way");
});

test("without held-out rows only the training loss is drawn", () => {
  const scene = drawTraining({ ...fit, validationLoss: new Float64Array() }, options);
  expect(paths(part(scene.shapes, "curves"))).toHaveLength(1);
  expect(scene.description).not.toContain("validation");
});

test("clusters are told by iterations and inertia, axes by the rows read and the variance left", () => {
  const one = { ...fit, validationLoss: new Float64Array() };
  const clusters = { ...one, counts: "iterations", measure: "inertia" } as const;
  expect(words(clusters)).toContain("iteration 3 of 10 ·");
  expect(words(clusters)).toContain("inertia per row 0.6000, best 0.5000 at iteration 2");
  const axes = drawTraining({ ...one, counts: "passes", measure: "unexplained" }, options);
  expect(axes.description).toContain("all rows read 3 of 10 times");
  expect(axes.description).toContain("unexplained share of variance 0.6000, best 0.5000 at pass 2");
  const chinese = drawTraining(clusters, { width: 720, language: "zh-CN" });
  expect(chinese.description).toContain("第 3 次迭代，共 10 次");
  expect(readAt(chinese, chinese.hover!.stops[1]!)!.heading).toBe("第 2 次迭代");
  for (const scene of [drawTraining(clusters, options), axes, chinese])
    expect(JSON.stringify(scene)).not.toMatch(/epoch|loss\b|损失|轮/);
});

test("a fit by starts tells which of them it is, and at last of the one that is kept", () => {
  const one = {
    ...fit,
    validationLoss: new Float64Array(),
    counts: "iterations",
    measure: "inertia",
  } as const;
  const starts = { start: 2, starts: 3, iteration: 1, kept: null };
  const running: TrainingSpec = { ...one, epochs: 900, starts };
  expect(words(running)).toContain("start 2 of 3 · iteration 1 of at most 300 · 3.2 s so far | ");
  expect(words(running)).not.toContain("left");
  expect(words(running)).toContain("inertia per row 0.6000, lowest so far 0.5000 | ");
  // The axis makes room for ten iterations, not for all 900.
  expect(words(running)).toContain(" | 10 | ");
  const done: TrainingSpec = {
    ...running,
    state: "done",
    starts: { ...starts, start: 1, iteration: 2, kept: 0.45 },
  };
  expect(words(done)).toContain(
    "start 1 of 3 is kept · 2 iterations · took 3.2 s | inertia per row 0.4500 | ",
  );
  expect(trainingLine(done, "zh-CN")).toContain("保留第 1 次初始化（共 3 次）的结果 · 迭代 2 次 · ");
  const alone = { ...done.starts!, starts: 1 };
  expect(words({ ...done, starts: alone })).not.toMatch(/start/);
});

test("a search for neighbours of items counts items, and keeps no model", () => {
  const search = {
    ...fit,
    loss: new Float64Array(),
    validationLoss: new Float64Array(),
    counts: "items",
  } as const;
  expect(isSearch(search)).toBe(true);
  expect(words(search)).toContain("3 of 10 items");
  expect(drawTraining(search, { width: 720, language: "zh-CN" }).description).toContain(
    "已完成 3 件商品，共 10 件",
  );
});

test("a loss that is lost is said to be, with the epoch, and leaves no NaN in the drawing", () => {
  const lost = {
    ...fit,
    loss: Float64Array.of(0.7, NaN, NaN),
    validationLoss: Float64Array.of(0.8, Infinity, NaN),
  };
  const scene = drawTraining(lost, options);
  expect(scene.description).toContain("from epoch 2 on the loss is not a finite number");
  expect(paths(part(scene.shapes, "curves")).join()).not.toMatch(/NaN|Infinity/);
});

test("a loss far above that of a model that has learnt nothing is said to be, until it comes down", () => {
  const wild = { ...fit, untrained: 0.7, validationLoss: new Float64Array() };
  const said =
    "in epoch 2 the loss is 100 times that of a model that has learnt nothing: try a smaller learning rate, or standardise what it learns from";
  expect(drawTraining({ ...wild, loss: Float64Array.of(0.6, 70) }, options).description).toContain(said);
  expect(
    drawTraining({ ...wild, state: "done", loss: Float64Array.of(0.6, 70) }, options).description,
  ).toContain(said);
  expect(words({ ...wild, loss: Float64Array.of(70, 0.6) })).not.toContain("learnt nothing");
  expect(words({ ...wild, loss: Float64Array.of(6.9) })).not.toContain("learnt nothing");
  expect(words({ ...fit, loss: Float64Array.of(1e9) })).not.toContain("learnt nothing");
  // Nothing is to be learnt.
  expect(words({ ...wild, untrained: 0, loss: Float64Array.of(1e-9) })).not.toContain("learnt nothing");
});

test("what a fit is judged by at its end are the rows that were held out, at their best", () => {
  const wild = { ...fit, untrained: 0.7, loss: Float64Array.of(70, 0.6, 80) };
  const held = (...losses: number[]): TrainingSpec => {
    return { ...wild, state: "done", validationLoss: Float64Array.from(losses) };
  };
  expect(words(held(700, 0.5, 900))).not.toContain("learnt nothing");
  expect(words(held(900, 70, 800))).toContain("in epoch 2 the validation loss is 100 times");
});

test("a fit whose loss was never a number is drawn without a plot", () => {
  const scene = drawTraining(
    { ...fit, state: "failed", loss: Float64Array.of(NaN), validationLoss: new Float64Array() },
    options,
  );
  expect(scene.hover).toBeNull();
  expect(scene.description).toContain("failed");
});

test.each([
  ["one epoch", training(1, 1, "done")],
  ["no epoch yet", training(0, 50, "running")],
  ["no epochs at all", training(0, 0, "done")],
  ["a constant loss", { ...fit, loss: Float64Array.of(0, 0, 0), validationLoss: new Float64Array() }],
  [
    "a huge loss",
    { ...fit, loss: Float64Array.of(1e300, 1e290, 1e-300), validationLoss: Float64Array.of(1e308) },
  ],
  ["a tiny loss", { ...fit, loss: Float64Array.of(3e-9, 2e-9, 2.1e-9), validationLoss: new Float64Array() }],
  ["losses below zero", { ...fit, loss: Float64Array.of(-1, -200, -3), validationLoss: new Float64Array() }],
] satisfies [string, TrainingSpec][])("%s gives a drawing of finite numbers", (_, spec) => {
  for (const width of [0, 358, 720])
    expect(JSON.stringify(drawTraining(spec, { width, language: "zh-CN" }).shapes)).not.toMatch(
      /NaN|null|Infinity/,
    );
});

test("losses that span much are drawn on a log scale, others on a linear one", () => {
  expect(lossScale([1e6, 0.5], [100, 0], "en")!.log).toBe(true);
  expect(lossScale([0.7, 0.4], [100, 0], "en")!.log).toBe(false);
  expect(lossScale([NaN, Infinity], [100, 0], "en")).toBeNull();
});

test("the best epoch ignores what is not a number", () => {
  expect(bestEpoch(Float64Array.of(NaN, 0.5, 0.4, -Infinity))).toBe(2);
  expect(bestEpoch(Float64Array.of(NaN))).toBe(-1);
});

test("a fit that is done says all that matters in one line", () => {
  expect(trainingLine({ ...fit, state: "done", device: cpu }, "en")).toBe(
    "MLPClassifier · done · epoch 3 of 10 · took 3.2 s · validation loss 0.6100, best 0.6100 at epoch 3 · CPU (SIMD)",
  );
});
