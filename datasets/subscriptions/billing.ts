import { exponential } from "../../src/core/sampling.ts";
import { stream } from "../streams.ts";
import type { Subscribers } from "./subscribers.ts";
import { contactsPerYear, lateShare, observationDay, topics } from "./world.ts";

const daysPerMonth = 30;

/** Invoices by subscriber and time; times in days since 1970. */
export interface Invoices {
  readonly subscriber: number[];
  readonly at: number[];
  readonly plan: number[];
  readonly late: number[];
}

/** An invoice every 30 days from the start, at the plan of that day, as long as the subscriber stays. */
export async function makeInvoices(
  { count, start, end, levels, changes }: Subscribers,
  seed: number,
  rest: () => Promise<void>,
): Promise<Invoices> {
  const random = stream(seed, "late");
  const invoices: Invoices = { subscriber: [], at: [], plan: [], late: [] };
  let change = 0;
  for (let i = 0; i < count; i++) {
    if (i % 1000 === 999) await rest();
    let plan = levels.plan[i]!;
    const last = Math.min(end[i]!, observationDay);
    for (let at = start[i]!; at < last; at += daysPerMonth) {
      for (; changes.subscriber[change] === i && changes.at[change]! <= at; change++)
        plan = changes.to[change]!;
      invoices.subscriber.push(i);
      invoices.at.push(at);
      invoices.plan.push(plan);
      invoices.late.push(random.next() < lateShare ? 1 : 0);
    }
    while (changes.subscriber[change] === i) change++;
  }
  return invoices;
}

/** What subscribers wrote to support; times in days since 1970. */
export interface Contacts {
  readonly subscriber: number[];
  readonly at: number[];
  readonly topic: number[];
}

/** Contacts come at one rate from everyone, whether they are about to leave or not. */
export async function makeContacts(
  { count, start, end }: Subscribers,
  seed: number,
  rest: () => Promise<void>,
): Promise<Contacts> {
  const random = stream(seed, "contacts");
  const contacts: Contacts = { subscriber: [], at: [], topic: [] };
  for (let i = 0; i < count; i++) {
    if (i % 2000 === 1999) await rest();
    const last = Math.min(end[i]!, observationDay);
    const next = (at: number) => at + exponential(contactsPerYear / 365, random);
    for (let at = next(start[i]!); at < last; at = next(at)) {
      contacts.subscriber.push(i);
      contacts.at.push(at);
      contacts.topic.push(random.integer(topics.length));
    }
  }
  return contacts;
}
