import { bool, dateDay, float64, int64, timestamp, TimeUnit, type DataType } from "@uwdata/flechette";
import { asciiText, type Kind } from "./kind.ts";
import { daysSince1970, Moment } from "./moment.ts";
import { readGroupedNumber, readNumber, readNumberWithComma } from "./number.ts";
import { withRoom } from "./room.ts";

/** Puts fields of one kind into an Arrow buffer, which is used again for the next fields. */
export interface ValueWriter {
  readonly type: DataType;
  /** What a field should be, in words. */
  readonly expected: string;
  /** Makes room for that many values. */
  readonly reserve: (length: number) => void;
  /** Writes the value of a field at `row`; false where the field is not of the kind. */
  readonly write: (row: number, bytes: Uint8Array, start: number, end: number) => boolean;
  /** The first values that were written. They last until one of them is written over. */
  readonly values: (length: number) => ArrayBufferView;
}

/** A writer for values of that kind. */
export function valueWriter(kind: Exclude<Kind, "text">): ValueWriter {
  switch (kind) {
    case "boolean":
      return booleans();
    case "integer":
      return integers(readNumber, "a whole number");
    case "integer-grouped":
      return integers(readGroupedNumber, "a whole number such as 1,234");
    case "integer-decimal-comma":
      return integers(readNumberWithComma, "a whole number such as 1.234");
    case "double":
      return doubles(readNumber, "a number");
    case "double-grouped":
      return doubles(readGroupedNumber, "a number such as 1,234.5");
    case "double-decimal-comma":
      return doubles(readNumberWithComma, "a number such as 1.234,5");
    case "date":
      return dates(yearFirst, "a date such as 2024-12-31");
    case "date-day-first":
      return dates(dayFirst, "a date such as 31/12/2024");
    case "date-month-first":
      return dates(monthFirst, "a date such as 12/31/2024");
    case "date-compact":
      return compactDates();
    case "timestamp":
      return timestamps(yearFirst, "a time such as 2024-12-31 23:59");
    case "timestamp-day-first":
      return timestamps(dayFirst, "a time such as 31/12/2024 23:59");
    case "timestamp-month-first":
      return timestamps(monthFirst, "a time such as 12/31/2024 23:59");
    case "timestamp-seconds":
      return epochs(1e6, "seconds since 1970");
    case "timestamp-milliseconds":
      return epochs(1e3, "milliseconds since 1970");
    default:
      return kind satisfies never;
  }
}

type ReadNumber = (bytes: Uint8Array, start: number, end: number) => number;

function booleans(): ValueWriter {
  let values = new Uint8Array(0);
  return {
    type: bool(),
    reserve: (length) => (values = withRoom(values, (length + 7) >> 3)),
    values: (length) => values.subarray(0, (length + 7) >> 3),
    expected: "true or false",
    write(row, bytes, start, end) {
      const text = asciiText(bytes, start, end).toLowerCase();
      const isTrue = text === "true" || text === "1";
      if (isTrue) values[row >> 3]! |= 1 << (row & 7);
      else values[row >> 3]! &= ~(1 << (row & 7));
      return isTrue || text === "false" || text === "0";
    },
  };
}

function integers(read: ReadNumber, expected: string): ValueWriter {
  let words = new Int32Array(0);
  return {
    type: int64(),
    reserve: (length) => (words = withRoom(words, 2 * length)),
    values: (length) => new BigInt64Array(words.buffer, 0, length),
    expected,
    write(row, bytes, start, end) {
      const number = read(bytes, start, end);
      if (!Number.isSafeInteger(number)) return false;
      setInt64(words, row, number);
      return true;
    },
  };
}

function doubles(read: ReadNumber, expected: string): ValueWriter {
  let values = new Float64Array(0);
  return {
    type: float64(),
    reserve: (length) => (values = withRoom(values, length)),
    values: (length) => values.subarray(0, length),
    expected,
    write(row, bytes, start, end) {
      const number = read(bytes, start, end);
      values[row] = number;
      return !Number.isNaN(number);
    },
  };
}

/** The day of a moment that was read, in days since 1970; null where there is no such day. */
type ReadDay = (moment: Moment) => number | null;

const yearFirst: ReadDay = ({ a, b, c, yearFirst }) => (yearFirst ? daysSince1970(a, b, c) : null);
const dayFirst: ReadDay = ({ a, b, c, yearFirst }) => (yearFirst ? null : daysSince1970(c, b, a));
const monthFirst: ReadDay = ({ a, b, c, yearFirst }) => (yearFirst ? null : daysSince1970(c, a, b));

function dates(dayOf: ReadDay, expected: string): ValueWriter {
  const moment = new Moment();
  return days(expected, (bytes, start, end) =>
    moment.read(bytes, start, end) && !moment.hasTime ? dayOf(moment) : null,
  );
}

function compactDates(): ValueWriter {
  return days("a date such as 20241231", (bytes, start, end) => {
    const digits = end - start === 8 ? readNumber(bytes, start, end) : NaN;
    if (!Number.isInteger(digits)) return null;
    return daysSince1970(Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100);
  });
}

function days(
  expected: string,
  read: (bytes: Uint8Array, start: number, end: number) => number | null,
): ValueWriter {
  let values = new Int32Array(0);
  return {
    type: dateDay(),
    expected,
    reserve: (length) => (values = withRoom(values, length)),
    values: (length) => values.subarray(0, length),
    write(row, bytes, start, end) {
      const day = read(bytes, start, end);
      values[row] = day ?? 0;
      return day !== null;
    },
  };
}

function timestamps(dayOf: ReadDay, expected: string): ValueWriter {
  const moment = new Moment();
  return microseconds(expected, (bytes, start, end) => {
    const day = moment.read(bytes, start, end) ? dayOf(moment) : null;
    return day === null ? NaN : day * 86_400_000_000 + moment.time - moment.offset * 60_000_000;
  });
}

function epochs(scale: number, expected: string): ValueWriter {
  return microseconds(expected, (bytes, start, end) => Math.round(readNumber(bytes, start, end) * scale));
}

/** Farther than this from 1970, no date holds a time: the figure is in another unit. */
const mostMicroseconds = 8.64e18;

function microseconds(expected: string, read: ReadNumber): ValueWriter {
  let words = new Int32Array(0);
  return {
    type: timestamp(TimeUnit.MICROSECOND),
    expected,
    reserve: (length) => (words = withRoom(words, 2 * length)),
    values: (length) => new BigInt64Array(words.buffer, 0, length),
    write(row, bytes, start, end) {
      const time = read(bytes, start, end);
      if (!(Math.abs(time) <= mostMicroseconds)) return false;
      setInt64(words, row, time);
      return true;
    },
  };
}

/** Writes a whole number as two words, the low one first. */
function setInt64(words: Int32Array, row: number, value: number): void {
  const low = value | 0;
  if (low === value) {
    words[2 * row] = low;
    words[2 * row + 1] = low >> 31;
    return;
  }
  const high = Math.floor(value / 4294967296);
  words[2 * row] = value - high * 4294967296;
  words[2 * row + 1] = high;
}
