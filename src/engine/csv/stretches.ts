import { findField, noField } from "./field.ts";
import type { Rows } from "./rows.ts";

/** The rows `from` to `to − 1`: either all of them have more than the header has columns for, or none. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly long: boolean;
}

/** Rows from row `from` on, parted where long ones begin and end. `width` is how many columns the header has. */
export function* stretches(rows: Rows, from: number, width: number): Generator<Stretch> {
  let start = from;
  let long = false;
  for (let row = from; row < rows.count; row++) {
    const isLong = rows.first[row + 1]! - rows.first[row]! > width && filledWidth(rows, row, width) > width;
    if (isLong === long) continue;
    if (row > start) yield { from: start, to: row, long };
    start = row;
    long = isLong;
  }
  if (rows.count > start) yield { from: start, to: rows.count, long };
}

/** The width of a row, blank fields beyond the header's width left out: a comma at the end of a line adds nothing. */
export function filledWidth(rows: Rows, row: number, width: number): number {
  const field = noField();
  let last = rows.first[row + 1]! - rows.first[row]!;
  while (last > width && !findField(rows, row, last - 1, field)) last--;
  return last;
}
