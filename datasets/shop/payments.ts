import { permutation } from "../../src/core/random.ts";
import { stream } from "../streams.ts";
import { cumulative, draw } from "../weighted.ts";
import type { Customers } from "./customers.ts";
import { none } from "./sessions.ts";

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
export function makePayments(
  { count }: Customers,
  orderCustomer: Int32Array,
  fraudShare: number,
  seed: number,
): Payments {
  const paying = stream(seed, "payments");
  const ringOf = makeRings(count, orderCustomer, fraudShare, seed);
  const householdOf = makeHouseholds(count, seed);
  const sums = cumulative(methods.map(({ weight }) => weight));
  const orders = orderCustomer.length;
  const payments: Payments = {
    method: new Uint8Array(orders),
    card: new Int32Array(orders),
    device: new Int32Array(orders),
    ring: new Int32Array(orders).fill(none),
  };
  for (let k = 0; k < orders; k++) {
    const customer = orderCustomer[k]!;
    const ring = ringOf[customer]!;
    const method = draw(sums, paying);
    const [cardToss, deviceToss] = [paying.next(), paying.next()];
    const [whichCard, whichDevice] = [paying.integer(ringCards), paying.integer(ringDevices)];
    const inRing = ring !== none;
    const ownDevice = householdOf[customer]!;
    payments.method[k] = inRing ? card : method;
    payments.card[k] =
      payments.method[k] !== card
        ? none
        : fingerprint(inRing && cardToss < 0.8 ? `card ${ring} ${whichCard}` : `card of ${customer}`);
    payments.device[k] = fingerprint(
      inRing && deviceToss < 0.8 ? `device ${ring} ${whichDevice}` : `device of ${ownDevice}`,
    );
    payments.ring[k] = ring;
  }
  return payments;
}

/** The ring of each customer, or `none`: rings are made until their orders reach the share. */
function makeRings(count: number, orderCustomer: Int32Array, share: number, seed: number): Int32Array {
  const random = stream(seed, "rings");
  const ordersOf = new Int32Array(count);
  for (const customer of orderCustomer) ordersOf[customer]!++;
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
  return Int32Array.from({ length: count }, (_, i) => {
    const shares = random.next() < 0.04;
    const other = random.integer(count);
    return shares ? other : i;
  });
}

/** A number below 2³⁰ that looks like chance and stands for a text. */
function fingerprint(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 2) | 0;
}
