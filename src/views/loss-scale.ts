import { extent } from "d3-array";
import { precisionFixed } from "d3-format";
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from "d3-scale";
import type { Language } from "../text/text.ts";
import { loss, numbers } from "./format.ts";

/** Losses that span more than this factor are drawn on a log scale. */
const wide = 50;

/** The scale of the losses of a fit, with a few ticks in words. */
interface LossScale {
  readonly y: ScaleContinuousNumeric<number, number>;
  readonly log: boolean;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** A scale over all finite losses, logarithmic where they span much; null where there are none. */
export function lossScale(
  losses: Iterable<number>,
  range: readonly [number, number],
  language: Language,
): LossScale | null {
  const [low, high] = extent([...losses].filter(Number.isFinite));
  if (low === undefined) return null;
  if (low > 0 && high / low > wide) {
    const y = scaleLog([low, high], range).nice();
    const decades = y.ticks().filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9));
    const every = Math.ceil(decades.length / 5);
    const ticks = decades.filter((_, i) => i % every === 0);
    return { y, log: true, ticks: ticks.map((value) => ({ value, label: power(value, language) })) };
  }
  const pad = high > low ? 0 : Math.abs(low) * 0.1 || 0.1;
  const y = scaleLinear([low - pad, high + pad], range).nice(4);
  const ticks = y.ticks(4);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 1;
  const digits = precisionFixed(step);
  const extreme = step < 1e-4 || Math.max(Math.abs(low), Math.abs(high)) >= 1e5;
  const format = extreme
    ? (value: number) => loss(value, language)
    : (value: number) =>
        numbers(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  return { y, log: false, ticks: ticks.map((value) => ({ value, label: format(value) })) };
}

function power(value: number, language: Language): string {
  const plain = value < 1e5 && value >= 1e-4;
  return numbers(language, {
    maximumSignificantDigits: 1,
    notation: plain ? "standard" : "scientific",
  }).format(value);
}
