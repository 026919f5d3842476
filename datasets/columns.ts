import { LazyColumn, NumberColumn, type Column } from "../src/data/column.ts";

/** A column of truth values, 1 or 0. */
export function flagColumn(flags: Uint8Array): Column {
  return new LazyColumn<boolean>("boolean", flags.length, 0, (i) => flags[i] === 1);
}

/** A column of the whole numbers 1 … n. */
export function countColumn(n: number): NumberColumn {
  const numbers = new Int32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i + 1;
  return new NumberColumn(numbers);
}

/** A column of numbers of rows, counted from 1, of their places, counted from 0. */
export function idColumn(places: ArrayLike<number>): NumberColumn {
  return new NumberColumn(idsOf(places));
}

/** The same where some have none: places below 0 are missing. */
export function optionalIdColumn(places: ArrayLike<number>): NumberColumn {
  const valid = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) valid[i] = places[i]! >= 0 ? 1 : 0;
  return new NumberColumn(idsOf(places), valid);
}

function idsOf(places: ArrayLike<number>): Int32Array {
  const ids = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) ids[i] = places[i]! + 1;
  return ids;
}
