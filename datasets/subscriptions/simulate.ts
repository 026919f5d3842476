import { NumberColumn } from "../../src/data/column.ts";
import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import { MomentColumn, WordColumn } from "../../src/data/packed-column.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, idColumn } from "../columns.ts";
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
          sqlTypes: {},
          table: new Table([
            ["invoice_id", countColumn(invoices.at.length)],
            ["subscriber_id", idColumn(invoices.subscriber)],
            ["invoiced_at", dayColumn(invoices.at)],
            ["plan", new WordColumn(Uint8Array.from(invoices.plan), planNames)],
            ["amount", new NumberColumn(Float64Array.from(invoices.plan, (plan) => prices[plan]!))],
            ["paid_late", flagColumn(Uint8Array.from(invoices.late))],
          ]),
        },
        contacts: {
          sqlTypes: {},
          table: new Table([
            ["contact_id", countColumn(contacts.at.length)],
            ["subscriber_id", idColumn(contacts.subscriber)],
            ["contacted_at", dayColumn(contacts.at)],
            ["topic", new WordColumn(Uint8Array.from(contacts.topic), topics)],
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
    sqlTypes: {},
    table: new Table([
      ["subscriber_id", countColumn(count)],
      ["started_at", dayColumn(start)],
      ["plan", new WordColumn(levels.plan, planNames)],
      ["channel", new WordColumn(levels.channel, names("channel"))],
      ["age_band", new WordColumn(levels.age_band, names("age_band"))],
      [
        "country",
        new WordColumn(
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
    sqlTypes: {},
    table: new Table([
      ["subscriber_id", idColumn(changes.subscriber)],
      ["changed_at", dayColumn(changes.at)],
      ["from_plan", new WordColumn(Uint8Array.from(changes.from), planNames)],
      ["to_plan", new WordColumn(Uint8Array.from(changes.to), planNames)],
    ]),
  };
}

/** Days since 1970 as moments, to the second. */
function dayColumn(days: ArrayLike<number>): MomentColumn {
  return new MomentColumn(Float64Array.from(days, (day) => Math.floor((day * msPerDay) / 1000) * 1000));
}
