import { columnFrom, NumberColumn, type Column } from "../../src/data/column.ts";
import { MomentColumn, WordColumn } from "../../src/data/packed-column.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, idColumn, optionalIdColumn } from "../columns.ts";
import type { SimulatedTable } from "../dataset.ts";
import type { Targets } from "./campaigns.ts";
import type { Customers } from "./customers.ts";
import { reviewTexts, ticketTexts, type Reviews, type Tickets } from "./messages.ts";
import { methods, type Payments } from "./payments.ts";
import { ticketPhrases } from "./phrases.ts";
import type { PriceTests } from "./price-tests.ts";
import type { Products } from "./products.ts";
import { productTags, productTitles } from "./product-titles.ts";
import type { Returns } from "./returns.ts";
import { eventNames, type Items, type Sessions } from "./sessions.ts";
import type { Orders, Visits } from "./visits.ts";
import {
  ageBands,
  campaigns,
  campaignWindow,
  categories,
  channels,
  countries,
  devices,
  firstDay,
  msPerDay,
  priceTests,
  type Share,
} from "./world.ts";

/** Days from the first day as moments in milliseconds since 1970, to the second. */
export function moments(days: Float64Array): Float64Array {
  return days.map((day) => Math.floor((day + firstDay) * 86_400) * 1000);
}

/** Customers, by signup. */
export function customerTable(customers: Customers): SimulatedTable {
  const { count, signup, channel, country, ageBand, device, newsletter } = customers;
  return {
    sqlTypes: { signup_date: "DATE" },
    table: new Table([
      ["customer_id", countColumn(count)],
      ["signup_date", new MomentColumn(dates(signup.map(Math.floor)))],
      ["channel", words(channel, channels)],
      ["country", words(country, countries)],
      ["age_band", words(ageBand, ageBands)],
      ["device", words(device, devices)],
      ["newsletter", flagColumn(newsletter)],
    ]),
  };
}

/** The catalogue. */
export function productTable(products: Products): SimulatedTable {
  const { count, category, rank, cents, popularity } = products;
  return plain([
    ["product_id", countColumn(count)],
    ["category", words(category, categories)],
    ["title_en", columnFrom(productTitles(products, "en"))],
    ["title_zh", columnFrom(productTitles(products, "zh"))],
    ["tags", columnFrom(productTags(products))],
    ["price", euros(cents)],
    [
      "popularity",
      new NumberColumn(
        Float64Array.from(rank, (k, i) => {
          const sums = popularity[category[i]!]!;
          return sums[k]! - (k ? sums[k - 1]! : 0);
        }),
      ),
    ],
  ]);
}

/** Visits, and after them the days on which orders were sent back. */
export function sessionTable(
  visits: Visits,
  { start, device }: Sessions,
  returns: Returns,
  orders: Orders,
  customers: Customers,
): SimulatedTable {
  const total = visits.at.length + returns.order.length;
  const customer = new Int32Array(total);
  customer.set(visits.customer);
  const began = new Float64Array(total);
  const devicePlaces = new Uint8Array(total);
  devicePlaces.set(device);
  for (let k = 0; k < start.length; k++) began[k] = (firstDay * 86_400 + start[k]!) * 1000;
  const returnedAt = moments(returns.at);
  for (const [k, order] of returns.order.entries()) {
    const owner = orders.customer[order]!;
    customer[visits.at.length + k] = owner;
    devicePlaces[visits.at.length + k] = customers.device[owner]!;
    began[visits.at.length + k] = returnedAt[k]!;
  }
  return plain([
    ["session_id", countColumn(total)],
    ["customer_id", idColumn(customer)],
    ["started_at", new MomentColumn(began)],
    ["device", words(devicePlaces, devices)],
  ]);
}

/** Events, by session and time; those of returns at the end. */
export async function eventTable(
  visits: Visits,
  { events, mainProduct }: Sessions,
  returns: Returns,
  orders: Orders,
  rest: () => Promise<void>,
): Promise<SimulatedTable> {
  const walked = events.at.length;
  const total = walked + returns.order.length;
  const session = new Int32Array(total);
  const customer = new Int32Array(total);
  const at = new Float64Array(total);
  const event = new Uint8Array(total);
  const product = new Int32Array(total);
  session.set(events.session);
  product.set(events.product);
  event.set(events.event);
  await rest();
  for (let k = 0; k < walked; k++) {
    customer[k] = visits.customer[events.session[k]!]!;
    at[k] = (firstDay * 86_400 + events.at[k]!) * 1000;
  }
  await rest();
  const returnedAt = moments(returns.at);
  for (const [k, order] of returns.order.entries()) {
    session[walked + k] = visits.at.length + k;
    customer[walked + k] = orders.customer[order]!;
    at[walked + k] = returnedAt[k]!;
    event[walked + k] = eventNames.indexOf("return");
    product[walked + k] = mainProduct[order]!;
  }
  const ids = { session: idColumn(session), customer: idColumn(customer) };
  await rest();
  return plain([
    ["event_id", countColumn(total)],
    ["session_id", ids.session],
    ["customer_id", ids.customer],
    ["event_at", new MomentColumn(at)],
    ["event", new WordColumn(event, eventNames)],
    ["product_id", optionalIdColumn(product)],
  ]);
}

