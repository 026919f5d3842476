import type { Random } from "../../src/core/random.ts";
import { exponential, gamma } from "../../src/core/sampling.ts";
import { IntList } from "../lists.ts";
import { Streams } from "../streams.ts";
import { draw } from "../weighted.ts";
import type { Customers } from "./customers.ts";
import type { ShopParameters } from "./parameters.ts";
import { buyChances, periodOf, type PriceTests } from "./price-tests.ts";
import { categoryShares, type Products } from "./products.ts";
import type { Orders, Visits } from "./visits.ts";
import { devices, extras, priceTests, spend } from "./world.ts";

/** What can happen in a session. */
export const eventNames = ["view", "search", "cart", "checkout", "purchase", "return"] as const;
const [view, search, cart, checkout, purchase] = [0, 1, 2, 3, 4] as const;

/** No product, no order. */
export const none = -1;

/** Events by session and time; a time is in seconds since the first day. */
export interface Events {
  readonly session: Int32Array;
  readonly at: Int32Array;
  readonly event: Int32Array;
  /** Place of the product, or `none`. */
  readonly product: Int32Array;
}

/** What was bought; a place in `order` is that of an order, by time. */
export interface Items {
  readonly order: Int32Array;
  readonly product: Int32Array;
  readonly quantity: Int32Array;
  /** Price of one piece, in cents. */
  readonly cents: Int32Array;
  /** Whether it is the main item of the order, of which the customer chose a version, or an extra at the price of the day. */
  readonly main: Int32Array;
}

/** Sessions, one a visit, and what came of them. */
export interface Sessions {
  readonly start: Int32Array;
  readonly device: Uint8Array;
  readonly events: Events;
  readonly items: Items;
  /** By order: cents in all, and the product of the main item. */
  readonly orderCents: Int32Array;
  readonly mainProduct: Int32Array;
}

/** Walks every visit down the funnel: a Markov chain of views, searches and carts, which ends in a purchase where the visit is an order. */
export async function makeSessions(
  visits: Visits,
  orders: Orders,
  customers: Customers,
  products: Products,
  tests: PriceTests,
  seed: number,
  parameters: ShopParameters,
  rest: () => Promise<void>,
): Promise<Sessions> {
  const walk = new Walk(products, tests, parameters);
  const streams = new Streams(seed, "sessions");
  const shares: (Float64Array | undefined)[] = [];
  const start = new Int32Array(visits.at.length);
  const device = new Uint8Array(visits.at.length);
  const orderCents = new Int32Array(orders.at.length);
  const mainProduct = new Int32Array(orders.at.length);
  for (let v = 0; v < visits.at.length; v++) {
    if (v % 4000 === 3999) await rest();
    const i = visits.customer[v]!;
    const order = visits.order[v]!;
    const random = streams.of(visits.number[v]!);
    device[v] = random.next() < 0.85 ? customers.device[i]! : random.integer(devices.length);
    walk.begin(
      v,
      visits.at[v]!,
      (shares[i] ??= categoryShares(customers.taste, i, parameters.tasteEffect)),
      random,
    );
    if (order === none) {
      start[v] = walk.browse();
      continue;
    }
    const cents = Math.max(300, Math.round(gamma(spend.shape, customers.nu[i]!, random) * 100));
    const bought = walk.buy(order, cents);
    start[v] = bought.start;
    orderCents[order] = cents;
    mainProduct[order] = bought.main;
  }
  return { start, device, events: walk.events(), items: walk.items(), orderCents, mainProduct };
}

const secondsPerDay = 86_400;

