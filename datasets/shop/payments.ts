import { permutation } from "../../src/core/random.ts";
import { hash, stream, Streams } from "../streams.ts";
import { cumulative, draw } from "../weighted.ts";
import type { Customers } from "./customers.ts";
import { none } from "./sessions.ts";
import type { Orders } from "./visits.ts";

/** How people pay. */
export const methods = [
  { name: "card", weight: 70 },
  { name: "wallet", weight: 22 },
  { name: "transfer", weight: 8 },
] as const;
const card = 0;

/** Payments, one an order. */
export interface Payments {
  readonly method: Uint8Array;
  /** Fingerprint of the card, or `none`. */
  readonly card: Int32Array;
  /** Fingerprint of the device. */
  readonly device: Int32Array;
  /** Ring that a fraudulent payment belongs to, or `none`. */
  readonly ring: Int32Array;
}

/** Customers of a ring, and how many of its cards and devices they share. */
const ringSize = { least: 4, most: 12 } as const;
const ringCards = 3;
const ringDevices = 2;

/** Draws the payments: rings of customers who share cards and devices pay about `fraudShare` of them, honest households share devices too. */
export async function makePayments(
  { count }: Customers,
  orders: Orders,
  fraudShare: number,
  seed: number,
  rest: () => Promise<void>,
): Promise<Payments> {
  const streams = new Streams(seed, "payments");
  const ringOf = makeRings(count, orders.customer, fraudShare, seed);
  const householdOf = makeHouseholds(count, seed);
  const sums = cumulative(methods.map(({ weight }) => weight));
  const total = orders.at.length;
  const payments: Payments = {
    method: new Uint8Array(total),
    card: new Int32Array(total),
    device: new Int32Array(total),
    ring: new Int32Array(total).fill(none),
  };
  for (let k = 0; k < total; k++) {
    if (k % 20_000 === 19_999) await rest();
    const paying = streams.of(orders.number[k]!);
    const customer = orders.customer[k]!;
    const ring = ringOf[customer]!;
    const method = draw(sums, paying);
    const [cardToss, deviceToss] = [paying.next(), paying.next()];
    const [whichCard, whichDevice] = [paying.integer(ringCards), paying.integer(ringDevices)];
    const inRing = ring !== none;
    payments.method[k] = inRing ? card : method;
    if (payments.method[k] !== card) payments.card[k] = none;
    else
      payments.card[k] = fingerprint(
        seed,
        "card",
        customer,
        inRing && cardToss < 0.8 ? ring : none,
        whichCard,
      );
    const borrowed = inRing && deviceToss < 0.8 ? ring : none;
    payments.device[k] = fingerprint(seed, "device", householdOf[customer]!, borrowed, whichDevice);
    payments.ring[k] = ring;
  }
  return payments;
}

/** The ring of each customer, or `none`: rings are made until their orders reach the share. */
function makeRings(count: number, orderCustomer: Int32Array, share: number, seed: number): Int32Array {
  const random = stream(seed, "rings");
  const ordersOf = new Int32Array(count);
  for (let k = 0; k < orderCustomer.length; k++) ordersOf[orderCustomer[k]!]!++;
  const ringOf = new Int32Array(count).fill(none);
  const line = permutation(count, random);
  let paid = 0;
  let next = 0;
  for (let ring = 0; paid < share * orderCustomer.length && next < count; ring++) {
    const size = ringSize.least + random.integer(ringSize.most - ringSize.least + 1);
    for (let member = 0; member < size && next < count; member++) {
      const customer = line[next++]!;
      ringOf[customer] = ring;
      paid += ordersOf[customer]!;
    }
  }
  return ringOf;
}

/** For each customer, whose device they use: that of another honest one for a few, as families do. */
function makeHouseholds(count: number, seed: number): Int32Array {
  const random = stream(seed, "households");
  return new Int32Array(count).map((_, i) => {
    const shares = random.next() < 0.04;
    const other = random.integer(count);
    return shares ? other : i;
  });
}

/** A number below 2³⁰ that looks like chance, another for each seed: that of a ring's card or device, or else of the owner's own. */
function fingerprint(
  seed: number,
  thing: "card" | "device",
  owner: number,
  ring: number,
  which: number,
): number {
  const kind = (thing === "card" ? 0 : 2) + (ring === none ? 0 : 1);
  return hash(hash(seed, kind * 8 + (ring === none ? 0 : which)), ring === none ? owner : ring) >>> 2;
}
