import { daysSince1970, readMoment } from "./moment.ts";

/** What the fields of a CSV column are. Slashed dates are read by day or by month first, as all of the column allows. */
export type Kind =
  | "text"
  | "boolean"
  | "integer"
  | "double"
  | "date"
  | "timestamp"
  | "date-day-first"
  | "date-month-first"
  | "timestamp-day-first"
  | "timestamp-month-first";

const bits = {
  boolean: 1,
  integer: 2,
  double: 4,
  date: 8,
  timestamp: 16,
  "date-day-first": 32,
  "date-month-first": 64,
  "timestamp-day-first": 128,
  "timestamp-month-first": 256,
} as const satisfies Record<Exclude<Kind, "text">, number>;

const order = Object.keys(bits) as (keyof typeof bits)[];
const dayFirst = bits["date-day-first"] | bits["timestamp-day-first"];
const monthFirst = bits["date-month-first"] | bits["timestamp-month-first"];
const all = 511;

/** Words that stand for a missing value, where the rest of the column are numbers, dates or truth values. */
export const missingWords: ReadonlySet<string> = new Set([
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "NaN",
  "nan",
  "NULL",
  "Null",
  "null",
  "None",
  "\\N",
]);

/** What a column can still be, once every field of it is seen: a set of kinds, one bit each. */
export class KindGuess {
  #mask = all;
  #seen = 0;
  #words = 0;

  /** Takes a field that is not blank. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#mask) return;
    const mask = kindsOf(bytes, start, end);
    if (mask === missing) this.#words++;
    else {
      this.#mask &= mask;
      this.#seen++;
    }
  }

  /** The kind that fits every field, text where none does. */
  get kind(): Kind {
    if (!this.#seen) return "text";
    // Where every date could be read by day or by month first, neither is guessed.
    const ambiguous = this.#mask & dayFirst && this.#mask & monthFirst;
    const mask = ambiguous ? this.#mask & ~(dayFirst | monthFirst) : this.#mask;
    return order.find((kind) => mask & bits[kind]) ?? "text";
  }

  /** How many fields were words for a missing value. */
  get missingWords(): number {
    return this.#words;
  }
}

/** Whether a field alone could be of that kind. */
export function fits(kind: Kind, bytes: Uint8Array, start: number, end: number): boolean {
  return kind === "text" || (kindsOf(bytes, start, end) & bits[kind]) !== 0;
}

const missing = -1;
const numeric = bits.integer | bits.double;

function kindsOf(bytes: Uint8Array, start: number, end: number): number {
  const number = numberKinds(bytes, start, end);
  if (number >= 0) return number;
  if (end - start > 40) return 0;
  const text = asciiText(bytes, start, end);
  if (missingWords.has(text)) return missing;
  if (/^(true|false)$/i.test(text)) return bits.boolean;
  return dateKinds(text);
}

/** The kinds of a field made of digits, one point, a sign and an exponent; −1 where it is not. Codes such as `007` are none. */
function numberKinds(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[at] === 43 || bytes[at] === 45) at++;
  const whole = digits(bytes, at, end);
  const leadingZero = whole > 1 && bytes[at] === 48;
  at += whole;
  if (at === end) {
    if (!whole) return -1;
    return leadingZero || (whole > 15 && !isSafe(bytes, start, end)) ? 0 : numeric;
  }
  let fraction = 0;
  if (bytes[at] === 46) {
    fraction = digits(bytes, at + 1, end);
    at += 1 + fraction;
  }
  if (!whole && !fraction) return -1;
  if (at < end && (bytes[at] === 101 || bytes[at] === 69)) {
    at++;
    if (bytes[at] === 43 || bytes[at] === 45) at++;
    const exponent = digits(bytes, at, end);
    if (!exponent) return -1;
    at += exponent;
  }
  if (at !== end) return -1;
  return leadingZero ? 0 : bits.double;
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  return at - start;
}

function isSafe(bytes: Uint8Array, start: number, end: number): boolean {
  return Number.isSafeInteger(Number(asciiText(bytes, start, end)));
}

function dateKinds(text: string): number {
  const first = text.charCodeAt(0);
  if (first < 48 || first > 57) return 0;
  const moment = readMoment(text);
  if (!moment) return 0;
  const [a, b, c] = moment.parts;
  const isDate = moment.time === null;
  if (moment.order === "ymd") {
    if (daysSince1970(a, b, c) === null) return 0;
    return isDate ? bits.date | bits.timestamp : bits.timestamp;
  }
  const byDay = daysSince1970(c, b, a) !== null;
  const byMonth = moment.separator !== "." && daysSince1970(c, a, b) !== null;
  const mask = (byDay ? dayFirst : 0) | (byMonth ? monthFirst : 0);
  return isDate ? mask : mask & (bits["timestamp-day-first"] | bits["timestamp-month-first"]);
}

/** The bytes as text, one character each: good enough for whatever is not plain text. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
