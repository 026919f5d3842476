import type { SurvivalSpec } from "../specs/survival.ts";
import type { KaplanMeierFitter } from "./kaplan-meier-fitter.ts";

/** Options of a survival plot. */
export interface SurvivalPlotOptions {
  /** What time is counted in: `days`, `weeks`, `months`, or words of one's own. Default "time". */
  readonly timeUnit?: string;
  /** Stands above the plot. Default the page's word for a survival curve. */
  readonly title?: string;
}

/** Survival curves of one or more fitted fitters in one view, with bands and at-risk counts. Bands of different levels are a RangeError. */
export function plotSurvivalFunctions(
  fitters: readonly KaplanMeierFitter[],
  options: SurvivalPlotOptions = {},
): SurvivalSpec {
  const [first, ...others] = fitters;
  if (!first) throw new RangeError("plotSurvivalFunctions: expected at least one fitter, got none");
  const odd = others.find((fitter) => fitter.alpha !== first.alpha);
  if (odd)
    throw new RangeError(
      `plotSurvivalFunctions: expected alpha ${first.alpha} for all bands, got ${odd.alpha}`,
    );
  return {
    view: "survival",
    curves: fitters.map(curveOf),
    level: Number((1 - first.alpha).toPrecision(6)),
    timeUnit: options.timeUnit ?? "time",
    ...(options.title === undefined ? {} : { title: options.title }),
  };
}

function curveOf(fitter: KaplanMeierFitter) {
  const [survival, band] = [fitter.survivalFunction, fitter.confidenceInterval];
  const values = (table: typeof band, column: string) => table.column(column).values as Float64Array;
  return {
    label: fitter.label,
    time: fitter.timeline,
    survival: values(survival, survival.columns[1]!),
    lower: values(band, band.columns[1]!),
    upper: values(band, band.columns[2]!),
    atRisk: values(fitter.eventTable, "atRisk"),
  };
}
