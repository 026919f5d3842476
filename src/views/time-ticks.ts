import { ticks } from "d3-array";

/** Steps that people count a unit in: weeks of days, quarters and years of months. */
const steps: { readonly [unit: string]: readonly number[] } = {
  hours: [1, 2, 3, 6, 12, 24, 48, 72, 168],
  days: [1, 2, 7, 14, 28, 56, 91, 182, 364, 728],
  weeks: [1, 2, 4, 13, 26, 52, 104, 260],
  months: [1, 2, 3, 6, 12, 24, 36, 60, 120, 240],
};

/** At most about `count` round times from 0 to `end`, in the steps that are natural to the unit. */
export function timeTicks(unit: string, end: number, count: number): number[] {
  const known = Object.hasOwn(steps, unit) ? steps[unit] : undefined;
  const natural = known?.find((step) => end / step <= count);
  if (natural === undefined || end < natural * 2) return ticks(0, end, count);
  return Array.from({ length: Math.floor(end / natural) + 1 }, (_, i) => i * natural);
}
