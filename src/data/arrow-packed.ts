import {
  batchType,
  Column as ArrowColumn,
  timestamp,
  TimeUnit,
  utf8,
  type DataType,
} from "@uwdata/flechette";
import type { MomentColumn, WordColumn } from "./packed-column.ts";

type Batch = ArrowColumn<unknown>["data"][number];

/** The words as Arrow text, copied as bytes: no string is made for a row. */
export function wordsToArrow({ places, words, length }: WordColumn): ArrowColumn<unknown> {
  const encoded = words.map((word) => new TextEncoder().encode(word));
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) offsets[i + 1] = offsets[i]! + encoded[places[i]!]!.length;
  const values = new Uint8Array(offsets[length]!);
  for (let i = 0; i < length; i++) {
    const word = encoded[places[i]!]!;
    let at = offsets[i]!;
    for (let k = 0; k < word.length; k++) values[at++] = word[k]!;
  }
  return column(utf8(), { length, nullCount: 0, validity: new Uint8Array(0), offsets, values });
}

/** The moments as Arrow timestamps in microseconds, written as two words each. */
export function momentsToArrow({ milliseconds, length, nullCount }: MomentColumn): ArrowColumn<unknown> {
  const values = new BigInt64Array(length);
  const words = new Uint32Array(values.buffer);
  const validity = new Uint8Array(nullCount ? Math.ceil(length / 8) : 0);
  for (let i = 0; i < length; i++) {
    const at = Math.round(milliseconds[i]! * 1000);
    if (Number.isNaN(at)) continue;
    if (nullCount) validity[i >> 3]! |= 1 << (i & 7);
    const high = Math.floor(at / 4294967296);
    words[2 * i] = at - high * 4294967296;
    words[2 * i + 1] = high;
  }
  return column(timestamp(TimeUnit.MICROSECOND), { length, nullCount, validity, values });
}

interface Fields {
  readonly length: number;
  readonly nullCount: number;
  readonly validity: Uint8Array;
  readonly offsets?: Int32Array;
  readonly values: Uint8Array | BigInt64Array;
}

function column(type: DataType, fields: Fields): ArrowColumn<unknown> {
  if (!fields.length) return new ArrowColumn([], type);
  const Kind = batchType(type, {}) as new (fields: object) => Batch;
  return new ArrowColumn([new Kind({ type, ...fields })], type);
}
