import type { SurvivalCurve } from "../specs/survival.ts";
import { sum } from "d3-array";
import { small } from "./axis.ts";
import { count } from "./format.ts";
import { sample, labelGap, type KeyEntry } from "./key.ts";
import type { Box } from "./scene.ts";
import type { Shape } from "./shape.ts";
import { atRiskAt } from "./step-function.ts";
import type { Language } from "../text/text.ts";

const rowHeight = 18;

/** One row of the table: a curve, or several that are counted together. */
export interface AtRiskRow extends KeyEntry {
  readonly curves: readonly SurvivalCurve[];
}

/** Where the table stands, and the times its columns belong to. */
interface AtRiskPlace {
  readonly box: Box;
  readonly top: number;
  readonly ticks: readonly { readonly time: number; readonly at: number }[];
  /** Whether names stand on the right. */
  readonly named: boolean;
  readonly heading: string;
  readonly language: Language;
}

/** How many are at risk at each tick, one row a curve, each column below its tick. */
export function atRiskTable(
  rows: readonly AtRiskRow[],
  place: AtRiskPlace,
): { shape: Shape; height: number } {
  const { box, top, ticks, named, language } = place;
  const shapes: Shape[] = [
    { shape: "text", x: 0, y: top + 12, text: place.heading, fill: "quiet", size: small },
  ];
  for (const [i, row] of rows.entries()) {
    const y = top + 32 + i * rowHeight;
    shapes.push(sample(row, 0, Math.min(18, box.left - 20), y - 4, y - 4));
    for (const { time, at } of ticks)
      shapes.push({
        shape: "text",
        x: at,
        y,
        text: count(
          sum(row.curves, (curve) => atRiskAt(curve, time)),
          language,
        ),
        fill: "ink",
        size: 11,
        anchor: "middle",
        face: "figures",
      });
    if (named)
      shapes.push({ shape: "text", x: box.right + labelGap, y, text: row.label, fill: "ink", size: small });
  }
  return { shape: { shape: "group", part: "at-risk", shapes }, height: 22 + rows.length * rowHeight };
}
