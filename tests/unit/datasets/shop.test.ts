import { beforeAll, describe, expect, test } from "vitest";
import { datasetById } from "../../../datasets/registry.ts";
import { Database } from "../../../src/engine/database.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import { duckdbModule } from "../engine/module.ts";

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
  await tables.addDataset("shop", { size: "M", seed: 1 });
}, 60_000);

/** The one number that a query gives. */
function number(sql: string): number {
  const [row] = tables.database.rows(sql);
  return Object.values(row!)[0] as number;
}

describe.each([
  ["orders", "customer_id", "shop.customers"],
  ["orders", "session_id", "shop.sessions"],
  ["order_items", "order_id", "shop.orders"],
  ["order_items", "product_id", "shop.products"],
  ["sessions", "customer_id", "shop.customers"],
  ["events", "session_id", "shop.sessions"],
  ["events", "product_id", "shop.products"],
  ["campaign_targets", "campaign_id", "shop.campaigns"],
  ["campaign_targets", "customer_id", "shop.customers"],
  ["price_tests", "product_id", "shop.products"],
  ["reviews", "order_id", "shop.orders"],
  ["tickets", "order_id", "shop.orders"],
  ["payments", "order_id", "shop.orders"],
])("%s.%s", (table, column, of) => {
  test(`is one of ${of}`, () => {
    expect(
      number(`SELECT count(*) FROM shop.${table} WHERE ${column} NOT IN (SELECT ${column} FROM ${of})`),
    ).toBe(0);
  });
});

test("the first order of every customer is on the day of the signup, and none is before or after the two years", () => {
  expect(
    number(`SELECT count(*) FROM (SELECT customer_id, min(ordered_at)::DATE AS day FROM shop.orders GROUP BY ALL)
      JOIN shop.customers USING (customer_id) WHERE day = signup_date`),
  ).toBe(20_000);
  expect(
    number("SELECT count(*) FROM shop.orders WHERE ordered_at < '2023-01-01' OR ordered_at >= '2025-01-01'"),
  ).toBe(0);
});

test("an order's amount is the sum of its items and what was paid for it", () => {
  expect(
    number(`SELECT count(*) FROM shop.orders
      JOIN (SELECT order_id, sum(quantity * unit_price) AS total, sum(quantity) AS pieces FROM shop.order_items GROUP BY ALL) USING (order_id)
      JOIN (SELECT order_id, amount AS paid FROM shop.payments) USING (order_id)
      WHERE round(total, 2) = amount AND paid = amount AND pieces = items`),
  ).toBe(number("SELECT count(*) FROM shop.orders"));
});

test("every order is one purchase event at its time, and no other session has one", () => {
  expect(
    number(`SELECT count(*) FROM shop.orders o JOIN shop.events e USING (session_id)
      WHERE e.event = 'purchase' AND e.customer_id = o.customer_id AND e.event_at = o.ordered_at`),
  ).toBe(number("SELECT count(*) FROM shop.orders"));
  expect(number("SELECT count(*) FROM shop.events WHERE event = 'purchase'")).toBe(
    number("SELECT count(*) FROM shop.orders"),
  );
});

test("a session's events follow one another, and a checkout has a cart before it", () => {
  expect(
    number(`SELECT count(*) FROM (SELECT event_at - lag(event_at) OVER (PARTITION BY session_id ORDER BY event_id) AS gap FROM shop.events)
      WHERE gap < INTERVAL 0 SECOND`),
  ).toBe(0);
  expect(
    number(`SELECT count(*) FROM (SELECT event, bool_or(event = 'cart') OVER (PARTITION BY session_id ORDER BY event_id) AS filled FROM shop.events)
      WHERE event IN ('checkout', 'purchase') AND NOT filled`),
  ).toBe(0);
});

test("who has left orders no more, but by no campaign, and visits no more", () => {
  for (const [table, at] of [
    ["orders", "ordered_at"],
    ["sessions", "started_at"],
  ])
    expect(
      number(`SELECT count(*) FROM shop.${table} JOIN truth.customers USING (customer_id)
        LEFT JOIN shop.events e ON e.session_id = ${table}.session_id AND e.event = 'return'
        WHERE ${at} > dropped_out_at + INTERVAL 1 SECOND AND e.event IS NULL
          AND NOT EXISTS (FROM shop.campaign_targets t JOIN shop.campaigns USING (campaign_id)
            WHERE t.customer_id = ${table}.customer_id AND treated AND ${at} BETWEEN sent_on - INTERVAL 1 HOUR AND sent_on + INTERVAL 15 DAY)`),
    ).toBe(0);
});

test("half of the targets are treated, and fraud is 1 to 2 % of the payments", () => {
  expect(number("SELECT avg(treated::INT) FROM shop.campaign_targets")).toBeCloseTo(0.5, 1.7);
  const fraud = number("SELECT avg(is_fraud::INT) FROM truth.payments");
  expect(fraud).toBeGreaterThan(0.01);
  expect(fraud).toBeLessThan(0.02);
});

