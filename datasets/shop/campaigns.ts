import { FloatList, IntList } from "../lists.ts";
import { stream } from "../streams.ts";
import type { Customers } from "./customers.ts";
import type { ShopParameters } from "./parameters.ts";
import {
  ageBands,
  campaignBase,
  campaignMinimumAge,
  campaignReach,
  campaigns,
  campaignWindow,
  firstDay,
  newsletter,
} from "./world.ts";

/** Who was chosen for a campaign, who of them got it by the toss of a coin, and what it did. */
export interface Targets {
  readonly campaign: Int32Array;
  readonly customer: Int32Array;
  readonly treated: Int32Array;
  /** What the campaign does to this customer: the expected number of further orders in its window. */
  readonly effect: Float64Array;
  /** The further orders that came of it; times in days from the first day. */
  readonly orders: {
    readonly campaign: Int32Array;
    readonly customer: Int32Array;
    readonly at: Float64Array;
  };
}

/** Chooses targets among customers old enough, treats half of them, and draws the orders that come of it. */
export function makeTargets(
  customers: Customers,
  left: Float64Array,
  seed: number,
  parameters: ShopParameters,
): Targets {
  const choosing = stream(seed, "targets");
  const tossing = stream(seed, "treatment");
  const buying = stream(seed, "campaign orders");
  const campaign = new IntList();
  const customer = new IntList();
  const treated = new IntList();
  const effect = new FloatList();
  const cause = new IntList();
  const buyer = new IntList();
  const at = new FloatList();
  for (const [c, { day }] of campaigns.entries()) {
    const sent = day - firstDay;
    for (let i = 0; i < customers.count && customers.signup[i]! <= sent - campaignMinimumAge; i++) {
      if (choosing.next() >= campaignReach) continue;
      const toss = tossing.next() < 0.5 ? 1 : 0;
      const does = left[i]! <= sent ? 0 : campaignResponse(customers, i, parameters);
      campaign.push(c);
      customer.push(i);
      treated.push(toss);
      effect.push(does);
      // Drawn for all, so that the toss of one does not move the others.
      const buys = buying.next() < does;
      const when = sent + buying.next() * campaignWindow;
      if (!toss || !buys) continue;
      cause.push(c);
      buyer.push(i);
      at.push(when);
    }
  }
  return {
    campaign: campaign.values,
    customer: customer.values,
    treated: treated.values,
    effect: effect.values,
    orders: { campaign: cause.values, customer: buyer.values, at: at.values },
  };
}

/** The further orders that a campaign brings of an active customer: more of the young and of readers of the newsletter. */
export function campaignResponse(
  { ageBand, newsletter: reads }: Customers,
  i: number,
  { campaignEffect }: ShopParameters,
): number {
  const byLetter = reads[i] ? newsletter.response.yes : newsletter.response.no;
  return campaignEffect * campaignBase * ageBands[ageBand[i]!]!.response * byLetter;
}
