import { batchType, Column as ArrowColumn, utf8, type DataType } from "@uwdata/flechette";
import { fieldText, findField, noField, type Field } from "./field.ts";
import { asciiText, missingWords, type Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";
import { withRoom } from "./room.ts";
import { valueWriter, type ValueWriter } from "./value-writer.ts";

/** A value that is not of its column's kind, and is missing now; or a whole row that is not in the table. */
export interface Rejected {
  readonly line: number;
  /** Counted from 0; null for a row. */
  readonly column: number | null;
  readonly value: string;
  readonly reason: string;
}

type BatchType = new (fields: object) => ArrowColumn<unknown>["data"][number];

/** Collects the fields of one column for Arrow, in memory that is used again. */
export class ArrowFields {
  readonly #writer: ValueWriter | null;
  readonly #type: DataType;
  readonly #Batch: BatchType;
  #length = 0;
  #present = 0;
  #validity = new Uint8Array(0);
  // Texts, one after the other, and where each ends.
  #text = new Uint8Array(0);
  #offsets = new Int32Array(1);

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

  /** Adds the column's fields in the rows `from` to `to − 1`. */
  add(rows: Rows, from: number, to: number): void {
    const length = this.#length + to - from;
    this.#validity = withRoom(this.#validity, (length + 7) >> 3);
    if (this.#writer) this.#addValues(this.#writer, rows, from, to);
    else this.#addTexts(rows, from, to);
    this.#length = length;
  }

  /** What was added since the last call, as an Arrow column. It lasts until more is added. */
  take(): ArrowColumn<unknown> {
    const length = this.#length;
    const validity = this.#validity.subarray(0, (length + 7) >> 3);
    const buffers = this.#writer
      ? { values: this.#writer.values(length) }
      : {
          offsets: this.#offsets.subarray(0, length + 1),
          values: this.#text.subarray(0, this.#offsets[length]),
        };
    const fields = { length, nullCount: length - this.#present, type: this.#type, validity, ...buffers };
    this.#length = this.#present = 0;
    return new ArrowColumn([new this.#Batch(fields)], this.#type);
  }

  #addTexts(rows: Rows, from: number, to: number): void {
    const { bytes } = rows;
    const validity = this.#validity;
    const offsets = (this.#offsets = withRoom(this.#offsets, this.#length + to - from + 1));
    const field = noField();
    let text = this.#text;
    let end = offsets[this.#length]!;
    let at = this.#length;
    for (let row = from; row < to; row++, at++) {
      const present = findField(rows, row, this.index, field);
      if (present) {
        const needed = end + field.end - field.start;
        if (needed > text.length) text = withRoom(text, needed);
        if (field.escaped) end = copyUnescaped(bytes, field, text, end);
        else for (let i = field.start; i < field.end; i++) text[end++] = bytes[i]!;
      }
      offsets[at + 1] = end;
      this.#mark(validity, at, present);
    }
    this.#text = text;
  }

  #addValues(writer: ValueWriter, rows: Rows, from: number, to: number): void {
    const { bytes } = rows;
    const validity = this.#validity;
    writer.reserve(this.#length + to - from);
    const field = noField();
    let at = this.#length;
    for (let row = from; row < to; row++, at++) {
      const found = findField(rows, row, this.index, field);
      const present = found && writer.write(at, bytes, field.from, field.to);
      this.#mark(validity, at, present);
      if (present || !found || missingWords.has(asciiText(bytes, field.from, field.to))) continue;
      this.reject({
        line: rows.line[row]!,
        column: this.index,
        value: fieldText(rows, field),
        reason: `expected ${writer.expected}`,
      });
    }
  }

  #mark(validity: Uint8Array, at: number, present: boolean): void {
    if (present) {
      validity[at >> 3]! |= 1 << (at & 7);
      this.#present++;
    } else validity[at >> 3]! &= ~(1 << (at & 7));
  }
}

/** Copies a field with `"` for each `""` in it to `text` at `at`; gives where it ends there. */
function copyUnescaped(bytes: Uint8Array, { start, end }: Field, text: Uint8Array, at: number): number {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    text[at++] = byte;
    if (byte === 34) i++;
  }
  return at;
}
