import { exp, log } from "../../src/core/math.ts";
import type { Random } from "../../src/core/random.ts";
import { exponential } from "../../src/core/sampling.ts";
import { stream } from "../streams.ts";
import {
  changesPerYear,
  countries,
  covariates,
  firstDay,
  observationDay,
  upgradeShare,
  type Level,
} from "./world.ts";

/** The parameters of the hazard and the switches of the planted effects. */
export interface SubscriptionParameters {
  /** Weibull shape κ: below 1 the hazard falls with tenure. */
  readonly shape: number;
  /** Weibull scale η in days: the tenure that a share 1/e of baseline subscribers passes. */
  readonly scale: number;
  /** Power that every hazard ratio is taken to; 0 makes all of them 1. */
  readonly effects: number;
  readonly planChanges: boolean;
}

/** Subscribers in order of their start; times in days since 1970. */
export interface Subscribers {
  readonly count: number;
  readonly start: Float64Array;
  /** The level of each covariate, as a place in `covariates`. */
  readonly levels: { readonly [covariate in keyof typeof covariates]: Uint8Array };
  readonly country: Uint8Array;
  /** The hazard ratio at the start, plan included. */
  readonly hazardRatio: Float64Array;
  /** When each left, or will leave after the observation. */
  readonly end: Float64Array;
  readonly changes: PlanChanges;
}

/** Changes of plan up to the observation, by subscriber and time. */
export interface PlanChanges {
  readonly subscriber: number[];
  readonly at: number[];
  readonly from: number[];
  readonly to: number[];
}

/** Draws the subscribers: T with S(t) = exp(−∫ h), h(t) = (κ / η) (t / η)^(κ − 1) · the product of the hazard ratios at t. */
export async function makeSubscribers(
  count: number,
  seed: number,
  parameters: SubscriptionParameters,
  rest: () => Promise<void>,
): Promise<Subscribers> {
  const start = startDays(count, stream(seed, "start"));
  const levels = {
    plan: drawLevels(covariates.plan, count, stream(seed, "plan")),
    channel: drawLevels(covariates.channel, count, stream(seed, "channel")),
    age_band: drawLevels(covariates.age_band, count, stream(seed, "age_band")),
    onboarding_call: drawLevels(covariates.onboarding_call, count, stream(seed, "onboarding_call")),
  };
  const ratios = Object.fromEntries(
    Object.entries(covariates).map(([name, options]) => [
      name,
      options.map(({ hazardRatio }) => ratio(hazardRatio, parameters)),
    ]),
  ) as Record<keyof typeof covariates, number[]>;
  const hazardRatio = new Float64Array(count);
  const end = new Float64Array(count);
  const changes: PlanChanges = { subscriber: [], at: [], from: [], to: [] };
  const leaving = stream(seed, "leaving");
  const changing = stream(seed, "changing");
  for (let i = 0; i < count; i++) {
    if (i % 2000 === 1999) await rest();
    const others =
      ratios.channel[levels.channel[i]!]! *
      ratios.age_band[levels.age_band[i]!]! *
      ratios.onboarding_call[levels.onboarding_call[i]!]!;
    let plan = levels.plan[i]!;
    hazardRatio[i] = others * ratios.plan[plan]!;
    // The integrated hazard at which this subscriber leaves is Exponential(1), whatever happens on the way.
    let left = exponential(1, leaving);
    let tenure = 0;
    for (;;) {
      const ratio = others * ratios.plan[plan]!;
      const leaves = tenureAt(integrated(tenure, parameters) + left / ratio, parameters);
      const changed = parameters.planChanges
        ? tenure + exponential(changesPerYear / 365, changing)
        : Infinity;
      if (leaves <= changed || start[i]! + changed >= observationDay) {
        end[i] = start[i]! + leaves;
        break;
      }
      left -= ratio * (integrated(changed, parameters) - integrated(tenure, parameters));
      tenure = changed;
      const next = nextPlan(plan, changing);
      changes.subscriber.push(i);
      changes.at.push(start[i]! + changed);
      changes.from.push(plan);
      changes.to.push(next);
      plan = next;
    }
  }
  return {
    count,
    start,
    levels,
    country: drawLevels(countries, count, stream(seed, "country")),
    hazardRatio,
    end,
    changes,
  };
}

/** A planted hazard ratio at the strength that the parameters give the effects. */
export function ratio(hazardRatio: number, { effects }: SubscriptionParameters): number {
  return exp(effects * log(hazardRatio));
}

/** Baseline integrated hazard at a tenure in days: (t / η)^κ. */
export function integrated(tenure: number, { shape, scale }: SubscriptionParameters): number {
  return tenure > 0 ? exp(shape * log(tenure / scale)) : 0;
}

/** The tenure in days at which the baseline integrated hazard has a value. */
function tenureAt(hazard: number, { shape, scale }: SubscriptionParameters): number {
  return hazard > 0 ? scale * exp(log(hazard) / shape) : 0;
}

/** Days on which subscribers start, ascending: twice as many a day at the end as at the beginning. */
function startDays(count: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => {
    const share = Math.sqrt(1 + 3 * random.next()) - 1;
    return firstDay + share * (observationDay - firstDay);
  }).sort();
}

function drawLevels(levels: readonly Level[], count: number, random: Random): Uint8Array {
  const total = levels.reduce((sum, { weight }) => sum + weight, 0);
  return Uint8Array.from({ length: count }, () => {
    let left = random.next() * total;
    return levels.findIndex(({ weight }) => (left -= weight) < 0);
  });
}

function nextPlan(plan: number, random: Random): number {
  const up = random.next() < upgradeShare;
  if (plan === 0) return 1;
  if (plan === covariates.plan.length - 1) return plan - 1;
  return up ? plan + 1 : plan - 1;
}
