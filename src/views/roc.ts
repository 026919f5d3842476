import { bisectRight } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { RocCurve, RocSpec } from "../specs/roc.ts";
import { fill } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { xAxis, xAxisHeight, yAxis } from "./axis.ts";
import { percent, threePlaces } from "./format.ts";
import { keyColumn, keyRows, type KeyEntry } from "./key.ts";
import { heading, paragraph } from "./lines.ts";
import { colour, otherRole } from "./palette.ts";
import { linePath } from "./path.ts";
import { drawnWidth, emptyScene, type Box, type DrawOptions, type Scene } from "./scene.ts";
import type { Role, Shape } from "./shape.ts";

const left = 44;
const top = 52;
const chanceDash = "2 4";

/** Below this width the key stands above the plot instead of beside it. */
const narrow = 480;

/** The longest side of the square, in pixels. */
const longest = 340;

/** ROC curves in a square over the diagonal of chance, each named with its AUC. */
export function drawRoc(spec: RocSpec, options: DrawOptions): Scene {
  const { language } = options;
  const texts = viewTexts[language];
  const title = spec.title ?? texts.rocTitle;
  const curves = spec.curves.filter((curve) => curve.falsePositiveRate.length > 0);
  if (curves.length === 0) return emptyScene(title, texts.noCurves, options);

  const width = drawnWidth(options);
  const { named, others } = colour(curves);
  const nameOf = (curve: RocCurve): string =>
    `${curve.label} · ${fill(texts.auc, { auc: threePlaces(curve.auc, language) })}`;
  const entries: KeyEntry[] = [
    ...named.map(({ curve, role }) => ({ label: nameOf(curve), role })),
    ...(others.length > 0 ? [{ label: fill(texts.other, { count: others.length }), role: otherRole }] : []),
    { label: texts.rocChance, role: "quiet", dash: chanceDash },
  ];
  const beside = width >= narrow;
  const key = beside ? null : keyRows(entries, 0, 26, width);
  const caption = paragraph("caption", texts.rocCaption, 0, width);
  const below = xAxisHeight + 10 + caption.height + 4;
  const plotTop = top + (key ? key.height + 6 : 0);
  const across = Math.min(longest, beside ? width * 0.56 : width - left - 16);
  const side = Math.max(
    60,
    Math.min(across, options.height === undefined ? Infinity : options.height - plotTop - below),
  );
  const box: Box = { left, top: plotTop, right: left + side, bottom: plotTop + side };

  const x = scaleLinear([0, 1], [box.left, box.right]);
  const y = scaleLinear([0, 1], [box.bottom, box.top]);
  const path = (curve: RocCurve): string =>
    linePath(
      Array.from(curve.falsePositiveRate, (rate, i) => ({ x: x(rate), y: y(curve.truePositiveRate[i]!) })),
    );
  const stroke = (curve: RocCurve, role: Role): Shape => ({
    shape: "path",
    d: path(curve),
    stroke: role,
    strokeWidth: 2,
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  const percents = Array.from({ length: 101 }, (_, i) => i / 100);
  return {
    width,
    height: options.height ?? box.bottom + below,
    title,
    description: named
      .map(({ curve }) =>
        fill(texts.rocDescription, { label: curve.label, auc: threePlaces(curve.auc, language) }),
      )
      .join(" "),
    shapes: [
      heading(title, width),
      ...(key ? [key.shape] : []),
      yAxis(
        box,
        ticks.map((share) => ({ at: y(share), label: percent(share, language, 0) })),
        texts.rocY,
      ),
      xAxis(
        box,
        ticks.map((share) => ({ at: x(share), label: percent(share, language, 0) })),
        texts.rocX,
      ),
      {
        shape: "line",
        x1: box.left,
        y1: box.bottom,
        x2: box.right,
        y2: box.top,
        stroke: "quiet",
        dash: chanceDash,
      },
      {
        shape: "group",
        part: "others",
        shapes: others.map((curve) => ({ shape: "path", d: path(curve), stroke: otherRole, opacity: 0.6 })),
      },
      {
        shape: "group",
        part: "curves",
        shapes: named.map(({ curve, role }) => stroke(curve, role)).reverse(),
      },
      ...(beside ? [keyColumn(entries, box.right + 28, box.top, width - box.right - 28)] : []),
      paragraph("caption", texts.rocCaption, box.bottom + xAxisHeight + 10, width).shape,
    ],
    hover: {
      box,
      stops: percents.map((rate) => x(rate)),
      read(stop) {
        const rate = percents[stop]!;
        const read = named.map(({ curve, role }) => ({ curve, role, share: truePositiveAt(curve, rate) }));
        return {
          x: x(rate),
          heading: fill(texts.rocAt, { rate: percent(rate, language, 0) }),
          rows: read.map(({ curve, role, share }) => ({
            label: curve.label,
            value: percent(share, language),
            role,
          })),
          marks: read
            .filter(({ share }) => Number.isFinite(share))
            .map(({ role, share }) => ({ x: x(rate), y: y(share), role })),
        };
      },
    },
  };
}

/** True positive rate at a false positive rate, on the line between the points of the curve; the upper end where it rises straight up. */
export function truePositiveAt(curve: RocCurve, rate: number): number {
  const { falsePositiveRate: x, truePositiveRate: y } = curve;
  const after = bisectRight(x, rate);
  if (after === 0) return NaN;
  if (after === x.length || x[after - 1] === rate) return y[after - 1]!;
  const share = (rate - x[after - 1]!) / (x[after]! - x[after - 1]!);
  return y[after - 1]! + share * (y[after]! - y[after - 1]!);
}
