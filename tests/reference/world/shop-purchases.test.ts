import { beforeAll, expect, test } from "vitest";
import { Calendar } from "../../../datasets/shop/calendar.ts";
import { makeCustomers } from "../../../datasets/shop/customers.ts";
import { makePurchases } from "../../../datasets/shop/purchases.ts";
import {
  channels,
  customersOf,
  daysObserved,
  firstDay,
  retentionDrop,
} from "../../../datasets/shop/world.ts";
import { expectedPurchases, fitBetaGeo, type BetaGeo, type Histories } from "./beta-geo.ts";
import { differenceInMeans, holds } from "./intervals.ts";
import { off } from "./shop-world.ts";

/** All twenty are left to `npm run test:full`. */
const worlds = process.env.FULL ? 20 : 5;
/** Days of calibration; the rest of the two years is held out. */
const calibration = 548;

interface World {
  readonly signup: Float64Array;
  /** Order times of each customer in days, the first at signup. */
  readonly orders: readonly (readonly number[])[];
}

async function world(seed: number, parameters: typeof off): Promise<World> {
  const customers = makeCustomers(customersOf.M, seed, parameters);
  const calendar = new Calendar(parameters.seasons);
  const { customer, at } = await makePurchases(customers, calendar, seed, async () => undefined);
  const orders: number[][] = Array.from(customers.signup, () => []);
  for (const [k, i] of customer.entries()) orders[i]!.push(at[k]!);
  return { signup: customers.signup, orders };
}

/** What is known of the customers of the calibration at its end. */
function historiesOf({ orders }: World): Histories {
  const known = orders
    .filter(([first]) => first! < calibration)
    .map((times) => times.filter((time) => time < calibration));
  return {
    x: known.map((times) => times.length - 1),
    tx: known.map((times) => times.at(-1) - times[0]!),
    T: known.map(([first]) => calibration - first!),
  };
}

const fits: BetaGeo[] = [];
const holdoutErrors: number[] = [];

beforeAll(async () => {
  const start = { r: 0.5, alpha: 20, a: 1, b: 3 };
  for (let seed = 0; seed < worlds; seed++) {
    const made = await world(seed, off);
    const histories = historiesOf(made);
    const fit = fitBetaGeo(histories, start);
    fits.push(fit);
    let expected = 0;
    for (let i = 0; i < histories.x.length; i++)
      expected += expectedPurchases(fit, daysObserved - calibration, {
        x: histories.x[i]!,
        tx: histories.tx[i]!,
        T: histories.T[i]!,
      });
    const actual = made.orders
      .filter(([first]) => first! < calibration)
      .reduce((sum, times) => sum + times.filter((time) => time >= calibration).length, 0);
    holdoutErrors.push(Math.abs(expected / actual - 1));
  }
}, 180_000);

test("maximum likelihood recovers r and α within 10 % in every world", () => {
  for (const { r, alpha } of fits) {
    expect(Math.abs(r / off.r - 1)).toBeLessThan(0.1);
    expect(Math.abs(alpha / off.alpha - 1)).toBeLessThan(0.1);
  }
});

test("the holdout is foretold within 3 % on average, and within 6 % in every world", () => {
  expect(holdoutErrors.reduce((sum, error) => sum + error / worlds, 0)).toBeLessThanOrEqual(0.03);
  expect(Math.max(...holdoutErrors)).toBeLessThanOrEqual(0.06);
});

/** Repeat orders in the first 90 days of the customers of a channel who came in the 200 days before or after the change. */
function repeats(made: World, channel: Uint8Array, name: string, after: boolean): number[] {
  const change = retentionDrop.day - firstDay;
  return made.orders
    .filter((_, i) => {
      const since = made.signup[i]! - change;
      return (
        channels[channel[i]!]!.name === name &&
        (after ? since >= 0 && since < 200 : since < 0 && since >= -200)
      );
    })
    .map((times) => times.filter((time) => time > times[0]! && time < times[0]! + 90).length);
}

test("the planted drop is in paid social after the change, and nowhere else", async () => {
  const parameters = { ...off, retentionDrop: 0.3 };
  const made = await world(7, parameters);
  const { channel } = makeCustomers(customersOf.M, 7, parameters);
  const difference = (name: string) =>
    differenceInMeans(repeats(made, channel, name, true), repeats(made, channel, name, false));
  expect(difference("paid_social").high).toBeLessThan(0);
  expect(holds(difference("organic"), 0)).toBe(true);
  expect(holds(difference("paid_search"), 0)).toBe(true);
});

test("without the drop, paid social keeps its customers after the change too", async () => {
  const made = await world(7, off);
  const { channel } = makeCustomers(customersOf.M, 7, off);
  const [after, before] = [true, false].map((late) => repeats(made, channel, "paid_social", late));
  expect(holds(differenceInMeans(after!, before!), 0)).toBe(true);
});

/** χ² of the orders by day of the week against equal shares of the days. */
function weekdayChiSquare({ orders }: World): number {
  const counts = new Float64Array(7);
  const whole = Math.floor(daysObserved / 7) * 7;
  let total = 0;
  for (const times of orders)
    for (const time of times.slice(1))
      if (time < whole) {
        counts[Math.floor(time) % 7]!++;
        total++;
      }
  return counts.reduce((sum, count) => sum + (count - total / 7) ** 2 / (total / 7), 0);
}

test("weeks swing where seasons are on, and are flat where they are off", async () => {
  expect(weekdayChiSquare(await world(3, { ...off, seasons: 1 }))).toBeGreaterThan(300);
  let sum = 0;
  for (let seed = 0; seed < 5; seed++) sum += weekdayChiSquare(await world(seed, off));
  // With 6 degrees of freedom its mean is 6, and a little more here: who buys often and leaves soon buys on neighbouring days.
  expect(sum / 5).toBeLessThan(20);
});
