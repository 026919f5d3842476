import { bool, dateDay, float64, int64, timestamp, TimeUnit, type DataType } from "@uwdata/flechette";
import { asciiText, type Kind } from "./kind.ts";
import { daysSince1970, Moment } from "./moment.ts";
import { readGroupedNumber, readNumber, readNumberWithComma } from "./number.ts";

/** Puts fields of one kind into an Arrow buffer. */
export interface ValueWriter {
  readonly type: DataType;
  readonly values: ArrayBufferView;
  /** What a field should be, in words. */
  readonly expected: string;
  /** Writes the value of a field at `row`; false where the field is not of the kind. */
  readonly write: (row: number, bytes: Uint8Array, start: number, end: number) => boolean;
}

/** A writer for `count` values of that kind. */
export function valueWriter(kind: Exclude<Kind, "text">, count: number): ValueWriter {
  switch (kind) {
    case "boolean":
      return booleans(count);
    case "integer":
      return integers(count, readNumber, "a whole number");
    case "integer-grouped":
      return integers(count, readGroupedNumber, "a whole number such as 1,234");
    case "integer-decimal-comma":
      return integers(count, readNumberWithComma, "a whole number such as 1.234");
    case "double":
      return doubles(count, readNumber, "a number");
    case "double-grouped":
      return doubles(count, readGroupedNumber, "a number such as 1,234.5");
    case "double-decimal-comma":
      return doubles(count, readNumberWithComma, "a number such as 1.234,5");
    case "date":
      return dates(count, yearFirst, "a date such as 2024-12-31");
    case "date-day-first":
      return dates(count, dayFirst, "a date such as 31/12/2024");
    case "date-month-first":
      return dates(count, monthFirst, "a date such as 12/31/2024");
    case "date-compact":
      return compactDates(count);
    case "timestamp":
      return timestamps(count, yearFirst, "a time such as 2024-12-31 23:59");
    case "timestamp-day-first":
      return timestamps(count, dayFirst, "a time such as 31/12/2024 23:59");
    case "timestamp-month-first":
      return timestamps(count, monthFirst, "a time such as 12/31/2024 23:59");
    case "timestamp-seconds":
      return epochs(count, 1e6, "seconds since 1970");
    case "timestamp-milliseconds":
      return epochs(count, 1e3, "milliseconds since 1970");
    default:
      return kind satisfies never;
  }
}

type ReadNumber = (bytes: Uint8Array, start: number, end: number) => number;

function booleans(count: number): ValueWriter {
  const values = new Uint8Array((count + 7) >> 3);
  return {
    type: bool(),
    values,
    expected: "true or false",
    write(row, bytes, start, end) {
      const text = asciiText(bytes, start, end).toLowerCase();
      if (text === "true" || text === "1") values[row >> 3]! |= 1 << (row & 7);
      else return text === "false" || text === "0";
      return true;
    },
  };
}

function integers(count: number, read: ReadNumber, expected: string): ValueWriter {
  const words = new Int32Array(2 * count);
  return {
    type: int64(),
    values: new BigInt64Array(words.buffer),
    expected,
    write(row, bytes, start, end) {
      const number = read(bytes, start, end);
      if (!Number.isSafeInteger(number)) return false;
      setInt64(words, row, number);
      return true;
    },
  };
}

function doubles(count: number, read: ReadNumber, expected: string): ValueWriter {
  const values = new Float64Array(count);
  return {
    type: float64(),
    values,
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

function dates(count: number, dayOf: ReadDay, expected: string): ValueWriter {
  const values = new Int32Array(count);
  const moment = new Moment();
  return {
    type: dateDay(),
    values,
    expected,
    write(row, bytes, start, end) {
      const day = moment.read(bytes, start, end) && !moment.hasTime ? dayOf(moment) : null;
      values[row] = day ?? 0;
      return day !== null;
    },
  };
}

function compactDates(count: number): ValueWriter {
  const values = new Int32Array(count);
  return {
    type: dateDay(),
    values,
    expected: "a date such as 20241231",
    write(row, bytes, start, end) {
      const digits = end - start === 8 ? readNumber(bytes, start, end) : NaN;
      if (!Number.isInteger(digits)) return false;
      const day = daysSince1970(Math.floor(digits / 10_000), Math.floor(digits / 100) % 100, digits % 100);
      values[row] = day ?? 0;
      return day !== null;
    },
  };
}

function timestamps(count: number, dayOf: ReadDay, expected: string): ValueWriter {
  const { write: set, ...column } = microseconds(count, expected);
  const moment = new Moment();
  return {
    ...column,
    write(row, bytes, start, end) {
      const day = moment.read(bytes, start, end) ? dayOf(moment) : null;
      if (day === null) return false;
      set(row, day * 86_400_000_000 + moment.time - moment.offset * 60_000_000);
      return true;
    },
  };
}

function epochs(count: number, scale: number, expected: string): ValueWriter {
  const { write: set, ...column } = microseconds(count, expected);
  return {
    ...column,
    write(row, bytes, start, end) {
      const time = Math.round(readNumber(bytes, start, end) * scale);
      // Farther than this, a time is no date any more: the figure is in another unit.
      if (!(Math.abs(time) <= 8.64e18)) return false;
      set(row, time);
      return true;
    },
  };
}

function microseconds(
  count: number,
  expected: string,
): Omit<ValueWriter, "write"> & { write: (row: number, time: number) => void } {
  const words = new Int32Array(2 * count);
  return {
    type: timestamp(TimeUnit.MICROSECOND),
    values: new BigInt64Array(words.buffer),
    expected,
    write: (row, time) => setInt64(words, row, time),
  };
}

/** Writes a whole number as two words, the low one first. */
function setInt64(words: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / 4294967296);
  words[2 * row] = value - high * 4294967296;
  words[2 * row + 1] = high;
}
