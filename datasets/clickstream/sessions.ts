import { exp } from "../../src/core/math.ts";
import { permutation, type Random } from "../../src/core/random.ts";
import { exponential, normal } from "../../src/core/sampling.ts";
import { stream } from "../streams.ts";
import { categories, categoriesSeen, days, firstMoment, intents, itemsOfEach } from "./world.ts";

/** The catalogue; an item is its place in these. */
export interface Items {
  readonly category: Uint8Array;
  readonly price: Float64Array;
}

/** Sessions by time, and their clicks one after the other; times in milliseconds since 1970. */
export interface Sessions {
  readonly visitor: Int32Array;
  readonly start: Float64Array;
  readonly intent: Uint8Array;
  /** P(purchase) of the session. */
  readonly convert: Float64Array;
  readonly converted: Uint8Array;
  readonly clicks: {
    readonly session: number[];
    readonly position: number[];
    readonly item: number[];
    readonly at: number[];
  };
}

/** The catalogue: prices are log-normal about the category's own. */
export function makeItems(seed: number): Items {
  const random = stream(seed, "items");
  const category = Uint8Array.from(categories.flatMap(({ items }, c) => Array<number>(items).fill(c)));
  const price = Float64Array.from(
    category,
    (c) => Math.round(categories[c]!.price * exp(0.35 * normal(random)) * 100) / 100,
  );
  return { category, price };
}

/**
 * Draws the sessions. Which items are seen does not depend on the intent; in which order they are seen does, with probability `structure`.
 * A session whose order is drawn by chance instead converts by the mean over intents.
 */
export async function makeSessions(
  count: number,
  visitors: number,
  seed: number,
  structure: number,
  items: Items,
  rest: () => Promise<void>,
): Promise<Sessions> {
  const times = stream(seed, "times");
  const start = Float64Array.from(
    { length: count },
    () => firstMoment + Math.floor(times.next() * days * 86_400) * 1000,
  ).sort();
  const who = stream(seed, "visitors");
  const visitor = Int32Array.from(start, () => who.integer(visitors));
  const choosing = stream(seed, "intents");
  const seeing = stream(seed, "items seen");
  const ordering = stream(seed, "order");
  const buying = stream(seed, "purchases");
  const dwelling = stream(seed, "dwell");
  const mean = intents.reduce((sum, { convert }) => sum + convert / intents.length, 0);
  const intent = new Uint8Array(count);
  const convert = new Float64Array(count);
  const converted = new Uint8Array(count);
  const clicks: Sessions["clicks"] = { session: [], position: [], item: [], at: [] };
  for (let s = 0; s < count; s++) {
    if (s % 2000 === 1999) await rest();
    intent[s] = choosing.integer(intents.length);
    const seen = itemsSeen(seeing);
    const shown = shuffled(seen, ordering);
    const structured = choosing.next() < structure;
    const order = structured ? inOrder(intents[intent[s]!]!.name, shown, items) : shown;
    convert[s] = structured ? intents[intent[s]!]!.convert : mean;
    converted[s] = buying.next() < convert[s]! ? 1 : 0;
    let at = start[s]!;
    for (const [position, item] of order.entries()) {
      clicks.session.push(s);
      clicks.position.push(position + 1);
      clicks.item.push(item);
      clicks.at.push(at);
      at += Math.ceil(exponential(1 / 25, dwelling)) * 1000;
    }
  }
  return { visitor, start, intent, convert, converted, clicks };
}

/** Different items, as many of each of some categories. */
function itemsSeen(random: Random): number[] {
  const each = itemsOfEach.least + random.integer(itemsOfEach.most - itemsOfEach.least + 1);
  const places = permutation(categories.length, random).subarray(0, categoriesSeen);
  return [...places].flatMap((c) => {
    const first = categories.slice(0, c).reduce((sum, { items }) => sum + items, 0);
    return [...permutation(categories[c]!.items, random).subarray(0, each)].map((item) => first + item);
  });
}

function shuffled(list: readonly number[], random: Random): number[] {
  return [...permutation(list.length, random)].map((place) => list[place]!);
}

/** The same items in the order of an intent. */
function inOrder(
  intent: (typeof intents)[number]["name"],
  seen: readonly number[],
  { category, price }: Items,
): number[] {
  switch (intent) {
    case "compare":
      return byCategory(seen, category).flat();
    case "drift": {
      const groups = byCategory(seen, category);
      return groups[0]!.flatMap((_, turn) => groups.map((group) => group[turn]!));
    }
    case "trade_up":
      return seen.toSorted((a, b) => price[a]! - price[b]! || a - b);
    case "trade_down":
      return seen.toSorted((a, b) => price[b]! - price[a]! || a - b);
    default:
      return intent satisfies never;
  }
}

function byCategory(seen: readonly number[], category: Uint8Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const item of seen) {
    const group = groups.get(category[item]!);
    if (group) group.push(item);
    else groups.set(category[item]!, [item]);
  }
  return [...groups.values()];
}
