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
  const bytes = rows.bytes;
  const mark = rows.span[2 * at + 1]!;
  let from = rows.span[2 * at]!;
  let to = mark < 0 ? ~mark : mark;
  field.start = from;
  field.end = to;
  field.escaped = mark < 0;
  while (from < to && isBlank(bytes[from]!)) from++;
  while (to > from && isBlank(bytes[to - 1]!)) to--;
  field.from = from;
  field.to = to;
  return from < to;
}

/** The text of a field that was found, as it stands. */
export function fieldText({ bytes }: Rows, { start, end, escaped }: Field): string {
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  return escaped ? text.replaceAll('""', '"') : text;
}

/** The text of a row, as it stands. */
export function rowText({ bytes, first, span }: Rows, row: number): string {
  const end = span[2 * first[row + 1]! - 1]!;
  let from = span[2 * first[row]!]!;
  let to = end < 0 ? ~end : end;
  // The quotation marks around a field are no part of it.
  if (bytes[from - 1] === 34) from--;
  if (bytes[to] === 34) to++;
  return new TextDecoder().decode(bytes.subarray(from, to));
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9;
}
