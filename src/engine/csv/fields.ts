import { batchType, Column as ArrowColumn, utf8, type DataType } from "@uwdata/flechette";
import { fieldText, findField, noField } from "./field.ts";
import { asciiText, missingWords, type Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";
import { valueWriter } from "./value-writer.ts";

/** A value that is not of its column's kind, and is missing now. */
export interface Rejected {
  readonly line: number;
  /** Counted from 0. */
  readonly column: number;
  readonly value: string;
  readonly reason: string;
}

/** Column `index` of the rows as Arrow. Values that are not of that kind are missing, and given to `reject`: none where it was inferred. */
export function arrowFields(
  rows: Rows,
  index: number,
  kind: Kind,
  reject: (rejected: Rejected) => void = () => undefined,
): ArrowColumn<unknown> {
  const { count } = rows;
  const validity = new Uint8Array((count + 7) >> 3);
  const filled =
    kind === "text" ? fillText(rows, index, validity) : fillValues(rows, index, kind, validity, reject);
  const { type, present, ...buffers } = filled;
  const Batch = batchType(type, {}) as new (fields: object) => ArrowColumn<unknown>["data"][number];
  return new ArrowColumn(
    [new Batch({ length: count, nullCount: count - present, type, validity, ...buffers })],
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
      const { start, end, escaped } = field;
      if (!escaped) for (let i = start; i < end; i++) values[at++] = bytes[i]!;
      else
        for (let i = start; i < end; i++) {
          values[at++] = bytes[i]!;
          if (bytes[i] === 34) i++;
        }
    }
    offsets[row + 1] = at;
  }
  return { type: utf8(), values: values.subarray(0, at), offsets, present };
}

function fillValues(
  rows: Rows,
  index: number,
  kind: Exclude<Kind, "text">,
  validity: Uint8Array,
  reject: (rejected: Rejected) => void,
): Filled {
  const { bytes, count } = rows;
  const { type, values, write, expected } = valueWriter(kind, count);
  const field = noField();
  let present = 0;
  for (let row = 0; row < count; row++) {
    if (!findField(rows, row, index, field)) continue;
    if (write(row, bytes, field.from, field.to)) {
      validity[row >> 3]! |= 1 << (row & 7);
      present++;
    } else if (!missingWords.has(asciiText(bytes, field.from, field.to)))
      reject({
        line: rows.line[row]!,
        column: index,
        value: fieldText(rows, field),
        reason: `expected ${expected}`,
      });
  }
  return { type, values, present };
}
