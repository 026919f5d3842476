import { chiSquareSurvival } from "../core/chi-square.ts";
import { quadraticForm } from "../core/quadratic-form.ts";
import type { Labels, Numbers } from "./estimator.ts";
import { checkSameRows, toLabels } from "./inputs.ts";
import { toDurations, toEvents } from "./survival-inputs.ts";

/** What a log-rank test gives. */
export interface LogrankResult {
  /** χ², ≥ 0. */
  readonly testStatistic: number;
  /** P(χ² at least as large | one survival curve for all groups), in [0, 1]. */
  readonly pValue: number;
  /** Groups − 1; fewer where groups have nobody at risk at any event. */
  readonly degreesOfFreedom: number;
}

/**
 * The log-rank test of two groups: durations ≥ 0 of each, and whether the event was observed (1, true) or not (0, false), all observed
 * by default. As lifelines' logrank_test. Source: Mantel 1966.
 */
export function logrankTest(
  durationsA: Numbers,
  durationsB: Numbers,
  eventsA: Numbers | null = null,
  eventsB: Numbers | null = null,
): LogrankResult {
  const a = toDurations(durationsA, "logrankTest: durationsA");
  const b = toDurations(durationsB, "logrankTest: durationsB");
  const events = joined(
    toEvents(eventsA, a.length, "logrankTest: eventsA"),
    toEvents(eventsB, b.length, "logrankTest: eventsB"),
  );
  const groups = Int32Array.from(events, (_, i) => (i < a.length ? 0 : 1));
  return test("logrankTest", joined(a, b), groups, events, 2);
}

/**
 * The log-rank test of any number of groups: durations ≥ 0 of n rows, the group of each, and whether its event was observed, all
 * observed by default. χ² = zᵀ V⁻¹ z, with z the observed less the expected events of all groups but one, and V their hypergeometric
 * covariance. Fewer than two groups, or no event, is a RangeError. As R's survdiff and lifelines' multivariate_logrank_test.
 */
export function multivariateLogrankTest(
  durations: Numbers,
  groups: Labels,
  events: Numbers | null = null,
): LogrankResult {
  const what = "multivariateLogrankTest";
  const times = toDurations(durations, `${what}: durations`);
  const { classes, codes } = toLabels(groups, `${what}: groups`);
  checkSameRows("durations", times.length, "groups", codes.length);
  return test(what, times, codes, toEvents(events, times.length, `${what}: events`), classes.length);
}

function test(
  what: string,
  times: Float64Array,
  groups: Int32Array,
  events: Float64Array,
  k: number,
): LogrankResult {
  if (k < 2) throw new RangeError(`${what}: expected at least two groups, got ${k}`);
  if (!events.includes(1)) throw new RangeError(`${what}: expected at least one observed event, got none`);
  const order = Uint32Array.from(times.keys()).sort((a, b) => times[b]! - times[a]!);
  const z = new Float64Array(k);
  const V = new Float64Array(k * k);
  const atRisk = new Float64Array(k);
  const died = new Float64Array(k);
  // From the last time to the first, so that those at risk only grow.
  for (let i = 0; i < order.length;) {
    const time = times[order[i]!]!;
    died.fill(0);
    for (; i < order.length && times[order[i]!] === time; i++) {
      atRisk[groups[order[i]!]!]!++;
      died[groups[order[i]!]!]! += events[order[i]!]!;
    }
    const d = died.reduce((sum, count) => sum + count, 0);
    if (d === 0) continue;
    const n = i;
    const spread = n > 1 ? (d * (n - d)) / (n - 1) : 0;
    for (let g = 0; g < k; g++) {
      const share = atRisk[g]! / n;
      z[g]! += died[g]! - d * share;
      for (let h = 0; h < k; h++) V[g * k + h]! += spread * share * ((g === h ? 1 : 0) - atRisk[h]! / n);
    }
  }
  const { value, rank } = quadraticForm(V, z);
  return { testStatistic: value, pValue: rank ? chiSquareSurvival(value, rank) : 1, degreesOfFreedom: rank };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
