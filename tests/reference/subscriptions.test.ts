import { beforeAll, describe, expect, test } from "vitest";
import { subscriptions } from "../../datasets/subscriptions/simulate.ts";
import type { Table } from "../../src/data/table.ts";
import { KaplanMeierFitter } from "../../src/library/kaplan-meier-fitter.ts";
import { coxRegression, type Spell } from "./cox.ts";
import { hasRealData, readCsv } from "./read-csv.ts";
import { holds, type Interval } from "./world/intervals.ts";

const worlds = 20;
const observed = Date.UTC(2025, 0, 1);
const msPerDay = 86_400_000;
const planted = { shape: 0.8, scale: 600, effects: 1, planChanges: true };

/** What the regression estimates, and where each is 1. */
const terms = [
  ["plan", "standard"],
  ["plan", "premium"],
  ["channel", "paid"],
  ["channel", "partner"],
  ["age_band", "18-29"],
  ["age_band", "45+"],
  ["onboarding_call", "true"],
] as const;

interface World {
  readonly subscribers: Table;
  readonly changes: Table;
  readonly parameters: ReadonlyMap<string, number>;
  readonly truth: Table;
}

async function world(seed: number, parameters: typeof planted, size: "S" | "M" = "S"): Promise<World> {
  const { tables, truth } = await subscriptions.simulate({ size, seed, parameters }, async () => undefined);
  const named = truth.subscription_parameters!.table.toArray();
  return {
    subscribers: tables.subscribers!.table,
    changes: tables.plan_changes!.table,
    truth: truth.subscribers!.table,
    parameters: new Map(named.map(({ parameter, value }) => [parameter as string, value as number])),
  };
}

/** One spell for each plan that a subscriber had, in days of tenure; or one for the plan at the start. */
function spellsOf({ subscribers, changes }: World, follow: boolean): Spell[] {
  const changed = new Map<number, { at: number; plan: string }[]>();
  if (follow)
    for (const row of changes) {
      const id = row.subscriber_id as number;
      const list = changed.get(id) ?? [];
      list.push({ at: (row.changed_at as Date).getTime(), plan: row.to_plan as string });
      changed.set(id, list);
    }
  return [...subscribers].flatMap((row) => {
    const begin = (row.started_at as Date).getTime();
    const left = row.cancelled_at as Date | null;
    const end = left?.getTime() ?? observed;
    const plans = [
      { at: begin, plan: row.plan as string },
      ...(changed.get(row.subscriber_id as number) ?? []),
    ];
    return plans.map(({ at, plan }, i): Spell => {
      const stop = plans[i + 1]?.at ?? end;
      const values: Record<string, string> = {
        ...row,
        plan,
        onboarding_call: row.onboarding_call ? "true" : "false",
      };
      return {
        start: (at - begin) / msPerDay,
        stop: (stop - begin) / msPerDay,
        event: stop === end && left !== null,
        x: terms.map(([covariate, level]) => (values[covariate] === level ? 1 : 0)),
      };
    });
  });
}

describe("the hazard ratios that were planted", () => {
  const estimates: Interval[][] = [];
  let truth: number[] = [];

  beforeAll(async () => {
    for (let seed = 0; seed < worlds; seed++) {
      const made = await world(seed, planted);
      estimates.push(coxRegression(spellsOf(made, true)));
      truth = terms.map(([covariate, level]) =>
        Math.log(made.parameters.get(`hazard_ratio_${covariate}_${level}`)!),
      );
    }
  });

  test.each(terms.map(([covariate, level], j) => ({ covariate, level, j })))(
    "$covariate $level lies in its 95 % interval in at least 17 of 20 worlds",
    ({ j }) => {
      expect(estimates.filter((of) => holds(of[j]!, truth[j]!)).length).toBeGreaterThanOrEqual(17);
    },
  );

  test("they are estimated without bias", () => {
    for (const [j, value] of truth.entries()) {
      const mean = estimates.reduce((sum, of) => sum + of[j]!.estimate / worlds, 0);
      expect(Math.abs(mean - value)).toBeLessThan(0.06);
    }
  });
});

test("a regression on the plan at the start alone pulls both plans towards 1", async () => {
  const made = await world(1, planted, "M");
  const [standard, premium] = coxRegression(spellsOf(made, false));
  expect(standard!.estimate).toBeGreaterThan(Math.log(0.75));
  expect(premium!.low).toBeGreaterThan(Math.log(0.5));
});

test("with the effects off no covariate has one", async () => {
  const made = await world(2, { ...planted, effects: 0 });
  expect(
    coxRegression(spellsOf(made, true)).filter((interval) => holds(interval, 0)).length,
  ).toBeGreaterThanOrEqual(6);
});

test("with plan changes off nobody changes, and the survival is Weibull's", async () => {
  const made = await world(3, { ...planted, effects: 0, planChanges: false }, "M");
  expect(made.changes.numRows).toBe(0);
  const spells = spellsOf(made, true);
  const km = await new KaplanMeierFitter().fit(
    spells.map(({ stop }) => stop),
    spells.map(({ event }) => event),
  );
  const times = [30, 180, 365, 700, 1000];
  for (const [i, survival] of km.predict(times).entries())
    expect(Math.abs(survival - Math.exp(-((times[i]! / 600) ** 0.8)))).toBeLessThan(0.015);
});

test("who is there at the observation stays as often as the truth says", async () => {
  const { truth } = await world(4, { ...planted, planChanges: false }, "M");
  const rows = truth.toArray().filter(({ p_stay_90 }) => (p_stay_90 as number) > 0);
  const expected = rows.reduce((sum, { p_stay_90 }) => sum + (p_stay_90 as number), 0);
  const stayed = rows.filter(
    ({ leaves_at }) => (leaves_at as Date).getTime() > observed + 90 * msPerDay,
  ).length;
  expect(Math.abs(stayed - expected) / rows.length).toBeLessThan(0.01);
});

describe.skipIf(!hasRealData("telco"))("on the Telco customers (../shared/data/telco)", () => {
  test("Cox's regression is that of R survival 3.5.3 with Breslow's ties", () => {
    const spells = readCsv("telco/Telco-Customer-Churn.csv")
      .toArray()
      .map((row) => ({
        start: -1,
        stop: row.tenure as number,
        event: row.Churn === "Yes",
        x: [
          row.Contract === "One year",
          row.Contract === "Two year",
          row.MonthlyCharges,
          row.SeniorCitizen,
          row.Partner === "Yes",
          row.Dependents === "Yes",
          row.PaperlessBilling === "Yes",
          row.InternetService === "Fiber optic",
          row.InternetService === "No",
        ].map(Number),
      }));
    const fitted = coxRegression(spells);
    const expected = [
      [-1.8234558, 0.08673211],
      [-3.5997844, 0.16218198],
      [-0.0289547, 0.00210753],
      [-0.0580289, 0.0558326],
      [-0.5433531, 0.0545422],
      [-0.100343, 0.06805153],
      [0.183195, 0.05586577],
      [1.4151364, 0.09948112],
      [-1.1502739, 0.12315444],
    ] as const;
    for (const [j, [coefficient, error]] of expected.entries()) {
      expect(fitted[j]!.estimate).toBeCloseTo(coefficient, 6);
      expect((fitted[j]!.high - fitted[j]!.low) / 2 / 1.959963984540054).toBeCloseTo(error, 7);
    }
  });
});
