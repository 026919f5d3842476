import {
  batchType,
  bool,
  Column as ArrowColumn,
  dateDay,
  float64,
  int64,
  timestamp,
  TimeUnit,
  utf8,
  type DataType,
} from "@uwdata/flechette";
import { asciiText, missingWords, type Kind } from "./kind.ts";
import { daysSince1970, readMoment } from "./moment.ts";
import type { Rows } from "./rows.ts";

/** The bytes of one field: as it stands, and from `from` to `to` without the blanks around it; `escaped` where `""` in it stands for `"`. */
export interface Field {
  start: number;
  end: number;
  from: number;
  to: number;
  escaped: boolean;
}

/** A field yet to be found. */
export function noField(): Field {
  return { start: 0, end: 0, from: 0, to: 0, escaped: false };
}

/** Finds field `index` of row `row` and fills it in; false where the row has none or it is blank. */
export function findField(rows: Rows, row: number, index: number, field: Field): boolean {
  const at = rows.first[row]! + index;
  if (at >= rows.first[row + 1]!) return false;
  const mark = rows.span[2 * at + 1]!;
  let from = rows.span[2 * at]!;
  let to = mark < 0 ? ~mark : mark;
  field.start = from;
  field.end = to;
  while (from < to && isBlank(rows.bytes[from]!)) from++;
  while (to > from && isBlank(rows.bytes[to - 1]!)) to--;
  field.from = from;
  field.to = to;
  field.escaped = mark < 0;
  return from < to;
}

/** Column `index` of the rows as Arrow, every field of it of that kind. */
export function arrowFields(rows: Rows, index: number, kind: Kind): ArrowColumn<unknown> {
  const length = rows.count;
  const validity = new Uint8Array((length + 7) >> 3);
  const filled = kind === "text" ? fillText(rows, index, validity) : fillValues(rows, index, kind, validity);
  const { type, present, ...buffers } = filled;
  const Batch = batchType(type, {}) as new (fields: object) => ArrowColumn<unknown>["data"][number];
  return new ArrowColumn(
    [new Batch({ length, nullCount: length - present, type, validity, ...buffers })],
    type,
  );
}

interface Filled {
  readonly type: DataType;
  readonly values: ArrayBufferView;
  readonly offsets?: Int32Array;
  readonly present: number;
}

function fillText(rows: Rows, index: number, validity: Uint8Array): Filled {
  const { bytes, count } = rows;
  const field = noField();
  let size = 0;
  for (let row = 0; row < count; row++)
    if (findField(rows, row, index, field)) size += field.end - field.start;
  const offsets = new Int32Array(count + 1);
  const values = new Uint8Array(size);
  let at = 0;
  let present = 0;
  for (let row = 0; row < count; row++) {
    if (findField(rows, row, index, field)) {
      validity[row >> 3]! |= 1 << (row & 7);
      present++;
      for (let i = field.start; i < field.end; i++) {
        values[at++] = bytes[i]!;
        if (field.escaped && bytes[i] === 34) i++;
      }
    }
    offsets[row + 1] = at;
  }
  return { type: utf8(), values: values.subarray(0, at), offsets, present };
}

function fillValues(rows: Rows, index: number, kind: Exclude<Kind, "text">, validity: Uint8Array): Filled {
  const { bytes, count } = rows;
  const { type, values, set } = writer(kind, count);
  const field = noField();
  let present = 0;
  for (let row = 0; row < count; row++) {
    if (!findField(rows, row, index, field)) continue;
    const { from: start, to: end } = field;
    // Only words for a missing value have a letter first, but for truth values.
    if (bytes[start]! > 57 || bytes[start] === 35) {
      const text = asciiText(bytes, start, end);
      if (missingWords.has(text)) continue;
    }
    validity[row >> 3]! |= 1 << (row & 7);
    present++;
    set(row, bytes, start, end);
  }
  return { type, values, present };
}

interface Writer {
  readonly type: DataType;
  readonly values: ArrayBufferView;
  readonly set: (row: number, bytes: Uint8Array, start: number, end: number) => void;
}

function writer(kind: Exclude<Kind, "text">, count: number): Writer {
  switch (kind) {
    case "boolean": {
      const values = new Uint8Array((count + 7) >> 3);
      const set: Writer["set"] = (row, bytes, start) => {
        if (bytes[start] === 84 || bytes[start] === 116) values[row >> 3]! |= 1 << (row & 7);
      };
      return { type: bool(), values, set };
    }
    case "integer": {
      const words = new Int32Array(2 * count);
      const set: Writer["set"] = (row, bytes, start, end) => setInt64(words, row, number(bytes, start, end));
      return { type: int64(), values: new BigInt64Array(words.buffer), set };
    }
    case "double": {
      const values = new Float64Array(count);
      return {
        type: float64(),
        values,
        set: (row, bytes, start, end) => (values[row] = number(bytes, start, end)),
      };
    }
    case "date":
    case "date-day-first":
    case "date-month-first": {
      const values = new Int32Array(count);
      const set: Writer["set"] = (row, bytes, start, end) => {
        values[row] = days(readMoment(asciiText(bytes, start, end))!.parts, kind);
      };
      return { type: dateDay(), values, set };
    }
    case "timestamp":
    case "timestamp-day-first":
    case "timestamp-month-first": {
      const words = new Int32Array(2 * count);
      const set: Writer["set"] = (row, bytes, start, end) => {
        const { parts, time, offset } = readMoment(asciiText(bytes, start, end))!;
        setInt64(words, row, days(parts, kind) * 86_400_000_000 + (time ?? 0) - offset * 60_000_000);
      };
      return { type: timestamp(TimeUnit.MICROSECOND), values: new BigInt64Array(words.buffer), set };
    }
    default:
      return kind satisfies never;
  }
}

function days([a, b, c]: readonly [number, number, number], kind: Kind): number {
  if (kind.endsWith("day-first")) return daysSince1970(c, b, a)!;
  return (kind.endsWith("month-first") ? daysSince1970(c, a, b) : daysSince1970(a, b, c))!;
}

/** Writes a whole number within ±2^53 as two words, the low one first. */
function setInt64(words: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / 4294967296);
  words[2 * row] = value - high * 4294967296;
  words[2 * row + 1] = high;
}

const powersOfTen = Float64Array.from({ length: 16 }, (_, i) => Number(`1e${i}`));

/** The number a field is, to the nearest double. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0;
  let places = -1;
  let value = 0;
  for (let i = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 46 && places < 0) places = 0;
    else if (byte < 48 || byte > 57 || ++digits > 15) return Number(asciiText(bytes, start, end));
    else {
      value = value * 10 + (byte - 48);
      if (places >= 0) places++;
    }
  }
  // At most 15 digits over at most 10^15: both exact, so the division rounds once.
  if (places > 0) value /= powersOfTen[places]!;
  return bytes[start] === 45 ? -value : value;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}
