import { NumberColumn } from "../../src/data/column.ts";
import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, momentColumn, wordColumn } from "../columns.ts";
import type { Dataset, SimulatedTable } from "../dataset.ts";
import { makeContacts, makeInvoices } from "./billing.ts";
import card from "./CARD.md?raw";
import cardZh from "./CARD.zh.md?raw";
import description from "./dataset.json" with { type: "json" };
import { makeSubscribers, type Subscribers } from "./subscribers.ts";
import { truthTables } from "./truth.ts";
import { countries, covariates, msPerDay, observationDay, prices, subscribersOf, topics } from "./world.ts";

/** A subscription service over three years: Weibull proportional hazards with known ratios, plan changes and censoring. */
export const subscriptions: Dataset = {
  card: { ...(description as DatasetDescription), card: { en: card, zh: cardZh } },
  async simulate({ size, seed, parameters }, rest) {
    const own = {
      shape: parameters.shape as number,
      scale: parameters.scale as number,
      effects: parameters.effects as number,
      planChanges: parameters.planChanges as boolean,
    };
    const subscribers = await makeSubscribers(subscribersOf[size], seed, own, rest);
    const invoices = await makeInvoices(subscribers, seed, rest);
    const contacts = await makeContacts(subscribers, seed, rest);
    return {
      tables: {
        subscribers: subscriberTable(subscribers),
        plan_changes: changeTable(subscribers),
        invoices: {
          sqlTypes: { invoice_id: "BIGINT", subscriber_id: "BIGINT", invoiced_at: "TIMESTAMP" },
          table: new Table([
            ["invoice_id", countColumn(invoices.at.length)],
            ["subscriber_id", idColumn(invoices.subscriber)],
            ["invoiced_at", dayColumn(invoices.at)],
            ["plan", wordColumn(invoices.plan, planNames)],
            ["amount", new NumberColumn(Float64Array.from(invoices.plan, (plan) => prices[plan]!))],
            ["paid_late", flagColumn(Uint8Array.from(invoices.late))],
          ]),
        },
        contacts: {
          sqlTypes: { contact_id: "BIGINT", subscriber_id: "BIGINT", contacted_at: "TIMESTAMP" },
          table: new Table([
            ["contact_id", countColumn(contacts.at.length)],
            ["subscriber_id", idColumn(contacts.subscriber)],
            ["contacted_at", dayColumn(contacts.at)],
            ["topic", wordColumn(contacts.topic, topics)],
          ]),
        },
      },
      truth: truthTables(subscribers, own),
    };
  },
};

const planNames = covariates.plan.map(({ name }) => name);

function subscriberTable({ count, start, levels, country, end }: Subscribers): SimulatedTable {
  const names = (covariate: "channel" | "age_band") => covariates[covariate].map(({ name }) => name);
  return {
    sqlTypes: { subscriber_id: "BIGINT", started_at: "TIMESTAMP", cancelled_at: "TIMESTAMP" },
    table: new Table([
      ["subscriber_id", countColumn(count)],
      ["started_at", dayColumn(start)],
      ["plan", wordColumn(levels.plan, planNames)],
      ["channel", wordColumn(levels.channel, names("channel"))],
      ["age_band", wordColumn(levels.age_band, names("age_band"))],
      [
        "country",
        wordColumn(
          country,
          countries.map(({ name }) => name),
        ),
      ],
      ["onboarding_call", flagColumn(levels.onboarding_call)],
      ["monthly_price", new NumberColumn(Float64Array.from(levels.plan, (plan) => prices[plan]!))],
      ["cancelled_at", dayColumn(end.map((day) => (day < observationDay ? day : NaN)))],
    ]),
  };
}

function changeTable({ changes }: Subscribers): SimulatedTable {
  return {
    sqlTypes: { subscriber_id: "BIGINT", changed_at: "TIMESTAMP" },
    table: new Table([
      ["subscriber_id", idColumn(changes.subscriber)],
      ["changed_at", dayColumn(changes.at)],
      ["from_plan", wordColumn(changes.from, planNames)],
      ["to_plan", wordColumn(changes.to, planNames)],
    ]),
  };
}

/** Numbers of subscribers, from 1, of their places. */
function idColumn(places: readonly number[]): NumberColumn {
  return new NumberColumn(Float64Array.from(places, (place) => place + 1));
}

/** Days since 1970 as moments, to the second. */
function dayColumn(days: ArrayLike<number>): ReturnType<typeof momentColumn> {
  return momentColumn(Float64Array.from(days, (day) => Math.floor((day * msPerDay) / 1000) * 1000));
}
