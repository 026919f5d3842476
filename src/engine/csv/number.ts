import { asciiText } from "./kind.ts";

const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => Number(`1e${i}`));
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a field is, to the nearest double; NaN where it is none. */
export function readNumber(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start]!;
  let at = sign === 45 || sign === 43 ? start + 1 : start;
  // At most 15 digits are exact, and so is 10^15: the division rounds once.
  if (at === end || end - at > 16) return slowNumber(bytes, start, end);
  let value = 0;
  let point = -1;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) value = value * 10 + (byte - 48);
    else if (byte === 46 && point < 0) point = at;
    else return slowNumber(bytes, start, end);
  }
  if (point < 0) {
    if (end - start > 15) return slowNumber(bytes, start, end);
  } else {
    if (end - start < 2 || (sign < 48 && end - start < 3)) return slowNumber(bytes, start, end);
    value /= powersOfTen[end - point - 1]!;
  }
  return sign === 45 ? -value : value;
}

function slowNumber(bytes: Uint8Array, start: number, end: number): number {
  const text = asciiText(bytes, start, end);
  return plain.test(text) ? Number(text) : NaN;
}

// A space that does not break is two or three bytes of UTF-8. Other spaces may part anything, so decimals must follow.
const groupedByComma = /^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:'\d{3})+)(?:\.\d+)?$/;
const groupedByPoint =
  /^[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:(?:\xc2\xa0|\xe2\x80\xaf)\d{3})+|(?: \d{3})+(?=,))(?:,\d+)?$/;
const ungroupedComma = /^[+-]?(?:0|[1-9]\d*)?,\d+$/;

/** Whether a text is a number like `1,234.5`, its thousands set apart. */
export function isGroupedNumber(text: string): boolean {
  return groupedByComma.test(text) && holdsWhole(text.replace(/[,']/g, ""));
}

/** Whether a text is a number like `1.234,5` or `12,5`. */
export function isNumberWithComma(text: string): boolean {
  return (
    ungroupedComma.test(text) || (groupedByPoint.test(text) && holdsWhole(text.replace(/[^\d,+-]/g, "")))
  );
}

/** The number that a field like `1,234.5` is, with thousands set apart or not; NaN where it is none. */
export function readGroupedNumber(bytes: Uint8Array, start: number, end: number): number {
  const number = readNumber(bytes, start, end);
  if (!Number.isNaN(number)) return number;
  const text = asciiText(bytes, start, end);
  return isGroupedNumber(text) ? Number(text.replace(/[,']/g, "")) : NaN;
}

/** The number that a field like `1.234,5` is, with thousands set apart or not; NaN where it is none. */
export function readNumberWithComma(bytes: Uint8Array, start: number, end: number): number {
  const text = asciiText(bytes, start, end);
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  return isNumberWithComma(text) ? Number(text.replace(/[^\d,+-]/g, "").replace(",", ".")) : NaN;
}

/** Whether a whole number is one that a double holds; one with decimals is as near as doubles are. */
function holdsWhole(text: string): boolean {
  return /[.,]/.test(text) || Number.isSafeInteger(Number(text));
}