test("rings share cards that no honest customer has", () => {
  const shared = `SELECT card_id, count(DISTINCT customer_id) AS customers, bool_or(is_fraud) AS fraud
    FROM shop.payments JOIN truth.payments USING (payment_id) WHERE card_id IS NOT NULL GROUP BY card_id HAVING customers > 2`;
  expect(number(`SELECT count(*) FROM (${shared})`)).toBeGreaterThan(50);
  expect(number(`SELECT count(*) FROM (${shared}) WHERE NOT fraud`)).toBe(0);
});

test("a card of one seed says nothing of another seed's rings", async () => {
  await tables.addDataset("shop", { size: "S", seed: 2, as: "other" });
  expect(
    number(
      "SELECT count(*) FROM shop.payments JOIN other.payments USING (card_id) WHERE card_id IS NOT NULL",
    ),
  ).toBe(0);
});

test("who sends something back does so on a device that is the customer's own", () => {
  const returning = "shop.sessions s JOIN shop.events e USING (session_id) WHERE e.event = 'return'";
  expect(number(`SELECT count(DISTINCT s.device) FROM ${returning}`)).toBeGreaterThan(1);
  expect(
    number(`SELECT count(*) FROM (SELECT s.customer_id, s.device AS used FROM ${returning})
      JOIN shop.customers c USING (customer_id) WHERE c.device <> used`),
  ).toBe(0);
});

test("ratings follow the planted quality, and sentiments the ratings", () => {
  expect(
    number(`SELECT corr(stars, quality) FROM (SELECT product_id, avg(rating) AS stars, count(*) AS n FROM shop.reviews GROUP BY ALL HAVING n >= 10)
      JOIN truth.products USING (product_id)`),
  ).toBeGreaterThan(0.85);
  expect(
    number(`SELECT count(*) FROM shop.reviews JOIN truth.reviews USING (review_id)
      WHERE sentiment <> CASE WHEN rating <= 2 THEN -1 WHEN rating = 3 THEN 0 ELSE 1 END`),
  ).toBe(0);
});

test("popularity falls by Zipf's law", () => {
  const [slope] = tables.database.rows(`
    SELECT regr_slope(ln(n), ln(place)) AS slope FROM (
      SELECT category, row_number() OVER (PARTITION BY category ORDER BY popularity DESC) AS place, count(*) AS n
      FROM shop.products JOIN shop.events USING (product_id) WHERE event = 'view' GROUP BY category, product_id, popularity)`);
  expect(slope!.slope).toBeCloseTo(-0.9, 1);
});

test("who was quiet long is who will not come back, but not for certain", () => {
  const [auc] = tables.database.rows(`
    WITH history AS (
      SELECT customer_id, max(ordered_at) AS last FROM shop.orders WHERE ordered_at < '2024-10-01'
      GROUP BY ALL HAVING last >= '2024-04-01'),
    ranked AS (
      SELECT rank() OVER (ORDER BY last DESC) AS place,
        NOT EXISTS (FROM shop.orders o WHERE o.customer_id = h.customer_id AND ordered_at >= '2024-10-01') AS churned
      FROM history h)
    SELECT (sum(place) FILTER (churned) - n * (n + 1) / 2) / (n * (total - n)) AS auc
    FROM ranked, (SELECT count(*) FILTER (churned) AS n, count(*) AS total FROM ranked) GROUP BY n, total`);
  expect(auc!.auc).toBeGreaterThan(0.6);
  expect(auc!.auc).toBeLessThan(0.9);
});

test("a dataset comes under the schema that is asked for, its truth beside it, and again in place of itself", async () => {
  const names = await tables.addDataset("shop", { as: "mine", seed: 1 });
  expect(names).toContain("mine.orders");
  expect(number("SELECT count(*) FROM mine_truth.customers")).toBe(2000);
  const orders = number("SELECT count(*) FROM mine.orders");
  await tables.addDataset("shop", { as: "mine", seed: 2 });
  expect(number("SELECT count(*) FROM mine.customers")).toBe(2000);
  expect(number("SELECT count(*) FROM mine.orders")).not.toBe(orders);
});

test("an effect that is switched off leaves the rest as it was drawn", async () => {
  await tables.addDataset("shop", { as: "plain", seed: 1, fraudShare: 0, campaignEffect: 0 });
  await tables.addDataset("shop", { as: "planted", seed: 1, campaignEffect: 0 });
  expect(number("SELECT count(*) FROM (FROM plain.orders EXCEPT FROM planted.orders)")).toBe(0);
  expect(number("SELECT sum(is_fraud::INT) FROM plain_truth.payments")).toBe(0);
});

test("an unknown dataset, parameter and schema are errors that name them", async () => {
  expect(() => datasetById("shops")).toThrow(
    'no dataset "shops"; known are "shop", "subscriptions", "clickstream"',
  );
  await expect(tables.addDataset("shop", { elasticity: 2 })).rejects.toThrow(
    /"shop" has no parameter "elasticity"/,
  );
  await expect(tables.addDataset("shop", { fraudShare: 2 })).rejects.toThrow(
    /"fraudShare" to be from 0 to 0.1, got 2/,
  );
  await expect(tables.addDataset("shop", { as: "a b" })).rejects.toThrow(/expected "as"/);
  await expect(tables.addDataset("shop", { as: "select" })).rejects.toThrow(/expected "as"/);
});
