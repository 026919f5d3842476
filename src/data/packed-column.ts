import { LazyColumn, NumberColumn, type Column } from "./column.ts";

/** A column of words, each row the place of its word in `words`: what a text of few different values takes least room as. */
export class WordColumn extends LazyColumn<string> {
  constructor(
    readonly places: Uint8Array | Uint16Array | Int32Array,
    readonly words: readonly string[],
  ) {
    super("string", places.length, 0, (i) => words[places[i]!]!);
  }
}

/** A column of moments in milliseconds since 1970, with a fraction where microseconds are known; NaN is missing. */
export class MomentColumn extends LazyColumn<Date> {
  constructor(readonly milliseconds: Float64Array) {
    super("date", milliseconds.length, countNaN(milliseconds), (i) =>
      Number.isNaN(milliseconds[i]) ? null : new Date(milliseconds[i]!),
    );
  }
}

/** Rows `from` to `to` of a column; typed arrays are shared, not copied. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  if (column instanceof NumberColumn)
    return new NumberColumn(column.values.subarray(from, to), column.valid?.subarray(from, to) ?? null);
  if (column instanceof WordColumn) return new WordColumn(column.places.subarray(from, to), column.words);
  if (column instanceof MomentColumn) return new MomentColumn(column.milliseconds.subarray(from, to));
  let missing = 0;
  for (let i = from; i < to; i++) if (column.at(i) === null) missing++;
  return new LazyColumn(column.type, to - from, missing, (i) => column.at(from + i));
}

function countNaN(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}
