import { LazyColumn, NumberColumn, type Column } from "../src/data/column.ts";

/** A column of truth values, 1 or 0. */
export function flagColumn(flags: Uint8Array): Column {
  return new LazyColumn<boolean>("boolean", flags.length, 0, (i) => flags[i] === 1);
}

/** A column of the whole numbers 1 … n. */
export function countColumn(n: number): NumberColumn {
  return new NumberColumn(Int32Array.from({ length: n }, (_, i) => i + 1));
}

/** A column of numbers of rows, counted from 1, of their places, counted from 0. */
export function idColumn(places: ArrayLike<number>): NumberColumn {
  return new NumberColumn(Int32Array.from(places, (place) => place + 1));
}
