/** How customers of one channel behave: BG/NBD in days, Gamma-Gamma in the shop's currency. */
export interface Channel {
  readonly weight: number;
  /** λ, orders a day while active: Gamma(shape, rate). */
  readonly purchaseShape: number;
  readonly purchaseRate: number;
  /** p, the chance to leave after an order: Beta(a, b). */
  readonly leaveA: number;
  readonly leaveB: number;
  /** Mean of a customer's mean order value. */
  readonly spend: number;
}

/** The channels by which customers come. Referrals buy often and stay; those of paid social leave soon. */
export const channels = {
  organic: { weight: 30, purchaseShape: 1.6, purchaseRate: 46, leaveA: 0.7, leaveB: 6.2, spend: 54 },
  paid_search: { weight: 25, purchaseShape: 1.4, purchaseRate: 48, leaveA: 0.9, leaveB: 4.6, spend: 49 },
  paid_social: { weight: 22, purchaseShape: 1.2, purchaseRate: 52, leaveA: 1.2, leaveB: 2.6, spend: 38 },
  email: { weight: 13, purchaseShape: 1.8, purchaseRate: 42, leaveA: 0.7, leaveB: 7.5, spend: 57 },
  referral: { weight: 10, purchaseShape: 2.1, purchaseRate: 40, leaveA: 0.6, leaveB: 9.5, spend: 63 },
} as const satisfies Record<string, Channel>;

/** The name of a channel. */
export type ChannelName = keyof typeof channels;

/** A share of customers in each country, age band and device. */
export const shares = {
  country: { US: 34, GB: 18, DE: 16, FR: 12, CN: 12, JP: 8 },
  ageBand: { "18-24": 18, "25-34": 31, "35-44": 24, "45-54": 16, "55+": 11 },
  device: { mobile: 58, desktop: 34, tablet: 8 },
} as const;

/** Factors on the rate of purchase λ; each works alone. */
export const purchaseFactor = {
  newsletter: 1.25,
  device: { mobile: 0.95, desktop: 1.1, tablet: 1 },
  ageBand: { "18-24": 0.9, "25-34": 1.05, "35-44": 1.1, "45-54": 1, "55+": 0.9 },
} as const;

/** The first and the last day of the world, in days since 1970-01-01: 2023-01-01 to 2024-12-31. */
export const firstDay = 19_358;
export const lastDay = 20_088;

/** Customers of each size. */
export const customersOf = { S: 2_000, M: 20_000, L: 200_000 } as const;
