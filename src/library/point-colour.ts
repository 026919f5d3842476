import { nthSmallest } from "../core/nth-smallest.ts";
import { cut } from "../specs/packed-text.ts";
import type { PointCategories, PointValues } from "../specs/embedding.ts";
import type { Label } from "./estimator.ts";
import { compareLabels, describe } from "./inputs.ts";

const mostCategories = 65_535;
const mostLabels = 20;
const longestWord = 80;

/** Categories of the values, in the order of `compareLabels`; null, undefined and NaN are missing. Values of mixed types are a TypeError that names value and row. */
export function categoriesOf(values: ArrayLike<unknown>, what: string): PointCategories {
  const seen = new Map<Label, number>();
  const found = new Int32Array(values.length).fill(-1);
  let first: unknown;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (isMissing(value)) continue;
    first ??= value;
    if (!isLabel(value) || typeof value !== typeof first)
      throw new TypeError(
        `${what}: expected ${isLabel(first) ? `values of type ${typeof first}` : "text, numbers or booleans"}, got ${describe(value)} in row ${row}`,
      );
    const known = seen.get(value);
    found[row] = known ?? seen.size;
    if (known === undefined) seen.set(value, seen.size);
  }
  if (seen.size > mostCategories)
    throw new RangeError(`${what}: expected at most ${mostCategories} categories, got ${seen.size}`);
  const words = [...seen.keys()].sort(compareLabels);
  const places = new Int32Array(words.length);
  for (const [code, word] of words.entries()) places[seen.get(word)!] = code;
  const codes = words.length < 256 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = places[found[row]!] ?? words.length;
  return { by: "category", codes, words: words.map((word) => cut(String(word), longestWord)) };
}

/** The values as numbers on a scale from the least to the greatest, or from the 1st to the 99th percentile where the rest would stretch it to more than twice that. Other values are a TypeError that names value and row. */
export function valuesOf(values: ArrayLike<unknown>, what: string): PointValues {
  const numbers = new Float32Array(values.length).fill(NaN);
  const all = new Float32Array(values.length);
  let [count, least, greatest] = [0, Infinity, -Infinity];
  for (let row = 0; row < numbers.length; row++) {
    const value = values[row];
    if (isMissing(value)) continue;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw new TypeError(`${what}: expected numbers, got ${describe(value)} in row ${row}`);
    numbers[row] = value;
    const single = numbers[row]!;
    all[count++] = single;
    if (single < least) least = single;
    if (single > greatest) greatest = single;
  }
  if (count === 0) throw new RangeError(`${what}: expected at least one number, got none`);
  const known = all.subarray(0, count);
  const quantile = (share: number): number => nthSmallest(known, Math.round(share * (count - 1)));
  const [low, high] = [quantile(0.01), quantile(0.99)];
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

/** Whether these look like labels that an estimator gives: few whole numbers, neither of a table's column nor of measurements, which are floats. */
export function isLabels(values: unknown): boolean {
  if (values instanceof Float64Array || values instanceof Float32Array) return false;
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) return false;
  const seen = new Set<unknown>();
  for (const value of values as ArrayLike<unknown> & Iterable<unknown>) {
    if (isMissing(value)) continue;
    if (!Number.isSafeInteger(value)) return false;
    seen.add(value);
    if (seen.size > mostLabels) return false;
  }
  return seen.size > 0;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function isLabel(value: unknown): value is Label {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
