/** A browser draws nothing taller than 33 million pixels: more rows than these are shown by windows of so many. */
export const windowRows = 100_000;

/** The rows that are shown of all there are: how many stand before the first, and how many they are. */
export interface RowWindow {
  readonly start: number;
  readonly shown: number;
}

/** The window from a row on; `count` is null where nobody knows yet how many rows there are. */
export function rowWindow(from: number, count: number | null): RowWindow {
  const start = Math.min(from, Math.max((count ?? Infinity) - 1, 0));
  return { start, shown: Math.min(windowRows, (count ?? Infinity) - start) };
}
