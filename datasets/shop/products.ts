import { exp, log } from "../../src/core/math.ts";
import { normal } from "../../src/core/sampling.ts";
import { stream } from "../streams.ts";
import { cumulative } from "../weighted.ts";
import { tasteCount } from "./customers.ts";
import type { ShopParameters } from "./parameters.ts";
import { categories, zipfExponent } from "./world.ts";

/** The catalogue, by category and popularity. */
export interface Products {
  readonly count: number;
  readonly category: Uint8Array;
  /** Place in the category, from 0 for the most popular. */
  readonly rank: Int32Array;
  /** List price in cents. */
  readonly cents: Int32Array;
  /** How good it is, about 0 with a spread of 1: what reviews tell. */
  readonly quality: Float64Array;
  /** The places of a category's products: from `first[c]` up to `first[c + 1]`. */
  readonly first: Int32Array;
  /** Running shares of popularity within each category. */
  readonly popularity: readonly Float64Array[];
}

/** Draws the catalogue: popularity by Zipf's law, prices log-normal about the category's own. */
export function makeProducts(count: number, seed: number, { popularitySkew }: ShopParameters): Products {
  const prices = stream(seed, "prices");
  const qualities = stream(seed, "quality");
  const each = count / categories.length;
  const category = Uint8Array.from({ length: count }, (_, i) => Math.floor(i / each));
  const rank = Int32Array.from({ length: count }, (_, i) => i % each);
  return {
    count,
    category,
    rank,
    cents: Int32Array.from(category, (c) =>
      Math.max(200, Math.round(categories[c]!.price * exp(0.35 * normal(prices)) * 100)),
    ),
    quality: Float64Array.from({ length: count }, () => normal(qualities)),
    first: Int32Array.from({ length: categories.length + 1 }, (_, c) => c * each),
    popularity: categories.map(() =>
      cumulative(Array.from({ length: each }, (_, k) => exp(-popularitySkew * zipfExponent * log(k + 1)))),
    ),
  };
}

/** Running shares of the categories for a taste: each weighs exp(strength · taste · factor). */
export function categoryShares(taste: Float64Array, customer: number, strength: number): Float64Array {
  return cumulative(
    categories.map(({ factor }) => {
      let score = 0;
      for (let j = 0; j < tasteCount; j++) score += taste[customer * tasteCount + j]! * factor[j]!;
      return exp(strength * score);
    }),
  );
}
