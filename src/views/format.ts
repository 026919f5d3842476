import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";

const none = "—";
const formats = new Map<string, Intl.NumberFormat>();

/** A share as a percentage with that many decimals, "79.0%"; a dash where there is none. */
export function percent(share: number, language: Language, digits = 1): string {
  if (!Number.isFinite(share)) return none;
  return numbers(language, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** A confidence level, "95%" or "97.5%". */
export function level(share: number, language: Language): string {
  return numbers(language, { style: "percent", maximumFractionDigits: 2 }).format(share);
}

/** A count or a time, "1,407"; a dash where there is none. */
export function count(value: number, language: Language): string {
  return Number.isFinite(value) ? numbers(language, { maximumFractionDigits: 2 }).format(value) : none;
}

/** A number in [0, 1] to three places, "0.845"; a dash where there is none. */
export function threePlaces(value: number, language: Language): string {
  if (!Number.isFinite(value)) return none;
  return numbers(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
}

/** A loss to four significant digits, very large and very small ones in powers of ten; "NaN" and "∞" as they are. */
export function loss(value: number, language: Language): string {
  if (Number.isNaN(value)) return "NaN";
  const size = Math.abs(value);
  const scientific = size !== 0 && (size >= 1e5 || size < 1e-4) && size !== Infinity;
  return numbers(language, {
    maximumSignificantDigits: scientific ? 3 : 4,
    ...(scientific ? { notation: "scientific" } : { minimumSignificantDigits: size < 1 && size > 0 ? 4 : 1 }),
  }).format(value);
}

/** A value read off a scale: four significant digits, but never fewer than its whole part; a dash where there is none. */
export function figure(value: number, language: Language): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size < 1e-4 && size > 0)) return loss(value, language);
  if (size >= 1000) return count(Math.round(value), language);
  return Number.isFinite(value) ? numbers(language, { maximumSignificantDigits: 4 }).format(value) : none;
}

/** A span of time: "3.2 s", "2 min 5 s", "1 h 4 min". */
export function duration(seconds: number, language: Language): string {
  const texts = viewTexts[language];
  if (!Number.isFinite(seconds)) return none;
  const digits = seconds < 9.95 ? 1 : 0;
  const short = numbers(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (seconds < 59.5) return fill(texts.seconds, { seconds: short.format(Math.max(0, seconds)) });
  const whole = Math.round(seconds);
  if (whole < 3600) return fill(texts.minutes, { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return fill(texts.hours, {
    hours: count(Math.floor(whole / 3600), language),
    minutes: Math.floor((whole % 3600) / 60),
  });
}

const intlUnits: { readonly [unit: string]: string } = {
  hours: "hour",
  days: "day",
  weeks: "week",
  months: "month",
  years: "year",
};

/** A time with its unit: "1 month", "12 months"; a person's own unit stands as they wrote it. */
export function time(value: number, unit: string, language: Language): string {
  const known = Object.hasOwn(intlUnits, unit) ? intlUnits[unit] : undefined;
  if (known === undefined) return `${count(value, language)} ${unit}`;
  return numbers(language, {
    style: "unit",
    unit: known,
    unitDisplay: "long",
    maximumFractionDigits: 2,
  }).format(value);
}

/** A number formatter; each is made once, since making one is dear. */
export function numbers(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.NumberFormat(language, options)));
  return made;
}
