import { exponential, normal } from "../../src/core/sampling.ts";
import { FloatList, IntList } from "../lists.ts";
import { Streams } from "../streams.ts";
import { cumulative, draw } from "../weighted.ts";
import type { ShopParameters } from "./parameters.ts";
import { reviewPhrases, ticketPhrases } from "./phrases.ts";
import type { Orders } from "./visits.ts";
import { daysObserved, reviewShare, ticketShare } from "./world.ts";

/** Reviews of main items, by order; times in days from the first day. */
export interface Reviews {
  readonly order: Int32Array;
  readonly at: Float64Array;
  /** 1 to 5. */
  readonly rating: Int32Array;
  /** Place in `reviewPhrases`: what the text says. */
  readonly sentiment: Int32Array;
  /** Place of the text among those of all sentiments. */
  readonly text: Int32Array;
}

/** Questions to support, by order. */
export interface Tickets {
  readonly order: Int32Array;
  readonly at: Float64Array;
  /** Place in `ticketPhrases`. */
  readonly intent: Int32Array;
  /** Place of the text among those of all intents. */
  readonly text: Int32Array;
}

/** Reviews: the better the product, the better its rating, and the text is of the rating's mind. */
export function makeReviews(
  orders: Orders,
  mainProduct: Int32Array,
  quality: Float64Array,
  seed: number,
  { qualityEffect }: ShopParameters,
): Reviews {
  const streams = new Streams(seed, "reviews");
  const [order, at, rating] = [new IntList(), new FloatList(), new IntList()];
  const [sentiment, text] = [new IntList(), new IntList()];
  for (let k = 0; k < orders.at.length; k++) {
    const random = streams.of(orders.number[k]!);
    if (random.next() >= reviewShare) continue;
    const stars = Math.min(
      5,
      Math.max(1, Math.round(3.6 + 0.9 * qualityEffect * quality[mainProduct[k]!]! + 0.8 * normal(random))),
    );
    const mind = stars <= 2 ? 0 : stars === 3 ? 1 : 2;
    const words = random.integer(reviewTextsEach);
    const when = orders.at[k]! + 2 + exponential(1 / 6, random);
    if (when >= daysObserved) continue;
    order.push(k);
    at.push(when);
    rating.push(stars);
    sentiment.push(mind);
    text.push(mind * reviewTextsEach + words);
  }
  return {
    order: order.values,
    at: at.values,
    rating: rating.values,
    sentiment: sentiment.values,
    text: text.values,
  };
}

/** Tickets: of any order alike; those of an order that was sent back are about the return half of the time. */
export function makeTickets(orders: Orders, returned: Uint8Array, seed: number): Tickets {
  const streams = new Streams(seed, "tickets");
  const intents = cumulative(ticketPhrases.map(({ weight }) => weight));
  const about = ticketPhrases.findIndex((phrase) => phrase.intent === "return");
  const [order, at, intent, text] = [new IntList(), new FloatList(), new IntList(), new IntList()];
  for (let k = 0; k < orders.at.length; k++) {
    const random = streams.of(orders.number[k]!);
    if (random.next() >= ticketShare * (returned[k] ? 6 : 1)) continue;
    const wanted = draw(intents, random);
    const aboutReturn = random.next() < 0.5;
    const chosen = returned[k] && aboutReturn ? about : wanted;
    const words = random.integer(ticketPhrases[chosen]!.texts.length);
    const when = orders.at[k]! + 1 + exponential(1 / 4, random);
    if (when >= daysObserved) continue;
    order.push(k);
    at.push(when);
    intent.push(chosen);
    text.push(ticketTextsBefore[chosen]! + words);
  }
  return { order: order.values, at: at.values, intent: intent.values, text: text.values };
}

const reviewTextsEach = reviewPhrases[0]!.opening.length * reviewPhrases[0]!.rest.length;
const ticketTextsBefore = ticketPhrases.map((_, i) =>
  ticketPhrases.slice(0, i).reduce((sum, { texts }) => sum + texts.length, 0),
);

/** Every text of a review, at the place that `Reviews.text` holds. */
export function reviewTexts(language: "en" | "zh"): string[] {
  const between = language === "en" ? " " : "";
  return reviewPhrases.flatMap(({ opening, rest }) =>
    opening.flatMap((first) => rest.map((second) => first[language] + between + second[language])),
  );
}

/** Every text of a ticket, at the place that `Tickets.text` holds. */
export function ticketTexts(language: "en" | "zh"): string[] {
  return ticketPhrases.flatMap(({ texts }) => texts.map((text) => text[language]));
}
