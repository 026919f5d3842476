import { columnFrom, LazyColumn, NumberColumn, type Column } from "../../src/data/column.ts";
import { Table } from "../../src/data/table.ts";
import { seededRandom, type Random } from "../../src/core/random.ts";
import { beta, choice, exponential, gamma, geometric } from "../../src/core/sampling.ts";
import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import card from "./CARD.md?raw";
import cardZh from "./CARD.zh.md?raw";
import description from "./dataset.json" with { type: "json" };
import type { Dataset, SimulatedTable, SimulationOptions } from "../dataset.ts";
import {
  channels,
  customersOf,
  firstDay,
  lastDay,
  purchaseFactor,
  shares,
  type ChannelName,
} from "./world.ts";

const msPerDay = 86_400_000;
const orderShape = 6;
const spendShape = 4;

/** An online shop over two years: customers who come by channels, buy at a rate of their own and leave unseen. */
export const shop: Dataset = {
  card: { ...(description as unknown as DatasetDescription), card: { en: card, zh: cardZh } },
  async simulate(options) {
    return { tables: shopTables(options), truth: {} };
  },
};

interface Customer {
  readonly signup: number;
  readonly channel: ChannelName;
  readonly country: keyof typeof shares.country;
  readonly ageBand: keyof typeof shares.ageBand;
  readonly device: keyof typeof shares.device;
  readonly newsletter: boolean;
}

interface Order {
  readonly customer: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly items: number;
  readonly discount: number;
  readonly amount: number;
  readonly returned: boolean;
}

function shopTables({ size, seed }: SimulationOptions): {
  readonly customers: SimulatedTable;
  readonly orders: SimulatedTable;
} {
  const random = seededRandom(seed);
  const customers = Array.from({ length: customersOf[size] }, () => newCustomer(random)).sort(
    (a, b) => a.signup - b.signup,
  );
  const orders = customers
    .flatMap((customer, i) => ordersOf(customer, i + 1, random))
    .sort((a, b) => a.at - b.at);
  return {
    customers: { table: customerTable(customers), sqlTypes: { customer_id: "BIGINT", signup_date: "DATE" } },
    orders: {
      table: orderTable(orders),
      sqlTypes: { order_id: "BIGINT", customer_id: "BIGINT", ordered_at: "TIMESTAMP", items: "BIGINT" },
    },
  };
}

function newCustomer(random: Random): Customer {
  const channel = choice(
    weights(channels, ({ weight }) => weight),
    random,
  );
  // More customers come as time goes by: the density of the day grows threefold.
  const u = random.next();
  const share = (Math.sqrt(1 + 8 * u) - 1) / 2;
  return {
    signup: firstDay + share * (lastDay + 1 - firstDay),
    channel,
    country: choice(weights(shares.country, Number), random),
    ageBand: choice(weights(shares.ageBand, Number), random),
    device: choice(weights(shares.device, Number), random),
    newsletter: random.next() < (channel === "email" ? 0.9 : 0.4),
  };
}

/** The orders of one customer: the first at signup, then BG/NBD until the customer leaves or the world ends. */
function ordersOf(customer: Customer, id: number, random: Random): Order[] {
  const { purchaseShape, purchaseRate, leaveA, leaveB, spend } = channels[customer.channel];
  const factor =
    purchaseFactor.device[customer.device] *
    purchaseFactor.ageBand[customer.ageBand] *
    (customer.newsletter ? purchaseFactor.newsletter : 1);
  const lambda = gamma(purchaseShape, purchaseRate, random) * factor;
  const leaves = beta(leaveA, leaveB, random);
  // Gamma-Gamma: order values Gamma(orderShape, ν), ν Gamma(spendShape, γ), so that the mean over customers is `spend`.
  const nu = gamma(spendShape, (spend * (spendShape - 1)) / orderShape, random);
  const orders: Order[] = [];
  for (let at = customer.signup; at < lastDay + 1; at += exponential(lambda, random)) {
    orders.push(newOrder(id, at, gamma(orderShape, nu, random), random));
    if (random.next() < leaves) break;
  }
  return orders;
}

function newOrder(customer: number, day: number, value: number, random: Random): Order {
  const discount = random.next() < 0.25 ? 0.05 * (1 + random.integer(4)) : 0;
  return {
    customer,
    at: Math.floor((day * msPerDay) / 1000) * 1000,
    items: geometric(0.45, random),
    discount: Math.round(discount * 100) / 100,
    amount: Math.max(1, Math.round(value * (1 - discount) * 100) / 100),
    returned: random.next() < 0.06,
  };
}

function customerTable(customers: readonly Customer[]): Table {
  return new Table([
    ["customer_id", new NumberColumn(Float64Array.from(customers, (_, i) => i + 1))],
    ["signup_date", dates(customers.map(({ signup }) => Math.floor(signup) * msPerDay))],
    ["channel", columnFrom(customers.map(({ channel }) => channel))],
    ["country", columnFrom(customers.map(({ country }) => country))],
    ["age_band", columnFrom(customers.map(({ ageBand }) => ageBand))],
    ["device", columnFrom(customers.map(({ device }) => device))],
    ["newsletter", columnFrom(customers.map(({ newsletter }) => newsletter))],
  ]);
}

function orderTable(orders: readonly Order[]): Table {
  return new Table([
    ["order_id", new NumberColumn(Float64Array.from(orders, (_, i) => i + 1))],
    ["customer_id", new NumberColumn(Float64Array.from(orders, ({ customer }) => customer))],
    ["ordered_at", dates(orders.map(({ at }) => at))],
    ["amount", new NumberColumn(Float64Array.from(orders, ({ amount }) => amount))],
    ["items", new NumberColumn(Int32Array.from(orders, ({ items }) => items))],
    ["discount", new NumberColumn(Float64Array.from(orders, ({ discount }) => discount))],
    ["returned", columnFrom(orders.map(({ returned }) => returned))],
  ]);
}

function dates(milliseconds: readonly number[]): Column {
  return new LazyColumn<Date>("date", milliseconds.length, 0, (i) => new Date(milliseconds[i]!));
}

function weights<Name extends string, T>(
  options: Readonly<Record<Name, T>>,
  weight: (option: T) => number,
): { readonly value: Name; readonly weight: number }[] {
  return (Object.keys(options) as Name[]).map((value) => ({ value, weight: weight(options[value]) }));
}
