/** Height of a row of a table, its head's too, in pixels. */
export const rowHeight = 26;
/** The lines above and below, or at both sides of, a table. */
const lines = 2;

/** What a table is to fit into, in pixels. */
export interface Fitting {
  readonly rows: number;
  /** How many rows are seen at once; Infinity fills the height there is. */
  readonly maxRows: number;
  /** What all columns take together. */
  readonly width: number;
  readonly room: { readonly width: number; readonly height: number };
  /** What a scrollbar takes; 0 where it floats over what it scrolls. */
  readonly bar: number;
}

/** The widest a table needs to be, and its height where it has one of its own: with room for each scrollbar that it has, and for no other. */
export function fit({ rows, maxRows, width, room, bar }: Fitting): {
  readonly width: number;
  readonly height: number | null;
} {
  const filling = maxRows === Infinity;
  const tall = (Math.min(rows, maxRows) + 1) * rowHeight + lines;
  const wide = width + lines;
  // A bar below takes height, and may so bring the bar at the side.
  const isLong = filling ? tall > room.height - (wide > room.width ? bar : 0) : rows > maxRows;
  const needed = wide + (isLong ? bar : 0);
  return { width: needed, height: filling ? null : tall + (needed > room.width ? bar : 0) };
}
