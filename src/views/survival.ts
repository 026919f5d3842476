import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { SurvivalCurve, SurvivalSpec } from "../specs/survival.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { atRiskHeight, atRiskTable, type AtRiskRow } from "./at-risk.ts";
import { xAxis, xAxisHeight, yAxis } from "./axis.ts";
import { count, level, percent, time } from "./format.ts";
import { directLabels, keyRows, labelHeight, labelRoom, type KeyEntry } from "./key.ts";
import { heading, paragraph } from "./lines.ts";
import { colour, otherRole } from "./palette.ts";
import { bandPath, stepPath, type Point } from "./path.ts";
import { drawnWidth, emptyScene, type Box, type DrawOptions, type Scene } from "./scene.ts";
import type { Role, Shape } from "./shape.ts";
import { medianTime, survivalAt } from "./step-function.ts";
import { survivalHover } from "./survival-reading.ts";
import { timeTicks } from "./time-ticks.ts";

const truthDash = "5 4";
const left = 44;

/** Below this width names go above the plot instead of beside their curves. */
const narrow = 480;

/** Survival curves as steps with their bands, an at-risk table below, and the definition of what is shown. */
export function drawSurvival(spec: SurvivalSpec, options: DrawOptions): Scene {
  const { language } = options;
  const texts = viewTexts[language];
  const title = spec.title ?? texts.survivalTitle;
  const curves = spec.curves.filter((curve) => curve.survival.some(Number.isFinite));
  if (curves.length === 0) return emptyScene(title, texts.noCurves, options);

  const width = drawnWidth(options);
  const truths = curves.filter((curve) => curve.truth);
  const coloured = colour(curves.filter((curve) => !curve.truth));
  const rows: AtRiskRow[] = [
    ...coloured.named.map(({ curve, role }) => ({ label: curve.label, role, curves: [curve] })),
    ...(coloured.others.length > 0
      ? [
          {
            label: fill(texts.other, { count: coloured.others.length }),
            role: otherRole,
            curves: coloured.others,
          },
        ]
      : []),
  ];
  const entries: (KeyEntry & { readonly curves: readonly SurvivalCurve[] })[] = [
    ...rows,
    ...truths.map((curve) => ({
      label: curve.label,
      role: "ink" as const,
      dash: truthDash,
      curves: [curve],
    })),
  ];

  const plotHeight = width < narrow ? 210 : 250;
  const wanted = labelRoom(entries);
  const beside = width >= narrow && wanted <= width * 0.32 && entries.length * labelHeight <= plotHeight;
  const room = beside ? wanted : 0;
  const key = beside || entries.length < 2 ? null : keyRows(entries, 0, 26, width);
  const top = 52 + (key ? key.height + 6 : 0);
  const tableTop = xAxisHeight + 14;
  const names = beside ? "beside" : rows.length > 1 ? "above" : "none";
  const tableHeight = atRiskHeight(rows, names);
  const caption = (at: number) =>
    paragraph("caption", captionOf(spec, truths.length > 0, language), at, width);
  const below = tableTop + tableHeight + 8 + caption(0).height + 4;
  const height = options.height ?? top + plotHeight + below;
  const box: Box = {
    left,
    top,
    right: width - Math.max(room, 16),
    bottom: Math.max(top + 60, height - below),
  };

  const end = max(curves, (curve) => max(curve.time.filter(Number.isFinite))) || 1;
  const x = scaleLinear([0, end], [box.left, box.right]);
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  const ticks = timeTicks(spec.timeUnit, end, Math.max(2, Math.floor((box.right - box.left) / 64)));
  const xTicks = ticks.map((value) => ({ time: value, at: x(value), label: count(value, language) }));
  const yTicks = y.ticks(4).map((share) => ({ at: y(share), label: percent(share, language, 0) }));

  const outline = (curve: SurvivalCurve): Point[] =>
    Array.from(curve.time, (t, i) => ({ x: x(t), y: y(curve.survival[i]!) }));
  const stroke = (curve: SurvivalCurve, role: Role, thin = false): Shape =>
    strokeOf(outline(curve), role, thin, curve.truth);
  const shapes: Shape[] = [
    heading(title, width),
    ...(key ? [key.shape] : []),
    yAxis(box, yTicks, texts.survivalY),
    xAxis(box, xTicks, axisTitle(spec.timeUnit, language)),
    group(
      "bands",
      coloured.named.map(({ curve, role }) => band(curve, role, x, y)),
    ),
    group(
      "others",
      coloured.others.map((curve) => stroke(curve, otherRole, true)),
    ),
    group(
      "curves",
      coloured.named.map(({ curve, role }) => stroke(curve, role)),
    ),
    group(
      "truth",
      truths.map((curve) => stroke(curve, "ink")),
    ),
    ...(beside
      ? [
          directLabels(
            entries.map((entry) => ({ ...entry, y: y(lastShare(entry.curves)) })),
            box,
          ),
        ]
      : []),
    ...(rows.length > 0
      ? [
          atRiskTable(rows, {
            box,
            top: box.bottom + tableTop,
            ticks: xTicks,
            names,
            heading: texts.atRisk,
            language,
          }),
        ]
      : []),
    caption(box.bottom + tableTop + tableHeight + 8).shape,
  ];
  return {
    width,
    height,
    shapes,
    title,
    description: [...coloured.named.map(({ curve }) => curve), ...truths]
      .map((curve) => describe(curve, spec.timeUnit, language))
      .join(" "),
    hover: survivalHover({ spec: { ...spec, curves }, coloured, truths, x, y, box, language }),
  };
}

