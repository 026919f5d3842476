import { bits, dayFirst, decimalComma, grouped, monthFirst } from "./kind-bits.ts";
import { asciiText, missingWords, type InferredKind } from "./kind.ts";
import { daysSince1970, Moment } from "./moment.ts";
import { isGroupedNumber, isNumberWithComma } from "./number.ts";

/** What `fieldKinds` gives for a word that stands for a missing value. */
export const missing = -1;

const longest = 40;
const anyNumber = bits.integer | bits.double | grouped | decimalComma;

/** The kinds a field that is not blank can be, as bits, or `missing`. */
export function fieldKinds(bytes: Uint8Array, start: number, end: number): number {
  const number = plainNumberKinds(bytes, start, end);
  if (number >= 0) return number;
  if (end - start > longest) return 0;
  const first = bytes[start]!;
  if (first >= 48 && first <= 57) {
    const date = dateKinds(bytes, start, end);
    if (date) return date;
  }
  // Letters beyond ASCII and most signs begin nothing but text.
  if (first > 122 || first === 34) return 0;
  const text = asciiText(bytes, start, end);
  if (missingWords.has(text)) return missing;
  if (/^(true|false)$/i.test(text)) return bits.boolean;
  return separatedNumberKinds(text);
}

/** Whether a field alone could be of that kind. */
export function fits(kind: InferredKind, bytes: Uint8Array, start: number, end: number): boolean {
  return kind === "text" || (fieldKinds(bytes, start, end) & bits[kind]) !== 0;
}

/** The kinds of a field made of digits, one point, a sign and an exponent; −1 where it is not. Codes such as `007` are none. */
function plainNumberKinds(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const signed = bytes[at] === 43 || bytes[at] === 45;
  if (signed) at++;
  const whole = digits(bytes, at, end);
  const leadingZero = whole > 1 && bytes[at] === 48;
  at += whole;
  if (at === end) {
    if (!whole) return -1;
    // A plus and many digits are a telephone number.
    if (leadingZero || (whole > 6 && bytes[start] === 43)) return 0;
    return whole > 15 && !isSafe(bytes, start, end) ? 0 : anyNumber;
  }
  let fraction = 0;
  if (bytes[at] === 46) {
    fraction = digits(bytes, at + 1, end);
    at += 1 + fraction;
  }
  if (!whole && !fraction) return -1;
  // As `1.234` is written, it may be a thousand and more where decimals have a comma.
  const thousands = at === end && fraction === 3 && whole > 0 && whole < 4 && bytes[at - 4 - whole] !== 48;
  if (at < end && (bytes[at] === 101 || bytes[at] === 69)) {
    at++;
    if (bytes[at] === 43 || bytes[at] === 45) at++;
    const exponent = digits(bytes, at, end);
    if (!exponent) return -1;
    at += exponent;
  }
  if (at !== end) return -1;
  if (leadingZero) return 0;
  return bits.double | bits["double-grouped"] | (thousands ? decimalComma : 0);
}

function separatedNumberKinds(text: string): number {
  let kinds = 0;
  if (isGroupedNumber(text)) kinds |= text.includes(".") ? bits["double-grouped"] : grouped;
  if (isNumberWithComma(text)) kinds |= text.includes(",") ? bits["double-decimal-comma"] : decimalComma;
  return kinds;
}

const moment = new Moment();

function dateKinds(bytes: Uint8Array, start: number, end: number): number {
  if (!moment.read(bytes, start, end)) return 0;
  const { a, b, c, hasTime } = moment;
  if (moment.yearFirst) {
    if (daysSince1970(a, b, c) === null) return 0;
    return hasTime ? bits.timestamp : bits.date | bits.timestamp;
  }
  const byDay = daysSince1970(c, b, a) !== null;
  const byMonth = moment.separator !== "." && daysSince1970(c, a, b) !== null;
  const kinds = (byDay ? dayFirst : 0) | (byMonth ? monthFirst : 0);
  return hasTime ? kinds & (bits["timestamp-day-first"] | bits["timestamp-month-first"]) : kinds;
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  return at - start;
}

function isSafe(bytes: Uint8Array, start: number, end: number): boolean {
  return Number.isSafeInteger(Number(asciiText(bytes, start, end)));
}
