import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import card from "../../../datasets/shop/dataset.json" with { type: "json" };
import { datasetById } from "../../../datasets/registry.ts";
import { shop } from "../../../datasets/shop/simulate.ts";
import { channels, type ChannelName } from "../../../datasets/shop/world.ts";
import { tableToArrow } from "../../../src/data/arrow.ts";
import { Database } from "../../../src/engine/database.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import { duckdbModule } from "../engine/module.ts";

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
  await tables.addDataset("shop", { size: "M", seed: 1 });
});

async function checksum(size: "S", seed: number): Promise<string> {
  const hash = createHash("sha256");
  const { tables } = await shop.simulate({ size, seed, parameters: {} }, async () => undefined);
  for (const { table } of Object.values(tables)) hash.update(tableToArrow(table));
  return hash.digest("hex").slice(0, 16);
}

test("one seed gives the same bytes on every machine, another seed others", async () => {
  expect(await checksum("S", 1)).toBe("61d9ad4a84f4ff49");
  expect(await checksum("S", 2)).not.toBe(await checksum("S", 1));
});

test("the tables are as their card says", () => {
  const described = Object.entries(card.tables).map(([name, { fields }]) => [
    `shop.${name}`,
    Object.entries(fields).map(([field, { type }]) => [field, type]),
  ]);
  const made = tables
    .list()
    .map(({ name, columns }) => [name, columns.map((column) => [column.name, column.sqlType])]);
  expect(made).toEqual(described);
  expect(tables.list().map(({ source }) => source)).toEqual([
    { kind: "dataset", id: "shop", truth: false },
    { kind: "dataset", id: "shop", truth: false },
  ]);
});

test("every order is of a customer, on or after the signup, within the two years", () => {
  const [odd] = tables.database.rows(`
    SELECT count(*) AS n FROM shop.orders LEFT JOIN shop.customers USING (customer_id)
    WHERE signup_date IS NULL OR ordered_at < signup_date OR ordered_at < '2023-01-01' OR ordered_at >= '2025-01-01'
      OR amount < 1 OR items < 1 OR discount NOT BETWEEN 0 AND 0.2`);
  expect(odd!.n).toBe(0);
  const [first] = tables.database.rows(`
    SELECT count(*) AS n FROM (SELECT customer_id, min(ordered_at)::DATE AS day FROM shop.orders GROUP BY ALL)
    JOIN shop.customers USING (customer_id) WHERE day = signup_date`);
  expect(first!.n).toBe(20_000);
});

test("the share of customers who order once and leave is that of their channel", () => {
  const rows = tables.database.rows(`
    SELECT channel, avg((orders = 1)::INT) AS once, count(*) AS n FROM (
      SELECT channel, customer_id, count(*) AS orders FROM shop.customers JOIN shop.orders USING (customer_id)
      WHERE signup_date < '2023-07-01' GROUP BY ALL) GROUP BY ALL`);
  for (const { channel, once, n } of rows) {
    const { leaveA, leaveB } = channels[channel as ChannelName];
    const left = leaveA / (leaveA + leaveB);
    // A few more ordered once because they buy too seldom: at most a tenth in a year and a half.
    const error = 4 * Math.sqrt((left * (1 - left)) / (n as number));
    expect(once as number, channel as string).toBeGreaterThan(left - error);
    expect(once as number, channel as string).toBeLessThan(left + 0.1 + error);
  }
});

test("the mean order value of a channel is the one that was planted", () => {
  const rows = tables.database.rows(`
    SELECT channel, avg(value) AS mean, stddev(value) / sqrt(count(*)) AS error FROM (
      SELECT channel, customer_id, avg(amount / (1 - discount)) AS value
      FROM shop.customers JOIN shop.orders USING (customer_id) GROUP BY ALL) GROUP BY ALL`);
  for (const { channel, mean, error } of rows)
    expect(Math.abs((mean as number) - channels[channel as ChannelName].spend)).toBeLessThan(
      4 * (error as number),
    );
});

test("customers of referral outlast those of paid social", () => {
  const rows = tables.database.rows(`
    SELECT channel, avg((last >= '2024-10-01')::INT) AS active FROM (
      SELECT channel, customer_id, max(ordered_at) AS last FROM shop.customers JOIN shop.orders USING (customer_id)
      WHERE signup_date < '2024-01-01' GROUP BY ALL) GROUP BY ALL`);
  const active = Object.fromEntries(
    rows.map(({ channel, active: share }) => [channel as string, share as number] as const),
  );
  expect(active.referral! - active.paid_social!).toBeGreaterThan(0.2);
});

test("how long since the last order tells who will not come back, but not for certain", () => {
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
  expect(auc!.auc).toBeGreaterThan(0.65);
  expect(auc!.auc).toBeLessThan(0.85);
});

test("a dataset comes under the schema that is asked for, and again in place of itself", async () => {
  expect(await tables.addDataset("shop", { as: "mine", seed: 1 })).toEqual(["mine.customers", "mine.orders"]);
  const count = (): unknown => tables.database.rows("SELECT count(*) AS n FROM mine.customers")[0]!.n;
  expect(count()).toBe(2000);
  await tables.addDataset("shop", { as: "mine", seed: 2 });
  expect(count()).toBe(2000);
  tables.drop("mine.customers");
  tables.drop("mine.orders");
});

test("an unknown dataset and a schema that SQL would not take are errors", async () => {
  expect(() => datasetById("shops")).toThrow('no dataset "shops"; known are "shop"');
  await expect(tables.addDataset("shop", { as: "a b" })).rejects.toThrow(/expected "as"/);
  await expect(tables.addDataset("shop", { as: "select" })).rejects.toThrow(/expected "as"/);
});
