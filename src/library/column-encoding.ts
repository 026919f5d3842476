import type { Column, Value } from "../data/column.ts";
import { compareLabels, describe } from "./inputs.ts";

type Level = string | number | boolean | null;

/** How one column becomes numbers: standardised, or one 0/1 column a level. */
export type Encoding =
  | { readonly kind: "number"; readonly name: string; readonly mean: number; readonly scale: number }
  | { readonly kind: "levels"; readonly name: string; readonly levels: readonly Level[] };

/** How many numbers an encoded value takes. */
export function widthOf(encoding: Encoding): number {
  return encoding.kind === "number" ? 1 : encoding.levels.length;
}

/** The encoding of a column: of numbers, unless `categorical`, by mean and sd; of the rest by sorted levels, missing last. Dates and nested values are a TypeError. */
export function learnEncoding(name: string, column: Column, categorical: boolean): Encoding {
  if (column.type === "date" || column.type === "other")
    throw new TypeError(
      `column "${name}": expected numbers, text or booleans, got ${describe(firstValue(column))}; ` +
        `turn it into a number first${column.type === "date" ? ", such as days since a fixed day" : ""}, or drop it`,
    );
  return column.type === "number" && !categorical ? learnScale(name, column) : learnLevels(name, column);
}

/** Writes the encoded column into `into` (rows of `width` numbers) from place `at` of each row on. */
export function encode(
  encoding: Encoding,
  column: Column,
  into: Float64Array,
  at: number,
  width: number,
): void {
  switch (encoding.kind) {
    case "number": {
      for (let i = 0; i < column.length; i++) {
        const value = numberAt(encoding.name, column, i);
        into[i * width + at] = value === null ? 0 : (value - encoding.mean) / encoding.scale;
      }
      return;
    }
    case "levels": {
      const places = new Map(encoding.levels.map((level, place) => [level, place]));
      const type = typeof encoding.levels.find((level) => level !== null);
      for (let i = 0; i < column.length; i++) {
        const level = levelAt(column, i);
        if (level !== null && typeof level !== type && type !== "undefined")
          throw new TypeError(
            `column "${encoding.name}": expected values of type ${type}, as in fit, got ${describe(level)} in row ${i}`,
          );
        const place = places.get(level);
        if (place !== undefined) into[i * width + at + place] = 1;
      }
      return;
    }
    default:
      encoding satisfies never;
  }
}

function learnScale(name: string, column: Column): Encoding {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < column.length; i++) {
    const value = numberAt(name, column, i);
    if (value === null) continue;
    sum += value;
    known++;
  }
  const mean = known ? sum / known : 0;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < column.length; i++) {
    const value = numberAt(name, column, i);
    if (value === null) continue;
    squares += (value - mean) ** 2;
    rest += value - mean;
  }
  const variance = (squares - (known ? rest ** 2 / known : 0)) / column.length;
  // Spread that is only rounding of the mean counts as none, as in scikit-learn.
  const rounding = column.length * Number.EPSILON;
  const constant = variance <= rounding * variance + (rounding * mean) ** 2;
  return { kind: "number", name, mean, scale: constant ? 1 : Math.sqrt(variance) };
}

function learnLevels(name: string, column: Column): Encoding {
  const seen = new Set<Level>();
  for (let i = 0; i < column.length; i++) seen.add(levelAt(column, i));
  const missing = seen.delete(null);
  const levels: Level[] = [...(seen as Set<string | number | boolean>)].sort(compareLabels);
  return { kind: "levels", name, levels: missing ? [...levels, null] : levels };
}

/** The number in row i, null where it is missing or NaN. */
function numberAt(name: string, column: Column, i: number): number | null {
  const value = column.at(i);
  if (value === null || Number.isNaN(value)) return null;
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new TypeError(`column "${name}": expected numbers, got ${describe(value)} in row ${i}`);
  return value;
}

function levelAt(column: Column, i: number): Level {
  const value = column.at(i) as Level;
  return Number.isNaN(value) ? null : value;
}

function firstValue(column: Column): Value {
  for (const value of column) if (value !== null) return value;
  return null;
}
