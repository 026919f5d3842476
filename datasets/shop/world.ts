/** Milliseconds of a day. */
export const msPerDay = 86_400_000;

/** The first day of the shop and the first moment after it was last observed, in days since 1970: 2023-01-01 to 2025-01-01. */
export const firstDay = 19_358;
const observationDay = 20_089;

/** Days that the shop is observed; its own clock counts days from `firstDay`. */
export const daysObserved = observationDay - firstDay;

/** Customers and products of each size. */
export const customersOf = { S: 2_000, M: 20_000, L: 200_000 } as const;
export const productsOf = { S: 240, M: 480, L: 1_200 } as const;

/** A name and how often it comes, against the others beside it. */
export interface Share {
  readonly name: string;
  readonly weight: number;
}

/** What customers are at signup. None of it bears on how often they buy or how soon they leave, but for the planted drop. */
export const channels = [
  { name: "organic", weight: 30 },
  { name: "paid_search", weight: 25 },
  { name: "paid_social", weight: 22 },
  { name: "email", weight: 13 },
  { name: "referral", weight: 10 },
] as const satisfies readonly Share[];

export const countries: readonly Share[] = [
  { name: "US", weight: 34 },
  { name: "GB", weight: 18 },
  { name: "DE", weight: 16 },
  { name: "FR", weight: 12 },
  { name: "CN", weight: 12 },
  { name: "JP", weight: 8 },
];

/** How much more or less than others a campaign moves each age band. */
export const ageBands = [
  { name: "18-24", weight: 18, response: 1.6 },
  { name: "25-34", weight: 31, response: 1.2 },
  { name: "35-44", weight: 24, response: 1 },
  { name: "45-54", weight: 16, response: 0.7 },
  { name: "55+", weight: 11, response: 0.5 },
] as const;

export const devices: readonly Share[] = [
  { name: "mobile", weight: 58 },
  { name: "desktop", weight: 34 },
  { name: "tablet", weight: 8 },
];

/** Share of customers who take the newsletter, those who came by email and the others; and how it moves what a campaign does. */
export const newsletter = { byEmail: 0.9, others: 0.4, response: { yes: 1.5, no: 0.7 } } as const;

/** Spend is Gamma-Gamma: order values Gamma(shape, ν), ν Gamma(q, γ), so that they are `mean` on average. */
export const spend = { shape: 6, q: 4, mean: 54 } as const;

/** The planted segments: shares, and what each likes, in four tastes. Customers lie about the centre of theirs. */
export const segments = [
  { name: "gadgeteer", weight: 24, taste: [1.6, -0.4, -0.6, 0.3] },
  { name: "dresser", weight: 26, taste: [-0.7, 1.6, 0.2, -0.4] },
  { name: "nester", weight: 20, taste: [-0.3, -0.5, 1.7, 0.2] },
  { name: "athlete", weight: 16, taste: [0.5, 0.7, -0.8, 1.5] },
  { name: "reader", weight: 14, taste: [-0.8, -0.9, 0.1, -1.6] },
] as const;
export const tasteSpread = 0.35;

/** Categories: names, median price in EUR, planted elasticity, and the tastes that they meet. */
export const categories = [
  { name: "electronics", price: 14, elasticity: -1.6, factor: [1.5, -0.3, -0.3, 0.1] },
  { name: "fashion", price: 12, elasticity: -2.1, factor: [-0.4, 1.5, 0, -0.2] },
  { name: "home", price: 11, elasticity: -1.3, factor: [-0.2, -0.3, 1.5, 0.1] },
  { name: "beauty", price: 8, elasticity: -1, factor: [-0.3, 0.8, 0.7, 0] },
  { name: "sports", price: 11, elasticity: -1.8, factor: [0.3, 0.4, -0.4, 1.5] },
  { name: "books", price: 7, elasticity: -0.7, factor: [-0.3, -0.5, 0.2, -1.5] },
] as const;

/** Popularity of the k-th product of a category: 1 / k^exponent. Source: Zipf. */
export const zipfExponent = 0.9;

/** By the day of the week, Monday first, at full strength; and how far a year swings, with its height at the end of November. */
export const weekday = [0.95, 0.9, 0.92, 0.98, 1.08, 1.24, 0.93] as const;
export const yearly = { swing: 0.3, heightOfYear: 329 } as const;

/** By the hour of the day, UTC. */
export const hours = [
  1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 1.8, 2.6, 3, 3.2, 3.4, 3.6, 3.4, 3.2, 3.2, 3.4, 3.8, 4.4, 5, 5.2, 4.6, 3.2,
  1.8,
] as const;

/** Campaigns by e-mail: when they went out (days since 1970), the share of old enough customers reached, and their window in days. */
export const campaigns = [
  { name: "Winter clearance", day: 19_765 },
  { name: "Spring picks", day: 19_863 },
  { name: "Back to school", day: 19_975 },
  { name: "Black Friday preview", day: 20_045 },
] as const;
export const campaignReach = 0.35;
export const campaignMinimumAge = 30;
export const campaignWindow = 14;
export const campaignBase = 0.1;

/** Price tests: 20% of products at a time, for a week each, at one of these multiples of the list price, by chance. */
export const priceTests = {
  firstDay: 56,
  days: 7,
  share: 0.2,
  multiples: [0.8, 0.9, 1, 1.1, 1.25],
} as const;

/** P(a viewed extra is bought) at list price, and the largest share of an order that one extra may cost. */
export const extras = { buy: 0.45, most: 3, largestShare: 0.26 } as const;

/** The change of agency that spoilt paid social: who signs up by it from this day on (days since 1970: 2024-03-01) leaves sooner. */
export const retentionDrop = { day: 19_783, channel: "paid_social" } as const;

/** Visits without a purchase, for one order, while a customer is active. */
export const browseRate = 0.45;

/** Shares of orders that are sent back, reviewed, asked about. */
export const returnShare = 0.06;
export const reviewShare = 0.09;
export const ticketShare = 0.05;
