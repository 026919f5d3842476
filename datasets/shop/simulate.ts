import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import type { Dataset, SimulatedTable } from "../dataset.ts";
import { Calendar } from "./calendar.ts";
import { makeTargets } from "./campaigns.ts";
import card from "./CARD.md?raw";
import cardZh from "./CARD.zh.md?raw";
import { makeCustomers } from "./customers.ts";
import description from "./dataset.json" with { type: "json" };
import { makeReviews, makeTickets } from "./messages.ts";
import { shopParameters } from "./parameters.ts";
import { makePayments } from "./payments.ts";
import { makePriceTests } from "./price-tests.ts";
import { makeProducts } from "./products.ts";
import { makePurchases } from "./purchases.ts";
import { makeReturns } from "./returns.ts";
import { makeSessions } from "./sessions.ts";
import {
  campaignTable,
  customerTable,
  eventTable,
  itemTable,
  orderTable,
  paymentTable,
  priceTestTable,
  productTable,
  reviewTable,
  sessionTable,
  targetTable,
  ticketTable,
} from "./tables.ts";
import {
  customerTruth,
  parameterTruth,
  paymentTruth,
  productTruth,
  reviewTruth,
  targetTruth,
} from "./truth.ts";
import { makeVisits, ordersOf } from "./visits.ts";
import { customersOf, productsOf } from "./world.ts";

/** An online shop over two years: customers buy at a rate of their own and leave unseen, and every effect on them is planted. */
export const shop: Dataset = {
  card: { ...(description as DatasetDescription), card: { en: card, zh: cardZh } },
  async simulate(options, rest) {
    const { size, seed } = options;
    const parameters = shopParameters(options);
    const calendar = new Calendar(parameters.seasons);
    const customers = makeCustomers(customersOf[size], seed, parameters);
    await rest();
    const products = makeProducts(productsOf[size], seed, parameters);
    const tests = makePriceTests(products, seed);
    const purchases = await makePurchases(customers, calendar, seed, rest);
    const targets = makeTargets(customers, purchases.left, seed, parameters);
    const visits = await makeVisits(purchases, targets, rest);
    await rest();
    const orders = ordersOf(visits);
    await rest();
    const sessions = await makeSessions(visits, orders, customers, products, tests, seed, parameters, rest);
    const returns = makeReturns(orders, seed);
    await rest();
    const reviews = makeReviews(orders, sessions.mainProduct, products.quality, seed, parameters);
    await rest();
    const tickets = makeTickets(orders, returns.returned, seed);
    await rest();
    const payments = await makePayments(customers, orders, parameters.fraudShare, seed, rest);
    return {
      tables: await inTurn(
        {
          customers: () => customerTable(customers),
          products: () => productTable(products),
          sessions: () => sessionTable(visits, sessions, returns, orders, customers),
          events: () => eventTable(visits, sessions, returns, orders, rest),
          orders: () => orderTable(sessions, returns, orders),
          order_items: () => itemTable(sessions.items),
          campaigns: () => campaignTable(),
          campaign_targets: () => targetTable(targets),
          price_tests: () => priceTestTable(tests, products),
          reviews: () => reviewTable(reviews, sessions.mainProduct, orders),
          tickets: () => ticketTable(tickets, orders),
          payments: () => paymentTable(payments, sessions, orders),
        },
        rest,
      ),
      truth: await inTurn(
        {
          customers: () => customerTruth(customers, purchases, calendar, parameters),
          products: () => productTruth(products, parameters),
          campaign_targets: () => targetTruth(targets),
          payments: () => paymentTruth(payments),
          reviews: () => reviewTruth(reviews.sentiment),
          parameters: () => parameterTruth(parameters, targets),
        },
        rest,
      ),
    };
  },
};

/** Makes tables one after the other. */
async function inTurn(
  makers: { readonly [name: string]: () => SimulatedTable | Promise<SimulatedTable> },
  rest: () => Promise<void>,
): Promise<{ readonly [name: string]: SimulatedTable }> {
  const made: Record<string, SimulatedTable> = {};
  for (const [name, make] of Object.entries(makers)) {
    made[name] = await make();
    await rest();
  }
  return made;
}