function group(part: string, shapes: readonly Shape[]): Shape {
  return { shape: "group", part, shapes };
}

function strokeOf(points: readonly Point[], role: Role, thin: boolean, truth = false): Shape {
  const only = points.length === 1 ? points[0]! : null;
  if (only) return { shape: "circle", cx: only.x, cy: only.y, r: 3, fill: role };
  return {
    shape: "path",
    d: stepPath(points),
    stroke: role,
    strokeWidth: thin ? 1 : truth ? 1.5 : 2,
    ...(thin ? { opacity: 0.6 } : {}),
    ...(truth ? { dash: truthDash } : {}),
  };
}

function band(
  curve: SurvivalCurve,
  role: Role,
  x: (t: number) => number,
  y: (share: number) => number,
): Shape {
  const points = Array.from(curve.time, (t, i) => ({
    x: x(t),
    low: y(curve.lower[i]!),
    high: y(curve.upper[i]!),
  }));
  return { shape: "path", d: bandPath(points), fill: role, opacity: 0.18 };
}

/** The last share that is known, as the mean over the curves that one name stands for. */
function lastShare(curves: readonly SurvivalCurve[]): number {
  const last = curves.map((curve) => curve.survival.findLast(Number.isFinite) ?? 0);
  return last.reduce((total, share) => total + share, 0) / last.length;
}

function captionOf(spec: SurvivalSpec, truth: boolean, language: Language): string {
  const texts = viewTexts[language];
  const banded = spec.curves.some((curve) => curve.lower.some(Number.isFinite));
  const parts = [
    texts.survivalCaption,
    ...(banded ? [fill(texts.survivalBand, { level: level(spec.level, language) })] : []),
    ...(truth ? [texts.survivalTruth] : []),
    texts.survivalRiskCaption,
  ];
  return parts.join(language === "en" ? " " : "");
}

function describe(curve: SurvivalCurve, unit: string, language: Language): string {
  const texts = viewTexts[language];
  const end = curve.time.findLast((t, i) => Number.isFinite(t) && Number.isFinite(curve.survival[i])) ?? 0;
  const median = medianTime(curve);
  return fill(texts.survivalDescription, {
    label: curve.label,
    survival: percent(survivalAt(curve, end).survival, language),
    time: time(end, unit, language),
    median: Number.isFinite(median)
      ? fill(texts.medianAt, { time: time(median, unit, language) })
      : texts.medianNone,
  });
}

/** The unit stands in brackets; "time" is what a plot without a unit is given. */
function axisTitle(unit: string, language: Language): string {
  const texts = viewTexts[language];
  return unit === "time" ? texts.survivalXPlain : fill(texts.survivalX, { unit: unitName(unit, language) });
}

function unitName(unit: string, language: Language): string {
  const texts = viewTexts[language];
  const names: { readonly [unit: string]: string } = {
    hours: texts.unitHours,
    days: texts.unitDays,
    weeks: texts.unitWeeks,
    months: texts.unitMonths,
    years: texts.unitYears,
  };
  return Object.hasOwn(names, unit) ? names[unit]! : unit;
}
