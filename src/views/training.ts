import { scaleLinear } from "d3-scale";
import type { TrainingSpec } from "../specs/training.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { small, xAxis, xAxisHeight, yAxis } from "./axis.ts";
import { count, loss } from "./format.ts";
import { spread } from "./labels.ts";
import { lossScale } from "./loss-scale.ts";
import { textWidth } from "./measure.ts";
import { linePath, type Point } from "./path.ts";
import { drawnWidth, type Box, type DrawOptions, type Hover, type Scene } from "./scene.ts";
import type { Role, Shape } from "./shape.ts";
import { trainingHead } from "./training-head.ts";
import {
  bestEpoch,
  deviceWords,
  isSearch,
  lossWords,
  lostWords,
  pointWords,
  progressWords,
  resumedWords,
  stateOf,
  unitOf,
} from "./training-words.ts";

interface LossCurve {
  readonly label: string;
  readonly role: Role;
  readonly values: Float64Array;
}

const plotHeight = 150;

/** A fit as it goes: progress, time left, device and why, and the loss of each epoch on train and validation. */
export function drawTraining(spec: TrainingSpec, options: DrawOptions): Scene {
  const { language } = options;
  const texts = viewTexts[language];
  const width = drawnWidth(options);
  const curves: LossCurve[] = [
    { label: texts[`curve-${spec.measure ?? "loss"}`], role: "series-0" as const, values: spec.loss },
    { label: texts.validation, role: "series-1" as const, values: spec.validationLoss },
  ].filter(({ values }) => values.length > 0);

  const head = trainingHead(spec, width, language);
  const top = head.height + 36;
  const bottom =
    options.height === undefined ? top + plotHeight : Math.max(top + 60, options.height - xAxisHeight - 4);
  const plot = plotOf(spec, curves, { top, bottom, width }, language);
  return {
    width,
    // Room is kept for the curves before the first epoch, so that nothing jumps.
    height:
      plot || (spec.state === "running" && !isSearch(spec)) ? bottom + xAxisHeight + 4 : head.height + 4,
    title: spec.title,
    description: sentences(spec, language),
    shapes: plot ? [...head.shapes, ...plot.shapes] : head.shapes,
    hover: plot?.hover ?? null,
  };
}

function sentences(spec: TrainingSpec, language: Language): string {
  return [
    stateOf(spec, language).text,
    ...progressWords(spec, language),
    ...lossWords(spec, language),
    ...lostWords(spec, language),
    ...resumedWords(spec, language),
    deviceWords(spec.device, language),
  ].join(language === "en" ? ". " : "。");
}

function plotOf(
  spec: TrainingSpec,
  curves: readonly LossCurve[],
  place: { readonly top: number; readonly bottom: number; readonly width: number },
  language: Language,
): { shapes: Shape[]; hover: Hover } | null {
  const texts = viewTexts[language];
  const scale = lossScale(
    curves.flatMap(({ values }) => [...values]),
    [place.bottom, place.top],
    language,
  );
  if (!scale) return null;
  const { y } = scale;
  const axis = texts[`axis-${spec.measure ?? "loss"}`];
  const labelRoom = Math.max(...curves.map(({ label }) => textWidth(label, small))) + 10;
  const left = Math.max(...scale.ticks.map(({ label }) => textWidth(label, 11, "figures"))) + 10;
  const box: Box = { left, top: place.top, right: place.width - labelRoom, bottom: place.bottom };
  const done = Math.max(...curves.map(({ values }) => values.length));
  const last = spec.state === "running" ? Math.max(lastShown(spec, done), done) : done;
  const x = scaleLinear(last > 1 ? [1, last] : [0, 2], [box.left, box.right]);
  const ticks =
    last > 1 ? x.ticks(Math.max(2, Math.floor((box.right - box.left) / 70))).filter(Number.isInteger) : [1];
  const drawn = curves.map((curve) => ({
    ...curve,
    points: Array.from(curve.values, (value, i): Point => ({
      x: x(i + 1),
      y: Number.isFinite(value) ? y(value) : NaN,
    })),
    best: bestEpoch(curve.values),
  }));
  return {
    shapes: [
      yAxis(
        box,
        scale.ticks.map(({ value, label }) => ({ at: y(value), label })),
        scale.log ? fill(texts.logScale, { axis }) : axis,
      ),
      xAxis(
        box,
        ticks.map((epoch) => ({ at: x(epoch), label: count(epoch, language) })),
        texts[`axis-${unitOf(spec)}`],
      ),
      {
        shape: "group",
        part: "curves",
        shapes: drawn.map(({ points, role }) => ({
          shape: "path",
          d: linePath(points),
          stroke: role,
          strokeWidth: 2,
        })),
      },
      {
        shape: "group",
        part: "best",
        shapes: drawn.flatMap(({ points, best, role }): Shape[] =>
          best < 0
            ? []
            : [
                {
                  shape: "circle",
                  cx: points[best]!.x,
                  cy: points[best]!.y,
                  r: 3.5,
                  fill: "paper",
                  stroke: role,
                  strokeWidth: 2,
                },
              ],
        ),
      },
      endLabels(drawn, box),
    ],
    hover: {
      box,
      stops: Array.from({ length: done }, (_, i) => x(i + 1)),
      read: (stop) => ({
        x: x(stop + 1),
        heading: pointWords(spec, stop + 1, language),
        rows: drawn.map(({ label, role, values }) => ({
          label,
          role,
          value: stop < values.length ? loss(values[stop]!, language) : "—",
        })),
        marks: drawn
          .filter(({ points }) => Number.isFinite(points[stop]?.y))
          .map(({ points, role }) => ({ x: points[stop]!.x, y: points[stop]!.y, role })),
      }),
    },
  };
}

function endLabels(
  drawn: readonly { readonly label: string; readonly points: readonly Point[] }[],
  box: Box,
): Shape {
  const ends = drawn.map(
    ({ points }) => points.findLast(({ y }) => Number.isFinite(y)) ?? { x: box.left, y: box.bottom },
  );
  const places = spread(
    ends.map(({ y }) => y),
    14,
    box.top,
    box.bottom,
  );
  return {
    shape: "group",
    part: "labels",
    shapes: drawn.map(({ label }, i) => ({
      shape: "text",
      x: ends[i]!.x + 8,
      y: places[i]! + 4,
      text: label,
      fill: "ink",
      size: small,
    })),
  };
}

/** The last epoch on the axis of a fit that runs: it holds still, or makes room by doubling where convergence may end the fit far before its last. */
function lastShown({ starts, epochs }: TrainingSpec, done: number): number {
  return starts ? Math.min(epochs, 10 * 2 ** Math.ceil(Math.log2(Math.max(1, done / 10)))) : epochs;
}
