import { LazyColumn, NumberColumn, type Column } from "../src/data/column.ts";

/** A column of words, each row the place of its word in `words`. */
export function wordColumn(places: ArrayLike<number>, words: readonly string[]): Column {
  return new LazyColumn<string>("string", places.length, 0, (i) => words[places[i]!]!);
}

/** A column of moments in milliseconds since 1970; NaN is missing. */
export function momentColumn(milliseconds: Float64Array): Column {
  const missing = milliseconds.reduce((count, at) => count + (Number.isNaN(at) ? 1 : 0), 0);
  return new LazyColumn<Date>("date", milliseconds.length, missing, (i) =>
    Number.isNaN(milliseconds[i]) ? null : new Date(milliseconds[i]!),
  );
}

/** A column of truth values, 1 or 0. */
export function flagColumn(flags: Uint8Array): Column {
  return new LazyColumn<boolean>("boolean", flags.length, 0, (i) => flags[i] === 1);
}

/** A column of the whole numbers 1 … n. */
export function countColumn(n: number): Column {
  return new NumberColumn(Float64Array.from({ length: n }, (_, i) => i + 1));
}
