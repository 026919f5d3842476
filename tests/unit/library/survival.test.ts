import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import type { Table } from "../../../src/data/table.ts";
import {
  KaplanMeierFitter,
  logrankTest,
  multivariateLogrankTest,
  plotSurvivalFunctions,
} from "../../../src/library/index.ts";
import reference from "../../reference/survival.json" with { type: "json" };

const { durations, events, entry, groups } = reference;
const values = (table: Table, place: number) => [...table.column(table.columns[place]!)] as (number | null)[];

function near(found: readonly (number | null)[], expected: readonly number[]) {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i], `entry ${i}`).toBeCloseTo(value, 12);
}

describe(`Kaplan–Meier curves of ${reference.tool}`, () => {
  test.each([
    ["with ties and censoring", reference.curve, {}],
    ["with a 90% band", reference.curve90, { alpha: 0.1 }],
    ["with late entry", reference.lateEntry, { entry }],
  ])("%s", async (_name, expected, options) => {
    const fitter = await new KaplanMeierFitter().fit(durations, events, options);
    expect(Array.from(fitter.timeline)).toEqual(expected.timeline);
    near(values(fitter.survivalFunction, 1), expected.survival);
    // Where S is 1 or 0 lifelines puts both ends at S; R's log-log band, and so ours, is missing there.
    const share = (place: number) =>
      values(fitter.confidenceInterval, place).map((end, i) => end ?? expected.survival[i]!);
    near(share(1), expected.lower);
    near(share(2), expected.upper);
    for (const column of ["observed", "censored", "entrance"] as const)
      expect([...fitter.eventTable.column(column)]).toEqual(expected[column]);
    expect(fitter.medianSurvivalTime).toBe(expected.median);
    expect(fitter.percentile(0.8)).toBe(expected.percentile80);
    near(Array.from(fitter.predict([0, 2.5, 7, 1000])), expected.predict);
  });
});

describe(`log-rank tests of ${reference.tool}`, () => {
  const of = <T>(list: readonly T[], group: number) => list.filter((_, i) => groups[i] === group);
  const same = (found: object, expected: Record<string, number>) => {
    for (const [name, value] of Object.entries(expected))
      expect((found as Record<string, number>)[name]).toBeCloseTo(value, 11);
  };
  test("of two groups", () => {
    same(logrankTest(of(durations, 0), of(durations, 1), of(events, 0), of(events, 1)), reference.logrank);
  });
  test("of three groups, whatever their names", () => {
    same(multivariateLogrankTest(durations, groups, events), reference.multivariate);
    const names = groups.map((group) => ["z", "x", "y"][group]!);
    same(multivariateLogrankTest(durations, names, events), reference.multivariate);
  });
});

test("without censoring, S is the share that lives longer, and at risk are those not yet gone", async () => {
  const random = seededRandom(2);
  const times = Array.from({ length: 40 }, () => random.integer(8));
  const fitter = await new KaplanMeierFitter().fit(times);
  for (const [i, t] of fitter.timeline.entries()) {
    expect(values(fitter.survivalFunction, 1)[i]).toBeCloseTo(
      times.filter((time) => time > t).length / 40,
      12,
    );
    expect(fitter.eventTable.column("atRisk").at(i)).toBe(times.filter((time) => time >= t).length);
  }
  expect(values(fitter.survivalFunction, 1).at(-1)).toBe(0);
  expect(values(fitter.confidenceInterval, 1).at(-1)).toBeNull();
});

test("without events S stays 1, has no band and no median", async () => {
  const fitter = await new KaplanMeierFitter().fit([3, 1, 2], [false, false, false]);
  expect(values(fitter.survivalFunction, 1)).toEqual([1, 1, 1, 1]);
  expect(values(fitter.confidenceInterval, 2)).toEqual([null, null, null, null]);
  expect(fitter.medianSurvivalTime).toBe(Infinity);
});

test("the median is met where the product is one half but for rounding", async () => {
  const fitter = await new KaplanMeierFitter().fit([1, 2, 3, 4, 5, 6]);
  expect(fitter.medianSurvivalTime).toBe(3);
});

