import { extent, union } from "d3-array";
import type { ScaleLinear } from "d3-scale";
import type { SurvivalCurve, SurvivalSpec } from "../specs/survival.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { count, percent, time } from "./format.ts";
import { otherRole, type Coloured } from "./palette.ts";
import type { Box, Hover, ReadingRow } from "./scene.ts";
import type { Role } from "./shape.ts";
import { atRiskAt, survivalAt } from "./step-function.ts";

/** What a reading of survival curves is made from. */
interface SurvivalParts {
  readonly spec: SurvivalSpec;
  readonly coloured: Coloured<SurvivalCurve>;
  readonly truths: readonly SurvivalCurve[];
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly box: Box;
  readonly language: Language;
}

/** The least distance between two places of the reading line, in pixels. */
const leastStep = 2;

/** Reads every curve at one time. The line stands only at times of the data, so that each figure is exact. */
export function survivalHover(parts: SurvivalParts): Hover {
  const { spec, coloured, truths, x, y, box, language } = parts;
  const times = stopTimes(spec.curves, x);
  return {
    box,
    stops: times.map((t) => x(t)),
    read(stop) {
      const t = times[stop]!;
      const rows: ReadingRow[] = [];
      const marks: { x: number; y: number; role: Role }[] = [];
      const read = (curve: SurvivalCurve, role: Role): void => {
        const { survival } = survivalAt(curve, t);
        rows.push(curveRow(curve, t, role, language));
        if (Number.isFinite(survival)) marks.push({ x: x(t), y: y(survival), role });
      };
      for (const { curve, role } of coloured.named) read(curve, role);
      if (coloured.others.length > 0) rows.push(othersRow(coloured.others, t, language));
      for (const curve of truths) read(curve, "ink");
      return { x: x(t), heading: time(t, spec.timeUnit, language), rows, marks };
    },
  };
}

function curveRow(curve: SurvivalCurve, t: number, role: Role, language: Language): ReadingRow {
  const { survival, lower, upper } = survivalAt(curve, t);
  const risk = atRiskAt(curve, t);
  const details = [
    ...(Number.isFinite(lower) && Number.isFinite(upper) ? [range(lower, upper, language)] : []),
    ...(Number.isFinite(risk) && !curve.truth
      ? [fill(viewTexts[language].atRiskCount, { count: count(risk, language) })]
      : []),
  ];
  return {
    label: curve.label,
    value: percent(survival, language),
    role,
    ...(details.length > 0 ? { detail: details.join(" · ") } : {}),
    ...(curve.truth ? { dashed: true } : {}),
  };
}

function othersRow(others: readonly SurvivalCurve[], t: number, language: Language): ReadingRow {
  const [low, high] = extent(others, (curve) => survivalAt(curve, t).survival);
  return {
    label: fill(viewTexts[language].other, { count: others.length }),
    value: low === undefined ? percent(NaN, language) : range(low, high, language),
    role: otherRole,
  };
}

function range(low: number, high: number, language: Language): string {
  return fill(viewTexts[language].range, { low: percent(low, language), high: percent(high, language) });
}

function stopTimes(curves: readonly SurvivalCurve[], x: (t: number) => number): number[] {
  const all = [...union(...curves.map((curve) => curve.time))].filter(Number.isFinite).sort((a, b) => a - b);
  const kept: number[] = [];
  for (const t of all) if (kept.length === 0 || x(t) - x(kept.at(-1)!) >= leastStep) kept.push(t);
  return kept;
}
