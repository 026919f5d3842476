/** How many enter, are at risk and leave at each time. All arrays have one length, one entry a time. */
export interface LifeTable {
  /** The distinct times of entry and of leaving, ascending, the first one 0. */
  readonly time: Float64Array;
  /** Rows that enter at each time. */
  readonly entrance: Float64Array;
  /** Rows at risk just before each time: entered earlier (at time 0: then) and not yet left. */
  readonly atRisk: Float64Array;
  /** Events at each time. */
  readonly observed: Float64Array;
  /** Rows that leave at each time without an event. */
  readonly censored: Float64Array;
}

/** The life table of n rows: when each leaves (≥ 0), whether by the event (1) or not (0), and when each enters. */
export function lifeTable(durations: Float64Array, events: Float64Array, entry: Float64Array): LifeTable {
  const time = Float64Array.from(new Set([0, ...durations, ...entry])).sort();
  const places = new Map(Array.from(time, (t, place) => [t, place]));
  const count = () => new Float64Array(time.length);
  const table = { time, entrance: count(), atRisk: count(), observed: count(), censored: count() };
  for (const [i, duration] of durations.entries()) {
    table.entrance[places.get(entry[i]!)!]!++;
    (events[i] ? table.observed : table.censored)[places.get(duration)!]!++;
  }
  let inside = table.entrance[0]!;
  for (let i = 0; i < time.length; i++) {
    table.atRisk[i] = inside;
    inside += (i > 0 ? table.entrance[i]! : 0) - table.observed[i]! - table.censored[i]!;
  }
  return table;
}
