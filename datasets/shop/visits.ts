import type { Targets } from "./campaigns.ts";
import type { Purchases } from "./purchases.ts";

/** Every visit, by time. */
export interface Visits {
  readonly customer: Int32Array;
  /** In days from the first day. */
  readonly at: Float64Array;
  /** The place among the orders of the one that it ended in, or −1. */
  readonly order: Int32Array;
  /** What the visit's draws go by: the same visit bears the same number in a world where an effect is off. */
  readonly number: Int32Array;
}

/** Every order, by time, with the visit that it ended. */
export interface Orders {
  readonly visit: Int32Array;
  readonly customer: Int32Array;
  readonly at: Float64Array;
  readonly number: Int32Array;
}

const [ofOwn, ofCampaign, ofBrowsing] = [0, 1, 2] as const;

/** Puts orders of customers' own, orders that came of campaigns, and mere visits into one line of time. */
export async function makeVisits(
  purchases: Purchases,
  { orders }: Targets,
  rest: () => Promise<void>,
): Promise<Visits> {
  const own = purchases.at.length;
  const bought = own + orders.at.length;
  const customer = joined(Int32Array, purchases.customer, orders.customer, purchases.visitor);
  const at = joined(Float64Array, purchases.at, orders.at, purchases.visitAt);
  const number = joined(
    Int32Array,
    numbers(ofOwn, purchases.customer, ordinals(purchases.customer)),
    numbers(ofCampaign, orders.customer, orders.campaign),
    numbers(ofBrowsing, purchases.visitor, ordinals(purchases.visitor)),
  );
  await rest();
  const line = await byTime(at, rest);
  let order = 0;
  return {
    customer: line.map((place) => customer[place]!),
    at: new Float64Array(at.length).map((_, k) => at[line[k]!]!),
    order: line.map((place) => (place < bought ? order++ : -1)),
    number: line.map((place) => number[place]!),
  };
}

/** The orders among the visits. */
export function ordersOf({ customer, at, order, number }: Visits): Orders {
  const visit = new Int32Array(at.length).map((_, k) => k).filter((k) => order[k]! >= 0);
  return {
    visit,
    customer: visit.map((k) => customer[k]!),
    at: new Float64Array(visit.length).map((_, k) => at[visit[k]!]!),
    number: visit.map((k) => number[k]!),
  };
}

/** For each visit how many came before it by the same customer; those of a customer stand together. */
function ordinals(customer: Int32Array): Int32Array {
  const counts = new Int32Array(customer.length);
  for (let k = 1; k < customer.length; k++)
    if (customer[k] === customer[k - 1]) counts[k] = counts[k - 1]! + 1;
  return counts;
}

/** A number for each visit, its own up to the thousandth of a customer. */
function numbers(kind: 0 | 1 | 2, customer: Int32Array, ordinal: Int32Array): Int32Array {
  return customer.map((i, k) => (i * 3 + kind) * 1024 + (ordinal[k]! % 1024));
}

/** Places in the order of their times; equal times keep their order. A sort within each day, since one of all is far slower. */
async function byTime(at: Float64Array, rest: () => Promise<void>): Promise<Int32Array> {
  const days = Math.ceil(at.reduce((most, time) => Math.max(most, time), 0)) + 1;
  const first = new Int32Array(days + 1);
  for (let k = 0; k < at.length; k++) first[Math.floor(at[k]!) + 1]!++;
  for (let day = 0; day < days; day++) first[day + 1]! += first[day]!;
  const next = first.slice();
  const line = new Int32Array(at.length);
  for (let place = 0; place < at.length; place++) line[next[Math.floor(at[place]!)]!++] = place;
  for (let day = 0; day < days; day++) {
    line.subarray(first[day], first[day + 1]).sort((p, q) => at[p]! - at[q]! || p - q);
    await rest();
  }
  return line;
}

function joined<T extends Int32Array | Float64Array>(Kind: new (length: number) => T, ...parts: T[]): T {
  const all = new Kind(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}
