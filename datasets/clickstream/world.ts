/** The first moment of the data, in milliseconds since 1970: 2024-09-01. Sessions begin within `days` of it. */
export const firstMoment = 1_725_148_800_000;
export const days = 91;

/** Sessions of each size, and the visitors they come from. */
export const sessionsOf = { S: 4_000, M: 40_000, L: 400_000 } as const;
export const sessionsPerVisitor = 4;

/** The catalogue: categories and how many items each has; prices within a category spread around its own. */
export const categories = [
  { name: "shoes", items: 40, price: 85 },
  { name: "jackets", items: 40, price: 140 },
  { name: "bags", items: 40, price: 60 },
  { name: "watches", items: 40, price: 190 },
  { name: "books", items: 40, price: 18 },
  { name: "lamps", items: 40, price: 48 },
] as const;

/** Items seen in a session: `categoriesSeen` categories, as many items of each. */
export const categoriesSeen = 3;
export const itemsOfEach = { least: 2, most: 4 } as const;

/** What a visitor is about: how the same items are put in order, and the chance that the session ends in a purchase. */
export const intents = [
  { name: "compare", convert: 0.85 },
  { name: "drift", convert: 0.06 },
  { name: "trade_up", convert: 0.75 },
  { name: "trade_down", convert: 0.1 },
] as const;