/** Orders, by time. */
export function orderTable(
  { items, orderCents }: Sessions,
  { returned }: Returns,
  orders: Orders,
): SimulatedTable {
  const units = new Int32Array(orders.at.length);
  for (let k = 0; k < items.order.length; k++) units[items.order[k]!]! += items.quantity[k]!;
  return plain([
    ["order_id", countColumn(orders.at.length)],
    ["customer_id", idColumn(orders.customer)],
    ["session_id", idColumn(orders.visit)],
    ["ordered_at", new MomentColumn(moments(orders.at))],
    ["amount", euros(orderCents)],
    ["items", new NumberColumn(units)],
    ["returned", flagColumn(returned)],
  ]);
}

/** What was in each order. */
export function itemTable({ order, product, quantity, cents, main }: Items): SimulatedTable {
  return plain([
    ["order_id", idColumn(order)],
    ["product_id", idColumn(product)],
    ["quantity", new NumberColumn(quantity)],
    ["unit_price", euros(cents)],
    ["kind", new WordColumn(Uint8Array.from(main), ["extra", "main"])],
  ]);
}

/** The campaigns. */
export function campaignTable(): SimulatedTable {
  return {
    sqlTypes: { sent_on: "DATE" },
    table: new Table([
      ["campaign_id", countColumn(campaigns.length)],
      ["name", columnFrom(campaigns.map(({ name }) => name))],
      ["sent_on", new MomentColumn(Float64Array.from(campaigns, ({ day }) => day * msPerDay))],
      ["window_days", new NumberColumn(new Int32Array(campaigns.length).fill(campaignWindow))],
    ]),
  };
}

/** Who was chosen for a campaign, and who of them got it. */
export function targetTable({ campaign, customer, treated }: Targets): SimulatedTable {
  return plain([
    ["campaign_id", idColumn(campaign)],
    ["customer_id", idColumn(customer)],
    ["treated", flagColumn(Uint8Array.from(treated))],
  ]);
}

/** Which products were tested when, and at which price. */
export function priceTestTable(tests: PriceTests, { cents }: Products): SimulatedTable {
  const { product, period, multiple } = tests;
  const begins = Float64Array.from(period, (k) => priceTests.firstDay + k * priceTests.days);
  const priced = product.map((place, k) => Math.round(cents[place]! * priceTests.multiples[multiple[k]!]!));
  return {
    sqlTypes: { starts_on: "DATE", ends_on: "DATE" },
    table: new Table([
      ["test_id", countColumn(product.length)],
      ["product_id", idColumn(product)],
      ["starts_on", new MomentColumn(dates(begins))],
      ["ends_on", new MomentColumn(dates(begins.map((day) => day + priceTests.days)))],
      ["list_price", euros(product.map((place) => cents[place]!))],
      ["test_price", euros(priced)],
    ]),
  };
}

/** Reviews, by order. */
export function reviewTable(
  { order, at, rating, text }: Reviews,
  mainProduct: Int32Array,
  orders: Orders,
): SimulatedTable {
  return plain([
    ["review_id", countColumn(order.length)],
    ["order_id", idColumn(order)],
    ["customer_id", idColumn(order.map((place) => orders.customer[place]!))],
    ["product_id", idColumn(order.map((place) => mainProduct[place]!))],
    ["reviewed_at", new MomentColumn(moments(at))],
    ["rating", new NumberColumn(rating)],
    ["text_en", new WordColumn(text, reviewTexts("en"))],
    ["text_zh", new WordColumn(text, reviewTexts("zh"))],
  ]);
}

/** Messages to support, by order. */
export function ticketTable({ order, at, intent, text }: Tickets, orders: Orders): SimulatedTable {
  return plain([
    ["ticket_id", countColumn(order.length)],
    ["order_id", idColumn(order)],
    ["customer_id", idColumn(order.map((place) => orders.customer[place]!))],
    ["opened_at", new MomentColumn(moments(at))],
    [
      "intent",
      new WordColumn(
        intent,
        ticketPhrases.map((phrase) => phrase.intent),
      ),
    ],
    ["text_en", new WordColumn(text, ticketTexts("en"))],
    ["text_zh", new WordColumn(text, ticketTexts("zh"))],
  ]);
}

/** Payments, one an order. */
export function paymentTable(
  { method, card, device }: Payments,
  { orderCents }: Sessions,
  orders: Orders,
): SimulatedTable {
  return plain([
    ["payment_id", countColumn(orders.at.length)],
    ["order_id", countColumn(orders.at.length)],
    ["customer_id", idColumn(orders.customer)],
    ["paid_at", new MomentColumn(moments(orders.at))],
    ["amount", euros(orderCents)],
    ["method", words(method, methods)],
    ["card_id", optionalIdColumn(card)],
    ["device_id", optionalIdColumn(device)],
  ]);
}

function plain(columns: readonly (readonly [string, Column])[]): SimulatedTable {
  return { sqlTypes: {}, table: new Table(columns) };
}

function words(places: Uint8Array, shares: readonly Pick<Share, "name">[]): WordColumn {
  return new WordColumn(
    places,
    shares.map(({ name }) => name),
  );
}

function euros(cents: Int32Array): NumberColumn {
  const values = new Float64Array(cents.length);
  for (let k = 0; k < cents.length; k++) values[k] = cents[k]! / 100;
  return new NumberColumn(values);
}

/** Whole days from the first day as milliseconds since 1970. */
function dates(days: Float64Array): Float64Array {
  return days.map((day) => (day + firstDay) * msPerDay);
}
