import type { Numbers } from "./estimator.ts";
import { checkSameRows, toNumbers } from "./inputs.ts";

/** Durations as doubles; a negative one is a RangeError that names value and row. */
export function toDurations(durations: Numbers, what: string): Float64Array {
  const times = toNumbers(durations, what);
  const bad = times.findIndex((time) => time < 0);
  if (bad >= 0) throw new RangeError(`${what}: expected durations ≥ 0, got ${times[bad]} in row ${bad}`);
  if (times.length === 0) throw new RangeError(`${what}: expected at least one row, got 0`);
  return times;
}

/** For each of n rows 1 where the event was observed, else 0; null means all were. Other values are a RangeError. */
export function toEvents(events: Numbers | null, n: number, what: string): Float64Array {
  if (events === null) return new Float64Array(n).fill(1);
  const flags = toNumbers(events, what);
  const bad = flags.findIndex((flag) => flag !== 0 && flag !== 1);
  if (bad >= 0)
    throw new RangeError(`${what}: expected 0, 1, true or false, got ${flags[bad]} in row ${bad}`);
  checkSameRows("the durations", n, what, flags.length);
  return flags;
}
