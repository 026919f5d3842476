import { batchType, Column as ArrowColumn, utf8, type DataType } from "@uwdata/flechette";
import { fieldText, findField, noField } from "./field.ts";
import { asciiText, missingWords, type Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";
import { roomFor } from "./room.ts";
import { valueWriter, type ValueWriter } from "./value-writer.ts";

/** A value that is not of its column's kind, and is missing now. */
export interface Rejected {
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
  readonly value: string;
  readonly reason: string;
}

type BatchType = new (fields: object) => ArrowColumn<unknown>["data"][number];

/** Makes Arrow columns of one column of rows, one piece of a file after the other. Each lasts until the next is made. */
export class ArrowFields {
  readonly #writer: ValueWriter | null;
  readonly #Batch: BatchType;
  readonly #type: DataType;
  #validity = new Uint8Array(0);
  #offsets = new Int32Array(0);
  #text = new Uint8Array(0);

  /** Values that are not of that kind are missing, and given to `reject`: there are none where the kind was inferred. */
  constructor(
    private readonly index: number,
    kind: Kind,
    private readonly reject: (rejected: Rejected) => void,
  ) {
    this.#writer = kind === "text" ? null : valueWriter(kind);
    this.#type = this.#writer?.type ?? utf8();
    this.#Batch = batchType(this.#type, {}) as BatchType;
  }

  /** The column in the rows from row `from` on. */
  column(rows: Rows, from: number): ArrowColumn<unknown> {
    const length = rows.count - from;
    this.#validity = roomFor(this.#validity, (length + 7) >> 3);
    this.#validity.fill(0);
    const { present, ...buffers } = this.#writer
      ? this.#values(rows, from, this.#writer)
      : this.#texts(rows, from);
    const validity = this.#validity.subarray(0, (length + 7) >> 3);
    const fields = { length, nullCount: length - present, type: this.#type, validity, ...buffers };
    return new ArrowColumn([new this.#Batch(fields)], this.#type);
  }

  #texts(
    rows: Rows,
    from: number,
  ): { readonly values: Uint8Array; readonly offsets: Int32Array; readonly present: number } {
    const { bytes, count } = rows;
    const index = this.index;
    const validity = this.#validity;
    const offsets = (this.#offsets = roomFor(this.#offsets, count - from + 1));
    const field = noField();
    let size = 0;
    for (let row = from; row < count; row++)
      if (findField(rows, row, index, field)) size += field.end - field.start;
    const text = (this.#text = roomFor(this.#text, size));
    let at = 0;
    let present = 0;
    offsets[0] = 0;
    for (let row = from, to = 0; row < count; row++, to++) {
      if (findField(rows, row, index, field)) {
        validity[to >> 3]! |= 1 << (to & 7);
        present++;
        for (let i = field.start; i < field.end; i++) {
          const byte = bytes[i]!;
          text[at++] = byte;
          if (byte === 34 && field.escaped) i++;
        }
      }
      offsets[to + 1] = at;
    }
    return { values: text.subarray(0, at), offsets: offsets.subarray(0, count - from + 1), present };
  }

  #values(
    rows: Rows,
    from: number,
    writer: ValueWriter,
  ): { readonly values: ArrayBufferView; readonly present: number } {
    const { bytes, count } = rows;
    const index = this.index;
    const validity = this.#validity;
    const values = writer.room(count - from);
    const field = noField();
    let present = 0;
    for (let row = from, to = 0; row < count; row++, to++) {
      if (!findField(rows, row, index, field)) continue;
      if (writer.write(to, bytes, field.from, field.to)) {
        validity[to >> 3]! |= 1 << (to & 7);
        present++;
      } else if (!missingWords.has(asciiText(bytes, field.from, field.to)))
        this.reject({
          line: rows.line[row]!,
          column: index,
          value: fieldText(rows, field),
          reason: `expected ${writer.expected}`,
        });
    }
    return { values, present };
  }
}
