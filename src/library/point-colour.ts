import { cut } from "../specs/packed-text.ts";
import type { PointCategories, PointValues } from "../specs/embedding.ts";
import type { Label } from "./estimator.ts";
import { compareLabels, describe } from "./inputs.ts";

const mostCategories = 65_535;
const longestWord = 80;

/** Categories of the values, in the order of `compareLabels`; null, undefined and NaN are missing. Values of mixed types are a TypeError that names value and row. */
export function categoriesOf(values: ArrayLike<unknown>, what: string): PointCategories {
  const seen = new Map<Label, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (isMissing(value)) continue;
    const first = seen.keys().next().value ?? value;
    if (!isLabel(value) || typeof value !== typeof first)
      throw new TypeError(
        `${what}: expected ${isLabel(first) ? `values of type ${typeof first}` : "text, numbers or booleans"}, got ${describe(value)} in row ${row}`,
      );
    seen.set(value, 0);
  }
  if (seen.size > mostCategories)
    throw new RangeError(`${what}: expected at most ${mostCategories} categories, got ${seen.size}`);
  const words = [...seen.keys()].sort(compareLabels);
  for (const [code, word] of words.entries()) seen.set(word, code);
  const codes = words.length < 256 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = seen.get(values[row] as Label) ?? words.length;
  return { by: "category", codes, words: words.map((word) => cut(String(word), longestWord)) };
}

/** The values as numbers on a scale from the least to the greatest, or from the 1st to the 99th percentile where the rest would stretch it to more than twice that. Other values are a TypeError that names value and row. */
export function valuesOf(values: ArrayLike<unknown>, what: string): PointValues {
  const numbers = new Float32Array(values.length);
  for (let row = 0; row < numbers.length; row++) {
    const value = values[row];
    if (!isMissing(value) && (typeof value !== "number" || !Number.isFinite(value)))
      throw new TypeError(`${what}: expected numbers, got ${describe(value)} in row ${row}`);
    numbers[row] = isMissing(value) ? NaN : (value as number);
  }
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) throw new RangeError(`${what}: expected at least one number, got none`);
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const [least, low, high, greatest] = [0, 0.01, 0.99, 1].map(quantile) as [number, number, number, number];
  const stretched = high > low && greatest - least > 2 * (high - low);
  return {
    by: "value",
    values: numbers,
    ...(stretched ? { low, high } : { low: least, high: greatest }),
  };
}

/** Whether the first value that is not missing is a number. */
export function isNumeric(values: ArrayLike<unknown>): boolean {
  for (let row = 0; row < values.length; row++)
    if (values[row] !== null && values[row] !== undefined) return typeof values[row] === "number";
  return false;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function isLabel(value: unknown): value is Label {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
