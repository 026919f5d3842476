import type { PointValues } from "../specs/embedding.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { small } from "./axis.ts";
import { rampRoles } from "./embedding-groups.ts";
import { count, figure } from "./format.ts";
import { otherRole } from "./palette.ts";
import type { Shape } from "./shape.ts";

/** The sequential scale with the values at its ends and in its middle, and how many values are missing. */
export function valueScale(
  colour: PointValues,
  at: { readonly left: number; readonly top: number; readonly width: number },
  language: Language,
): { shape: Shape; height: number } {
  const texts = viewTexts[language];
  const { low, high, values } = colour;
  const width = Math.min(at.width, 216);
  const step = width / rampRoles.length;
  const missing = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  const [below, above] = [values.some((value) => value < low), values.some((value) => value > high)];
  const lowText = figure(low, language);
  const highText = figure(high, language);
  const ticks = [
    { share: 0, text: below ? fill(texts.atMost, { value: lowText }) : lowText, anchor: "start" as const },
    { share: 0.5, text: figure((low + high) / 2, language), anchor: "middle" as const },
    { share: 1, text: above ? fill(texts.atLeast, { value: highText }) : highText, anchor: "end" as const },
  ];
  const shapes: Shape[] = rampRoles.map((role, i) => ({
    shape: "rect",
    x: at.left + i * step,
    y: at.top,
    width: step,
    height: 12,
    fill: role,
  }));
  for (const { share, text, anchor } of ticks)
    shapes.push({
      shape: "text",
      x: at.left + share * width,
      y: at.top + 27,
      text,
      fill: "quiet",
      size: 11,
      anchor,
      face: "figures",
    });
  if (missing > 0)
    shapes.push(
      { shape: "circle", cx: at.left + 5, cy: at.top + 44, r: 5, fill: otherRole },
      {
        shape: "text",
        x: at.left + 16,
        y: at.top + 48,
        text: `${texts.missingValue} ${count(missing, language)}`,
        fill: "quiet",
        size: small,
      },
    );
  return { shape: { shape: "group", part: "scale", shapes }, height: missing > 0 ? 58 : 36 };
}
