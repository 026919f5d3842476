import { shop } from "../../../datasets/shop/simulate.ts";
import type { ShopParameters } from "../../../datasets/shop/parameters.ts";

/** The shop's parameters as its card has them. */
export const planted = Object.fromEntries(
  Object.entries(shop.card.parameters).map(([name, parameter]) => [name, parameter.default]),
) as unknown as ShopParameters;

/** The same with every planted effect off: BG/NBD alone. */
export const off: ShopParameters = {
  ...planted,
  seasons: 0,
  campaignEffect: 0,
  priceEffect: 0,
  retentionDrop: 0,
  fraudShare: 0,
  tasteEffect: 0,
  popularitySkew: 0,
  qualityEffect: 0,
};
