/** What was done to a text: at `offset`, `removed` characters gave way to `text`. */
export interface Difference {
  readonly offset: number;
  readonly removed: number;
  readonly text: string;
}

/** The one replacement that turns `before` into `after`, or null where they are equal. */
export function difference(before: string, after: string): Difference | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same++;
  return {
    offset: start,
    removed: before.length - same - start,
    text: after.slice(start, after.length - same),
  };
}

/** Where line and column, counted from 1, stand in a text; past its end stands the end. */
export function offsetOf(text: string, line: number, column: number): number {
  let offset = 0;
  for (let passed = 1; passed < line; passed++) {
    const next = text.indexOf("\n", offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  return Math.min(offset + column - 1, text.length);
}