test("a curve is read at any time: 1 before 0, the last value after the end", async () => {
  const fitter = await new KaplanMeierFitter().fit([2, 4], [1, 0]);
  expect([fitter.predict(-1), fitter.predict(1.9), fitter.predict(2), fitter.predict(99)]).toEqual([
    1, 1, 0.5, 0.5,
  ]);
  expect(fitter.predict([0, NaN, Infinity, 2])).toEqual(Float64Array.of(1, NaN, 0.5, 0.5));
  const days = Float64Array.from({ length: 20_000 }, (_, day) => day);
  const long = await new KaplanMeierFitter().fit(days);
  const started = performance.now();
  expect(long.predict(Float64Array.from({ length: 100_000 }, (_, i) => i / 5)).length).toBe(100_000);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("fitters share one plot, and keep their labels even where they look like numbers", async () => {
  const a = await new KaplanMeierFitter({ label: "2023" }).fit([1, 2, 3], [1, 0, 1]);
  const b = await new KaplanMeierFitter().fit([2, 2], [1, 1], { label: "2024" });
  expect(a.survivalFunction.columns).toEqual(["timeline", "2023"]);
  expect(a.confidenceInterval.columns).toEqual(["timeline", "2023_lower_0.95", "2023_upper_0.95"]);
  const spec = plotSurvivalFunctions([a, b], { timeUnit: "months", title: "Churn" });
  expect(spec).toMatchObject({ view: "survival", level: 0.95, timeUnit: "months", title: "Churn" });
  expect(spec.curves.map(({ label, time, atRisk }) => [label, [...time], [...atRisk]])).toEqual([
    ["2023", [0, 1, 2, 3], [3, 3, 2, 1]],
    ["2024", [0, 2], [2, 2]],
  ]);
  expect(spec.curves[1]!.lower).toEqual(Float64Array.of(NaN, NaN));
  expect(a.plot()).toEqual(plotSurvivalFunctions([a]));
  const wide = await new KaplanMeierFitter({ alpha: 0.2 }).fit([1]);
  expect(() => plotSurvivalFunctions([a, wide])).toThrow("expected alpha 0.05 for all bands, got 0.2");
});

test("a fitted fitter comes back from its bytes", async () => {
  const fitter = await new KaplanMeierFitter({ label: "all" }).fit(durations, events, { entry, alpha: 0.1 });
  const loaded = KaplanMeierFitter.load(fitter.save());
  expect(loaded.plot()).toEqual(fitter.plot());
  expect(loaded.getParams()).toEqual({ alpha: 0.05, label: "all" });
});

test("what cannot be a survival time is refused by value and row", async () => {
  const fitter = new KaplanMeierFitter();
  await expect(fitter.fit([1, -2])).rejects.toThrow("durations: expected durations ≥ 0, got -2 in row 1");
  await expect(fitter.fit([1, 2], [1, 3])).rejects.toThrow("expected 0, 1, true or false, got 3 in row 1");
  await expect(fitter.fit([1, 2], ["Yes", "No"] as never)).rejects.toThrow(
    'expected numbers, got "Yes" in row 0',
  );
  await expect(fitter.fit([1, 2], [1])).rejects.toThrow("got 1");
  await expect(fitter.fit([1, 2], [1, 1], { entry: [0, 2] })).rejects.toThrow(
    "before the duration 2, got 2 in row 1",
  );
  await expect(fitter.fit([])).rejects.toThrow("expected at least one row");
  expect(() => fitter.timeline).toThrow("call fit first");
  expect(() => multivariateLogrankTest([1, 2], ["a", "a"])).toThrow("expected at least two groups, got 1");
  expect(() => logrankTest([1], [2], [0], [0])).toThrow("expected at least one observed event");
});

test("equal groups differ by nothing, and a group gone before the first event takes no degree of freedom", () => {
  const equal = logrankTest([1, 2, 3], [1, 2, 3]);
  expect(equal.testStatistic).toBeCloseTo(0, 14);
  expect(equal.pValue).toBeCloseTo(1, 7);
  const gone = multivariateLogrankTest(
    [5, 6, 7, 8, 1, 1],
    ["a", "b", "a", "b", "c", "c"],
    [1, 1, 1, 1, 0, 0],
  );
  expect(gone.degreesOfFreedom).toBe(1);
  expect(gone.testStatistic).toBeCloseTo(logrankTest([5, 7], [6, 8]).testStatistic, 12);
});
