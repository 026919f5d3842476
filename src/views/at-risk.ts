import type { SurvivalCurve } from "../specs/survival.ts";
import { sum } from "d3-array";
import { small } from "./axis.ts";
import { count } from "./format.ts";
import { sample, labelGap, type KeyEntry } from "./key.ts";
import { ellipsis } from "./measure.ts";
import type { Box } from "./scene.ts";
import type { Shape } from "./shape.ts";
import { atRiskAt } from "./step-function.ts";
import type { Language } from "../text/text.ts";

const rowHeight = 18;
const nameHeight = 15;
const swatch = 18;

/** One row of the table: a curve, or several that are counted together. */
export interface AtRiskRow extends KeyEntry {
  readonly curves: readonly SurvivalCurve[];
}

/** Where a row has its name: right of its numbers, on a line above them, or nowhere, as a single row needs none. */
export type NamePlace = "beside" | "above" | "none";

/** How high the table is. */
export function atRiskHeight(rows: readonly AtRiskRow[], names: NamePlace): number {
  return rows.length > 0 ? 22 + rows.length * pitch(names) : 0;
}

/** Where the table stands, and the times its columns belong to. */
interface AtRiskPlace {
  readonly box: Box;
  readonly top: number;
  readonly ticks: readonly { readonly time: number; readonly at: number }[];
  readonly names: NamePlace;
  readonly heading: string;
  readonly language: Language;
}

/** How many are at risk at each tick, one row a curve, each column below its tick. */
export function atRiskTable(rows: readonly AtRiskRow[], place: AtRiskPlace): Shape {
  const { box, top, ticks, names, language } = place;
  const shapes: Shape[] = [
    { shape: "text", x: 0, y: top + 12, text: place.heading, fill: "quiet", size: small },
  ];
  for (const [i, row] of rows.entries()) {
    const y = top + 32 + i * pitch(names) + (names === "above" ? nameHeight : 0);
    const nameY = names === "above" ? y - nameHeight : y;
    const sampleEnd = names === "above" ? swatch : Math.min(swatch, box.left - 20);
    shapes.push(sample(row, 0, sampleEnd, nameY - 4, nameY - 4));
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
    const name = (text: string, x: number): Shape => ({
      shape: "text",
      x,
      y: nameY,
      text,
      fill: "ink",
      size: small,
    });
    if (names === "beside") shapes.push(name(row.label, box.right + labelGap));
    if (names === "above") shapes.push(name(ellipsis(row.label, small, box.right - swatch - 6), swatch + 6));
  }
  return { shape: "group", part: "at-risk", shapes };
}

function pitch(names: NamePlace): number {
  return names === "above" ? rowHeight + nameHeight : rowHeight;
}
