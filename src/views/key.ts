import { ellipsis, textWidth } from "./measure.ts";
import { spread } from "./labels.ts";
import { small } from "./axis.ts";
import type { Box } from "./scene.ts";
import type { Role, Shape } from "./shape.ts";

/** A curve's name and how it is drawn. */
export interface KeyEntry {
  readonly label: string;
  readonly role: Role;
  readonly dash?: string;
}

const swatch = 18;
const rowHeight = 18;

/** A key of rows that wrap within `width`: for where no room is left beside the curves. */
export function keyRows(
  entries: readonly KeyEntry[],
  left: number,
  top: number,
  width: number,
): { shape: Shape; height: number } {
  const shapes: Shape[] = [];
  let [x, y] = [left, top];
  for (const entry of entries) {
    const text = ellipsis(entry.label, small, width - swatch - 6);
    const taken = swatch + 6 + textWidth(text, small);
    if (x > left && x + taken > left + width) [x, y] = [left, y + rowHeight];
    shapes.push(sample(entry, x, x + swatch, y + 9, y + 9), label(text, x + swatch + 6, y + 13));
    x += taken + 16;
  }
  return { shape: { shape: "group", part: "key", shapes }, height: y - top + rowHeight };
}

/** A key of one entry a line, for beside a plot. */
export function keyColumn(entries: readonly KeyEntry[], left: number, top: number, width: number): Shape {
  return {
    shape: "group",
    part: "key",
    shapes: entries.flatMap((entry, i) => {
      const y = top + i * 22;
      return [
        sample(entry, left, left + swatch, y + 9, y + 9),
        label(ellipsis(entry.label, small, width - swatch - 6), left + swatch + 6, y + 13),
      ];
    }),
  };
}

/** Room that names beside curves need, in pixels. */
export function labelRoom(entries: readonly KeyEntry[]): number {
  return labelGap + 4 + Math.max(0, ...entries.map((entry) => textWidth(entry.label, small)));
}

/** Space between the end of a plot and the names beside it, in pixels. */
export const labelGap = 24;

/** The height one name takes, in pixels. */
export const labelHeight = 16;

/** Names beside the ends of curves, kept apart, each tied to its curve by a leader. */
export function directLabels(entries: readonly (KeyEntry & { readonly y: number })[], box: Box): Shape {
  const places = spread(
    entries.map((entry) => entry.y),
    labelHeight,
    box.top + 4,
    box.bottom - 4,
  );
  return {
    shape: "group",
    part: "labels",
    shapes: entries.flatMap((entry, i) => [
      sample(entry, box.right + 3, box.right + labelGap - 5, entry.y, places[i]!),
      label(entry.label, box.right + labelGap, places[i]! + 4),
    ]),
  };
}

/** A short line as its curve is drawn. */
export function sample(entry: KeyEntry, x1: number, x2: number, y1: number, y2: number): Shape {
  return {
    shape: "line",
    x1,
    y1,
    x2,
    y2,
    stroke: entry.role,
    strokeWidth: 2,
    ...(entry.dash ? { dash: entry.dash } : {}),
  };
}

function label(text: string, x: number, y: number): Shape {
  return { shape: "text", x, y, text, fill: "ink", size: small };
}
