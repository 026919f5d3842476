import { bilingual } from "./text.ts";

/** Units of sample data, by their English names. */
export const unitsText = bilingual(
  {
    "1/day": "1/day",
    EUR: "EUR",
    "EUR a month": "EUR a month",
    day: "day",
    days: "days",
    years: "years",
    orders: "orders",
    pieces: "pieces",
    probability: "probability",
    share: "share",
    "share of payments": "share of payments",
    stars: "stars",
    strength: "strength",
    "second, UTC": "second, UTC",
  },
  {
    "1/day": "1/天",
    EUR: "欧元",
    "EUR a month": "欧元/月",
    day: "天",
    days: "天",
    years: "年",
    orders: "单",
    pieces: "件",
    probability: "概率",
    share: "比例",
    "share of payments": "占付款的比例",
    stars: "星",
    strength: "强度",
    "second, UTC": "秒，UTC",
  },
);
