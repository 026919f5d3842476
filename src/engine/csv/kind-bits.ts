import type { InferredKind } from "./kind.ts";

/** One bit a kind, so that what a field can be is a number; text is what is left where no bit is. */
export const bits = {
  boolean: 1,
  integer: 2,
  double: 4,
  date: 8,
  timestamp: 16,
  "date-day-first": 32,
  "date-month-first": 64,
  "timestamp-day-first": 128,
  "timestamp-month-first": 256,
  "integer-grouped": 512,
  "integer-decimal-comma": 1024,
  "double-grouped": 2048,
  "double-decimal-comma": 4096,
} as const satisfies Record<Exclude<InferredKind, "text">, number>;

/** The bits of all kinds. */
export const everyKind = 8191;

/** Numbers whose thousands are set apart by commas. */
export const grouped = bits["integer-grouped"] | bits["double-grouped"];

/** Numbers whose decimals come after a comma. */
export const decimalComma = bits["integer-decimal-comma"] | bits["double-decimal-comma"];

/** Dates and times with the day first. */
export const dayFirst = bits["date-day-first"] | bits["timestamp-day-first"];

/** Dates and times with the month first. */
export const monthFirst = bits["date-month-first"] | bits["timestamp-month-first"];
