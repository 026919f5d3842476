import { beta, gamma, normal } from "../../src/core/sampling.ts";
import { stream } from "../streams.ts";
import { cumulative, draw } from "../weighted.ts";
import type { ShopParameters } from "./parameters.ts";
import {
  ageBands,
  channels,
  countries,
  daysObserved,
  devices,
  firstDay,
  newsletter,
  retentionDrop,
  segments,
  spend,
  tasteSpread,
  type Share,
} from "./world.ts";

/** How many tastes there are. */
export const tasteCount = segments[0].taste.length;

/** Customers by signup; each array has a place for each of them. */
export interface Customers {
  readonly count: number;
  /** In days from the first day; the first order is at signup. */
  readonly signup: Float64Array;
  readonly channel: Uint8Array;
  readonly country: Uint8Array;
  readonly ageBand: Uint8Array;
  readonly device: Uint8Array;
  readonly newsletter: Uint8Array;
  /** Orders a day while active. */
  readonly lambda: Float64Array;
  /** The chance to leave at a repeat order. */
  readonly p: Float64Array;
  /** Rate of the order values: Gamma(spend.shape, ν). */
  readonly nu: Float64Array;
  readonly segment: Uint8Array;
  /** `tasteCount` numbers each. */
  readonly taste: Float64Array;
}

/** Draws the customers; what each purpose draws is its own stream. */
export function makeCustomers(count: number, seed: number, parameters: ShopParameters): Customers {
  const { r, alpha, a, b } = parameters;
  const arrival = stream(seed, "signup");
  // More customers come as time goes by: the density of the day grows threefold.
  const signup = new Float64Array(count)
    .map(() => ((Math.sqrt(1 + 8 * arrival.next()) - 1) / 2) * daysObserved)
    .sort();
  const channel = places(channels, count, seed, "channel");
  const rates = stream(seed, "lambda");
  const leaving = stream(seed, "p");
  const values = stream(seed, "nu");
  const letters = stream(seed, "newsletter");
  const tastes = stream(seed, "taste");
  const segment = places(segments, count, seed, "segment");
  const dropDay = retentionDrop.day - firstDay;
  return {
    count,
    signup,
    channel,
    country: places(countries, count, seed, "country"),
    ageBand: places(ageBands, count, seed, "age band"),
    device: places(devices, count, seed, "device"),
    newsletter: channel.map((place) => {
      const share = channels[place]!.name === "email" ? newsletter.byEmail : newsletter.others;
      return letters.next() < share ? 1 : 0;
    }),
    lambda: new Float64Array(count).map(() => gamma(r, alpha, rates)),
    p: new Float64Array(count).map((_, i) => {
      const p = beta(a, b, leaving);
      const spoilt = channels[channel[i]!]!.name === retentionDrop.channel && signup[i]! >= dropDay;
      return spoilt ? p + (1 - p) * parameters.retentionDrop : p;
    }),
    nu: new Float64Array(count).map(() => gamma(spend.q, spendRate, values)),
    segment,
    taste: new Float64Array(count * tasteCount).map(
      (_, at) =>
        segments[segment[Math.floor(at / tasteCount)]!]!.taste[at % tasteCount]! +
        tasteSpread * normal(tastes),
    ),
  };
}

/** γ of the Gamma-Gamma model: the mean order value is shape · γ / (q − 1). */
export const spendRate = (spend.mean * (spend.q - 1)) / spend.shape;

function places(shares: readonly Share[], count: number, seed: number, purpose: string): Uint8Array {
  const sums = cumulative(shares.map(({ weight }) => weight));
  const random = stream(seed, purpose);
  return new Uint8Array(count).map(() => draw(sums, random));
}