/** One session after the other, written into lists. */
class Walk {
  readonly #chances: readonly Float64Array[];
  readonly #session = new IntList();
  readonly #at = new IntList();
  readonly #event = new IntList();
  readonly #product = new IntList();
  readonly #item = {
    order: new IntList(),
    product: new IntList(),
    quantity: new IntList(),
    cents: new IntList(),
    main: new IntList(),
  };

  #random!: Random;
  #visit = 0;
  #when = 0;
  #period = 0;
  #shares: Float64Array = new Float64Array(0);
  #first = 0;

  constructor(
    private readonly products: Products,
    private readonly tests: PriceTests,
    parameters: ShopParameters,
  ) {
    this.#chances = buyChances(parameters);
  }

  /** Begins the session of a visit at a time in days, by a customer of this taste; `random` is the visit's own. */
  begin(visit: number, when: number, shares: Float64Array, random: Random): void {
    this.#random = random;
    this.#visit = visit;
    this.#when = Math.floor(when * secondsPerDay);
    this.#period = periodOf(when, this.tests.periods);
    this.#shares = shares;
    this.#first = this.#at.length;
  }

  /** A visit without a purchase; gives when it began. */
  browse(): number {
    const steps = this.#random;
    let state: number = steps.next() < 0.25 ? search : view;
    for (;;) {
      this.#note(state, state === search ? none : this.#anyProduct());
      const u = steps.next();
      if (state === view) {
        if (u < 0.45) state = view;
        else if (u < 0.6) state = search;
        else if (u < 0.72) state = cart;
        else break;
      } else if (state === search) {
        if (u >= 0.75) break;
        state = view;
      } else if (u < 0.3) state = view;
      else {
        if (u < 0.5) this.#note(checkout, none);
        break;
      }
    }
    return this.#settle(0);
  }

  /** A visit that ends in a purchase of so many cents; gives when it began, and the main product. */
  buy(order: number, cents: number): { readonly start: number; readonly main: number } {
    const steps = this.#random;
    for (let state: number = steps.next() < 0.3 ? search : view; state !== cart;) {
      this.#note(state, state === search ? none : this.#anyProduct());
      const u = steps.next();
      if (state === search) state = u < 0.8 ? view : cart;
      else if (u < 0.35) state = view;
      else state = u < 0.45 ? search : cart;
    }
    // A product whose price is being tested sells as an extra alone, so that its sales answer to its price and nothing else.
    let main = this.#anyProduct();
    while (this.#testOf(main)) main = this.#anyProduct();
    this.#note(view, main);
    this.#note(cart, main);
    const spent = this.#addExtras(order, main, cents);
    this.#addMain(order, main, cents - spent);
    this.#note(checkout, none);
    this.#note(purchase, none);
    return { start: this.#settle(1), main };
  }

  events(): Events {
    return {
      session: this.#session.values,
      at: this.#at.values,
      event: this.#event.values,
      product: this.#product.values,
    };
  }

  items(): Items {
    const { order, product, quantity, cents, main } = this.#item;
    return {
      order: order.values,
      product: product.values,
      quantity: quantity.values,
      cents: cents.values,
      main: main.values,
    };
  }

  /** Shows extras and sells each with its chance; gives their cents. What is shown goes by list price, so that it is blind to tests. */
  #addExtras(order: number, main: number, cents: number): number {
    const largest = extras.largestShare * cents;
    let spent = 0;
    for (let k = 0; k < extras.most; k++) {
      const product = this.#anyProduct();
      const chance = this.#random.next();
      // Drawn for all, so that a sale moves nothing that comes after it.
      const wait = this.#pause();
      const list = this.products.cents[product]!;
      if (product === main || list > largest) continue;
      const test = this.#testOf(product);
      this.#note(view, product);
      if (chance >= this.#chances[this.products.category[product]!]![test]!) continue;
      const price = test ? Math.round(list * priceTests.multiples[test - 1]!) : list;
      this.#note(cart, product, wait);
      this.#addItem(order, product, 1, price, 0);
      spent += price;
    }
    return spent;
  }

  /** The main item costs the rest of what the customer spends; two of them where that can be halved. */
  #addMain(order: number, main: number, cents: number): void {
    const wanted = this.#random.next() < 0.3;
    const two = wanted && cents % 2 === 0;
    this.#addItem(order, main, two ? 2 : 1, two ? cents / 2 : cents, 1);
  }

  #addItem(order: number, product: number, quantity: number, cents: number, main: number): void {
    this.#item.order.push(order);
    this.#item.product.push(product);
    this.#item.quantity.push(quantity);
    this.#item.cents.push(cents);
    this.#item.main.push(main);
  }

  #anyProduct(): number {
    const category = draw(this.#shares, this.#random);
    return this.products.first[category]! + draw(this.products.popularity[category]!, this.#random);
  }

  /** The place of the multiple that a product is tested at now, plus 1; or 0. */
  #testOf(product: number): number {
    return this.#period < 0 ? 0 : this.tests.at[this.#period * this.products.count + product]!;
  }

  /** Notes an event; its time, until the session is settled, is the seconds since the one before. */
  #note(event: number, product: number, wait = this.#pause()): void {
    this.#session.push(this.#visit);
    this.#at.push(wait);
    this.#event.push(event);
    this.#product.push(product);
  }

  /** Seconds between two events. */
  #pause(): number {
    return Math.ceil(exponential(1 / 35, this.#random));
  }

  /** Gives the events of the session their times: from the visit on, or so that the last of them falls on it. Gives the first. */
  #settle(last: 0 | 1): number {
    const at = this.#at.values;
    const end = at.length;
    let length = 0;
    for (let k = this.#first + 1; k < end; k++) length += at[k]!;
    let time = last ? this.#when - length : this.#when;
    const start = time;
    at[this.#first] = time;
    for (let k = this.#first + 1; k < end; k++) at[k] = time += at[k]!;
    return start;
  }
}
