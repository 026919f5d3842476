import type { SimulationOptions } from "../dataset.ts";

/** What can be chosen of the shop. Every planted effect has a strength, and 0 is off. */
export interface ShopParameters {
  /** λ ~ Gamma(r, alpha), orders a day; p ~ Beta(a, b). */
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  readonly seasons: number;
  readonly campaignEffect: number;
  /** What every elasticity is multiplied by. */
  readonly priceEffect: number;
  /** The share of those who would stay that the bad channel loses at each order. */
  readonly retentionDrop: number;
  readonly fraudShare: number;
  /** What tastes are multiplied by in the choice of a category. */
  readonly tasteEffect: number;
  /** What the exponent of Zipf's law is multiplied by. */
  readonly popularitySkew: number;
  /** What a product's quality is multiplied by in its ratings. */
  readonly qualityEffect: number;
}

/** The parameters of a simulation as the shop's own. */
export function shopParameters({ parameters }: SimulationOptions): ShopParameters {
  return parameters as unknown as ShopParameters;
}
