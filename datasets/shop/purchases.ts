import { exp } from "../../src/core/math.ts";
import { exponential } from "../../src/core/sampling.ts";
import { FloatList, IntList } from "../lists.ts";
import { Streams } from "../streams.ts";
import type { Calendar } from "./calendar.ts";
import type { Customers } from "./customers.ts";
import { browseRate, daysObserved } from "./world.ts";

/** When customers bought, visited and left; times in days from the first day. */
export interface Purchases {
  /** Whose order, and when; by customer and time. */
  readonly customer: Int32Array;
  readonly at: Float64Array;
  /** When each customer left; NaN for who is active at the observation. */
  readonly left: Float64Array;
  /** Visits without an order, by customer and time. */
  readonly visitor: Int32Array;
  readonly visitAt: Float64Array;
}

/**
 * Draws BG/NBD in the shop's own time up to `end`, in days: the first order at signup; while active, orders come at rate λ, and after each
 * repeat order the customer leaves with probability p. Each customer's draws are their own, so that a later end adds to what came before it.
 * Source: Fader, Hardie & Lee 2005.
 */
export async function makePurchases(
  { count, signup, lambda, p }: Customers,
  calendar: Calendar,
  seed: number,
  rest: () => Promise<void>,
  end = daysObserved,
): Promise<Purchases> {
  const purchases = new Streams(seed, "purchases");
  const visits = new Streams(seed, "visits");
  const customer = new IntList();
  const at = new FloatList();
  const visitor = new IntList();
  const visitAt = new FloatList();
  const left = new Float64Array(count).fill(NaN);
  for (let i = 0; i < count; i++) {
    if (i % 2000 === 1999) await rest();
    const begin = calendar.own(signup[i]!);
    customer.push(i);
    at.push(signup[i]!);
    const buying = purchases.of(i);
    for (let own = begin; ;) {
      own += exponential(lambda[i]!, buying);
      const time = calendar.time(own);
      if (time >= end) break;
      customer.push(i);
      at.push(time);
      if (buying.next() < p[i]!) {
        left[i] = time;
        break;
      }
    }
    const visiting = visits.of(i);
    const last = Number.isNaN(left[i]) ? end : left[i]!;
    for (let own = begin; ;) {
      own += exponential(lambda[i]! * browseRate, visiting);
      const time = calendar.time(own);
      if (time >= last) break;
      visitor.push(i);
      visitAt.push(time);
    }
  }
  return {
    customer: customer.values,
    at: at.values,
    left,
    visitor: visitor.values,
    visitAt: visitAt.values,
  };
}

/** P(no order in the next days | all that made the customer): exp(−λ · the shop's own time that passes), 1 for who has left. */
export function quietChance(lambda: number, left: number, days: number, calendar: Calendar): number {
  if (!Number.isNaN(left)) return 1;
  return exp(-lambda * (calendar.own(daysObserved + days) - calendar.own(daysObserved)));
}
