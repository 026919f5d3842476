import { columnFrom, NumberColumn, type Column } from "../../src/data/column.ts";
import { MomentColumn, WordColumn } from "../../src/data/packed-column.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, idColumn, optionalIdColumn } from "../columns.ts";
import type { SimulatedTable } from "../dataset.ts";
import type { Calendar } from "./calendar.ts";
import { campaignResponse, type Targets } from "./campaigns.ts";
import { spendRate, tasteCount, type Customers } from "./customers.ts";
import type { ShopParameters } from "./parameters.ts";
import type { Payments } from "./payments.ts";
import type { Products } from "./products.ts";
import { quietChance, type Purchases } from "./purchases.ts";
import { moments } from "./tables.ts";
import { campaigns, categories, retentionDrop, segments, spend, zipfExponent } from "./world.ts";

const horizons = [30, 60, 90] as const;

/** What made each customer's orders, and what the next days hold. */
export function customerTruth(
  customers: Customers,
  { left }: Purchases,
  calendar: Calendar,
  parameters: ShopParameters,
): SimulatedTable {
  const { count, lambda, p, nu, segment, taste } = customers;
  const quiet = horizons.map((days): [string, Column] => [
    `p_no_purchase_${days}`,
    new NumberColumn(lambda.map((rate, i) => quietChance(rate, left[i]!, days, calendar))),
  ]);
  const tastes = Array.from({ length: tasteCount }, (_, j): [string, Column] => [
    `taste_${j + 1}`,
    new NumberColumn(new Float64Array(count).map((_, i) => taste[i * tasteCount + j]!)),
  ]);
  return plain([
    ["customer_id", countColumn(count)],
    ["lambda_per_day", new NumberColumn(lambda)],
    ["p", new NumberColumn(p)],
    ["dropped_out_at", new MomentColumn(moments(left))],
    [
      "segment",
      new WordColumn(
        segment,
        segments.map(({ name }) => name),
      ),
    ],
    ...tastes,
    ["mean_order_value", new NumberColumn(nu.map((rate) => spend.shape / rate))],
    ...quiet,
    [
      "campaign_effect",
      new NumberColumn(new Float64Array(count).map((_, i) => campaignResponse(customers, i, parameters))),
    ],
  ]);
}

/** What moves each product's sales. */
export function productTruth(
  { count, category, quality }: Products,
  { priceEffect, tasteEffect }: ShopParameters,
): SimulatedTable {
  return plain([
    ["product_id", countColumn(count)],
    [
      "elasticity",
      new NumberColumn(Float64Array.from(category, (c) => priceEffect * categories[c]!.elasticity)),
    ],
    ["quality", new NumberColumn(quality)],
    ...Array.from({ length: tasteCount }, (_, j): [string, Column] => [
      `factor_${j + 1}`,
      new NumberColumn(Float64Array.from(category, (c) => tasteEffect * categories[c]!.factor[j]!)),
    ]),
  ]);
}

/** What a campaign does to each of its targets, treated or not. */
export function targetTruth({ campaign, customer, effect }: Targets): SimulatedTable {
  return plain([
    ["campaign_id", idColumn(campaign)],
    ["customer_id", idColumn(customer)],
    ["effect", new NumberColumn(effect)],
  ]);
}

/** Which payments are fraud, and of which ring. */
export function paymentTruth({ ring }: Payments): SimulatedTable {
  return plain([
    ["payment_id", countColumn(ring.length)],
    ["is_fraud", flagColumn(new Uint8Array(ring.length).map((_, k) => (ring[k]! >= 0 ? 1 : 0)))],
    ["ring_id", optionalIdColumn(ring)],
  ]);
}

/** What each review is of a mind to say: −1, 0 or 1. */
export function reviewTruth(sentiment: Int32Array): SimulatedTable {
  return plain([
    ["review_id", countColumn(sentiment.length)],
    ["sentiment", new NumberColumn(sentiment.map((place) => place - 1))],
  ]);
}

/** The planted parameters. */
export function parameterTruth(parameters: ShopParameters, { campaign, effect }: Targets): SimulatedTable {
  const averages = campaigns.map((_, c) => mean(effect.filter((_, k) => campaign[k] === c)));
  const rows: readonly (readonly [string, number, string])[] = [
    ["r", parameters.r, "shape of λ"],
    ["alpha", parameters.alpha, "days"],
    ["a", parameters.a, "of p ~ Beta(a, b)"],
    ["b", parameters.b, "of p ~ Beta(a, b)"],
    ["spend_p", spend.shape, "shape of an order's value"],
    ["spend_q", spend.q, "shape of ν"],
    ["spend_gamma", spendRate, "EUR"],
    ["seasons", parameters.seasons, "strength"],
    ["price_effect", parameters.priceEffect, "strength"],
    ...categories.map(
      ({ name, elasticity }) =>
        [`elasticity_${name}`, parameters.priceEffect * elasticity, "d log units / d log price"] as const,
    ),
    ["campaign_effect", parameters.campaignEffect, "strength"],
    ...averages.map((average, c) => [`ate_campaign_${c + 1}`, average, "orders in 14 days"] as const),
    ["retention_drop", parameters.retentionDrop, "share lost at each repeat order"],
    ["retention_drop_day", retentionDrop.day, "days since 1970-01-01"],
    ["fraud_share", parameters.fraudShare, "share of payments"],
    ["taste_effect", parameters.tasteEffect, "strength"],
    ["zipf_exponent", parameters.popularitySkew * zipfExponent, "of popularity within a category"],
    ["quality_effect", parameters.qualityEffect, "strength"],
  ];
  return plain([
    ["parameter", columnFrom(rows.map(([name]) => name))],
    ["value", new NumberColumn(Float64Array.from(rows, ([, value]) => value))],
    ["unit", columnFrom(rows.map(([, , unit]) => unit))],
  ]);
}

function plain(columns: [string, Column][]): SimulatedTable {
  return { sqlTypes: {}, table: new Table(columns) };
}

function mean(values: Float64Array): number {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
