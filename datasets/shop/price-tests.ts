import { exp, log } from "../../src/core/math.ts";
import { permutation } from "../../src/core/random.ts";
import { stream } from "../streams.ts";
import type { ShopParameters } from "./parameters.ts";
import type { Products } from "./products.ts";
import { categories, daysObserved, extras, priceTests } from "./world.ts";

/** Tests of prices: a product, a period and a multiple of its list price, all by chance. */
export interface PriceTests {
  readonly product: Int32Array;
  readonly period: Int32Array;
  /** Place in `priceTests.multiples`. */
  readonly multiple: Uint8Array;
  /** How many periods there are. */
  readonly periods: number;
  /** For period · products + product: the place of the multiple plus 1, or 0 where the product is not tested then. */
  readonly at: Uint8Array;
}

/** Chooses the products of each period, and their prices. */
export function makePriceTests({ count }: Products, seed: number): PriceTests {
  const random = stream(seed, "price tests");
  const periods = Math.floor((daysObserved - priceTests.firstDay) / priceTests.days);
  const tested = Math.round(count * priceTests.share);
  const total = periods * tested;
  const product = new Int32Array(total);
  const period = new Int32Array(total);
  const multiple = new Uint8Array(total);
  const at = new Uint8Array(periods * count);
  for (let k = 0; k < periods; k++) {
    const chosen = permutation(count, random).subarray(0, tested).sort();
    for (const [j, i] of chosen.entries()) {
      const test = k * tested + j;
      product[test] = i;
      period[test] = k;
      multiple[test] = random.integer(priceTests.multiples.length);
      at[k * count + i] = multiple[test] + 1;
    }
  }
  return { product, period, multiple, periods, at };
}

/** The period of a day, or −1 where no test runs. */
export function periodOf(day: number, periods: number): number {
  const period = Math.floor((day - priceTests.firstDay) / priceTests.days);
  return period >= 0 && period < periods ? period : -1;
}

/** P(a viewed extra is bought) by category and place in `at`: `extras.buy` · (price / list price)^elasticity. */
export function buyChances({ priceEffect }: ShopParameters): Float64Array[] {
  return categories.map(({ elasticity }) =>
    Float64Array.from(
      [1, ...priceTests.multiples],
      (multiple) => extras.buy * exp(priceEffect * elasticity * log(multiple)),
    ),
  );
}
