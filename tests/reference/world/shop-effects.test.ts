import { beforeAll, describe, expect, test } from "vitest";
import { shop } from "../../../datasets/shop/simulate.ts";
import type { ShopParameters } from "../../../datasets/shop/parameters.ts";
import { campaigns, campaignWindow, categories } from "../../../datasets/shop/world.ts";
import type { Simulation } from "../../../datasets/dataset.ts";
import type { MomentColumn, WordColumn } from "../../../src/data/packed-column.ts";
import { differenceInMeans, holds, slopeWithin, type Interval } from "./intervals.ts";
import { off, planted } from "./shop-world.ts";

/** All twenty are left to `npm run test:full`. */
const worlds = process.env.FULL ? 20 : 5;
/** In how many of the worlds an interval of 95 % must hold the truth. */
const fewestInside = worlds - Math.ceil(0.15 * worlds);
const msPerDay = 86_400_000;

/** What each world's data say of its campaigns and prices. */
interface Findings {
  readonly campaigns: readonly Interval[];
  readonly pooled: Interval;
  readonly truth: ReadonlyMap<string, number>;
  readonly elasticities: readonly Interval[];
  /** Standardised differences of the treated and the control group before the campaign. */
  readonly imbalance: readonly number[];
}

async function findings(seed: number, parameters: ShopParameters): Promise<Findings> {
  const made = await shop.simulate({ size: "M", seed, parameters: { ...parameters } }, async () => undefined);
  const { effects, imbalance, pooled } = campaignFindings(made);
  const rows = made.truth.parameters!.table.toArray();
  return {
    campaigns: effects,
    pooled,
    imbalance,
    elasticities: elasticityFindings(made),
    truth: new Map(rows.map(({ parameter, value }) => [parameter as string, value as number])),
  };
}

function numbers({ tables }: Simulation, table: string, column: string): ArrayLike<number> {
  return tables[table]!.table.column(column).values as ArrayLike<number>;
}

function milliseconds({ tables }: Simulation, table: string, column: string): Float64Array {
  return (tables[table]!.table.column(column) as MomentColumn).milliseconds;
}

/** Orders in the window after each campaign of those who got it, less those of the control group. */
function campaignFindings(made: Simulation): { effects: Interval[]; pooled: Interval; imbalance: number[] } {
  const campaign = numbers(made, "campaign_targets", "campaign_id");
  const customer = numbers(made, "campaign_targets", "customer_id");
  const treated = made.tables.campaign_targets!.table.column("treated").values;
  const newsletter = made.tables.customers!.table.column("newsletter").values;
  const orderer = numbers(made, "orders", "customer_id");
  const orderedAt = milliseconds(made, "orders", "ordered_at");
  const all: [number[], number[]] = [[], []];
  const before: [number[], number[]] = [[], []];
  const letters: [number[], number[]] = [[], []];
  const effects = campaigns.map(({ day }, c) => {
    const after = ordersBetween(orderer, orderedAt, day, day + campaignWindow);
    const earlier = ordersBetween(orderer, orderedAt, day - 90, day);
    const groups: [number[], number[]] = [[], []];
    for (let k = 0; k < campaign.length; k++) {
      if (campaign[k] !== c + 1) continue;
      const group = treated[k] ? 1 : 0;
      groups[group].push(after.get(customer[k]!) ?? 0);
      before[group].push(earlier.get(customer[k]!) ?? 0);
      letters[group].push(Number(newsletter[customer[k]! - 1]));
    }
    all[0].push(...groups[0]);
    all[1].push(...groups[1]);
    return differenceInMeans(groups[1], groups[0]);
  });
  return {
    effects,
    pooled: differenceInMeans(all[1], all[0]),
    imbalance: [standardised(before), standardised(letters)],
  };
}

function ordersBetween(
  customer: ArrayLike<number>,
  at: Float64Array,
  from: number,
  to: number,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (let k = 0; k < at.length; k++)
    if (at[k]! >= from * msPerDay && at[k]! < to * msPerDay)
      counts.set(customer[k]!, (counts.get(customer[k]!) ?? 0) + 1);
  return counts;
}

function standardised([control, treatment]: readonly [number[], number[]]): number {
  const { estimate, low, high } = differenceInMeans(treatment, control);
  const error = (high - low) / 2 / 1.96;
  return estimate / error / Math.sqrt(control.length / 2);
}

