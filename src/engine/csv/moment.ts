/** A date as it is written, e.g. `2024-03-01 10:30` or `1/3/2024`, read but not yet put in order. */
export interface Moment {
  /** The three numbers of the date, in the order they stand. */
  readonly parts: readonly [number, number, number];
  readonly order: "ymd" | "unknown";
  readonly separator: "-" | "/" | ".";
  /** Time of day in microseconds, or null where there is none. */
  readonly time: number | null;
  /** Minutes that the time is ahead of UTC, 0 where it does not say. */
  readonly offset: number;
}

const pattern =
  /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** The moment a text is, or null where it is none. Years have four digits. */
export function readMoment(text: string): Moment | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, a, separator, b, c, hour, minute, second, fraction, zone] = match;
  const order = a!.length === 4 ? "ymd" : "unknown";
  if (order === "ymd" ? c!.length > 2 : a!.length > 2 || c!.length !== 4) return null;
  const time =
    hour === undefined ? null : timeOfDay(Number(hour), Number(minute), Number(second ?? 0), fraction ?? "");
  if (Number.isNaN(time)) return null;
  return {
    parts: [Number(a), Number(b), Number(c)],
    order,
    separator: separator as Moment["separator"],
    time,
    offset: zone ? zoneMinutes(zone) : 0,
  };
}

/** The days from 1970-01-01 to a day of the proleptic Gregorian calendar, or null where it has no such day. */
export function daysSince1970(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  // Years begin in March here, so that a leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function timeOfDay(hour: number, minute: number, second: number, fraction: string): number {
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  return ((hour * 60 + minute) * 60 + second) * 1e6 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

function zoneMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", ""));
  return zone.startsWith("-") ? -minutes : minutes;
}
