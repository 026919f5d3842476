/** Milliseconds of a day. */
export const msPerDay = 86_400_000;

/** The first day of the business and the first moment after it was last observed, in days since 1970: 2022-01-01 to 2025-01-01. */
export const firstDay = 18_993;
export const observationDay = 20_089;

/** Subscribers of each size. */
export const subscribersOf = { S: 2_000, M: 20_000, L: 200_000 } as const;

/** A level of a covariate: how often it comes, and the ratio of its hazard to that of the first level. */
export interface Level {
  readonly name: string;
  readonly weight: number;
  readonly hazardRatio: number;
}

/** What a subscriber is at the start. Each covariate works alone: their hazard ratios multiply. */
export const covariates = {
  plan: [
    { name: "basic", weight: 46, hazardRatio: 1 },
    { name: "standard", weight: 36, hazardRatio: 0.75 },
    { name: "premium", weight: 18, hazardRatio: 0.5 },
  ],
  channel: [
    { name: "organic", weight: 42, hazardRatio: 1 },
    { name: "paid", weight: 36, hazardRatio: 1.5 },
    { name: "partner", weight: 22, hazardRatio: 0.85 },
  ],
  age_band: [
    { name: "30-44", weight: 40, hazardRatio: 1 },
    { name: "18-29", weight: 33, hazardRatio: 1.25 },
    { name: "45+", weight: 27, hazardRatio: 0.9 },
  ],
  // By the toss of a coin, so that its effect is a cause and no mere company.
  onboarding_call: [
    { name: "false", weight: 50, hazardRatio: 1 },
    { name: "true", weight: 50, hazardRatio: 0.7 },
  ],
} as const satisfies Record<string, readonly Level[]>;

/** A month's price of each plan, in EUR. */
export const prices = [9, 19, 39] as const;

/** Where subscribers live: no effect, planted or not. */
export const countries: readonly Level[] = [
  { name: "US", weight: 40, hazardRatio: 1 },
  { name: "GB", weight: 20, hazardRatio: 1 },
  { name: "DE", weight: 20, hazardRatio: 1 },
  { name: "CN", weight: 20, hazardRatio: 1 },
];

/** Changes of plan: a year's rate of one, and the chance that it goes up where both ways are open. */
export const changesPerYear = 0.45;
export const upgradeShare = 0.6;

/** What subscribers write to support about, and a year's rate of doing so: a decoy, it tells nothing of leaving. */
export const topics = ["billing", "how-to", "bug", "feature request"] as const;
export const contactsPerYear = 1.6;

/** Share of invoices that are paid late. */
export const lateShare = 0.07;