/** The card's regression: log(extras sold / views) on log(test price / list price) within each category, weighted by extras sold. */
function elasticityFindings(made: Simulation): Interval[] {
  const product = numbers(made, "price_tests", "product_id");
  const list = numbers(made, "price_tests", "list_price");
  const price = numbers(made, "price_tests", "test_price");
  const starts = milliseconds(made, "price_tests", "starts_on");
  const ends = milliseconds(made, "price_tests", "ends_on");
  const testsOf = new Map<number, number[]>();
  for (let k = 0; k < product.length; k++) testsOf.set(product[k]!, [...(testsOf.get(product[k]!) ?? []), k]);
  const testAt = (id: number, at: number): number =>
    testsOf.get(id)?.find((k) => starts[k]! <= at && at < ends[k]!) ?? -1;
  const views = new Float64Array(product.length);
  const sold = new Float64Array(product.length);
  const { places, words } = made.tables.events!.table.column("event") as WordColumn;
  const viewed = numbers(made, "events", "product_id");
  const viewedAt = milliseconds(made, "events", "event_at");
  const view = words.indexOf("view");
  for (let k = 0; k < places.length; k++) {
    const test = places[k] === view ? testAt(viewed[k]!, viewedAt[k]!) : -1;
    if (test >= 0) views[test]!++;
  }
  const orderedAt = milliseconds(made, "orders", "ordered_at");
  const bought = numbers(made, "order_items", "product_id");
  const order = numbers(made, "order_items", "order_id");
  for (let k = 0; k < bought.length; k++) {
    const test = testAt(bought[k]!, orderedAt[order[k]! - 1]!);
    if (test >= 0) sold[test]!++;
  }
  const category = made.tables.products!.table.column("category").values;
  return categories.map(({ name }) => {
    const arms = new Map<number, { views: number; sold: number; price: number }>();
    for (let k = 0; k < product.length; k++) {
      if (category[product[k]! - 1] !== name) continue;
      const multiple = Math.round((price[k]! / list[k]!) * 20) / 20;
      const arm = arms.get(multiple) ?? { views: 0, sold: 0, price: multiple };
      arms.set(multiple, { ...arm, views: arm.views + views[k]!, sold: arm.sold + sold[k]! });
    }
    return slopeWithin(
      [...arms.values()].map((arm) => ({
        x: Math.log(arm.price),
        y: Math.log(arm.sold / arm.views),
        weight: arm.sold,
        group: name,
      })),
    );
  });
}

const found: Findings[] = [];

beforeAll(async () => {
  for (let seed = 0; seed < worlds; seed++) found.push(await findings(seed, planted));
}, 400_000);

test("the campaigns' average effect lies in its 95 % interval in at least 17 of 20 worlds, 4 of 5", () => {
  // Each of the four campaigns of 20 worlds is an experiment of its own.
  for (const c of campaigns.keys()) {
    const inside = found.filter(({ campaigns: effects, truth }) =>
      holds(effects[c]!, truth.get(`ate_campaign_${c + 1}`)!),
    );
    expect(inside.length).toBeGreaterThanOrEqual(fewestInside);
  }
});

test("the campaigns do something: all four together are above zero in every world", () => {
  for (const { pooled } of found) expect(pooled.low).toBeGreaterThan(0);
});

test("treated and control groups were alike before", () => {
  for (const { imbalance } of found)
    for (const difference of imbalance) expect(Math.abs(difference)).toBeLessThan(0.06);
});

describe("the elasticity that a log-log regression finds", () => {
  test.each(categories.map(({ name }, c) => ({ name, c })))(
    "of $name lies in its 95 % interval in at least 17 of 20 worlds, 4 of 5",
    ({ name, c }) => {
      const inside = found.filter(({ elasticities, truth }) =>
        holds(elasticities[c]!, truth.get(`elasticity_${name}`)!),
      );
      expect(inside.length).toBeGreaterThanOrEqual(fewestInside);
    },
  );

  test("is without bias", () => {
    for (const [c, { elasticity }] of categories.entries()) {
      const mean = found.reduce((sum, { elasticities }) => sum + elasticities[c]!.estimate / worlds, 0);
      expect(Math.abs(mean - elasticity)).toBeLessThan(worlds === 20 ? 0.1 : 0.2);
    }
  });
});

test("with campaigns and prices off neither does anything", async () => {
  const { pooled, elasticities, truth } = await findings(1, off);
  expect(truth.get("ate_campaign_1")).toBe(0);
  expect(holds(pooled, 0)).toBe(true);
  expect(elasticities.filter((interval) => holds(interval, 0)).length).toBeGreaterThanOrEqual(5);
}, 60_000);
