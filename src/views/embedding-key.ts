import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { small } from "./axis.ts";
import type { PointGroup } from "./embedding-groups.ts";
import { count } from "./format.ts";
import { ellipsis, textWidth } from "./measure.ts";
import type { Box } from "./scene.ts";
import type { Shape } from "./shape.ts";

/** A group's entry in the key, and where it stands: there the page puts a button. */
export interface KeyPlace {
  readonly group: number;
  readonly label: string;
  /** The number of points at the end of the line; empty where the label has it. */
  readonly points: string;
  readonly box: Box;
}

/** Height of one entry: enough for a finger. */
const rowHeight = 24;
const dotRoom = 20;
const gap = 14;

/** What a group is called. */
export function groupLabel({ kind, word, categories }: PointGroup, language: Language): string {
  const texts = viewTexts[language];
  if (kind === "category") return word === "" ? "“”" : word;
  return kind === "missing" ? texts.missingValue : fill(texts.otherCategories, { count: categories });
}

/** The entries of a key, one below the other or in rows that wrap within `width`, each with its number of points. */
export function keyPlaces(
  groups: readonly PointGroup[],
  at: { readonly left: number; readonly top: number; readonly width: number; readonly rows: boolean },
  language: Language,
): KeyPlace[] {
  let [x, y] = [at.left, at.top];
  return groups.map((group, i) => {
    const points = count(group.count, language);
    const number = textWidth(points, 11, "figures") + 10;
    const name = ellipsis(groupLabel(group, language), small, at.width - dotRoom - number);
    const label = at.rows ? `${name} · ${points}` : name;
    const wide = dotRoom + textWidth(label, small);
    if (at.rows ? x > at.left && x + wide > at.left + at.width : i > 0) [x, y] = [at.left, y + rowHeight];
    const right = at.rows ? Math.min(x + wide, at.left + at.width) : at.left + at.width;
    const box = { left: x, top: y, right, bottom: y + rowHeight };
    x += wide + gap;
    return { group: i, label, points: at.rows ? "" : points, box };
  });
}

/** The entries drawn; where one group stands out the others are quiet. */
export function keyShape(
  places: readonly KeyPlace[],
  groups: readonly PointGroup[],
  isolated: number | null,
): Shape {
  return {
    shape: "group",
    part: "key",
    shapes: places.flatMap(({ group, label, points, box }): Shape[] => {
      const quiet = isolated !== null && isolated !== group;
      const y = box.top + 16;
      return [
        {
          shape: "circle",
          cx: box.left + 7,
          cy: box.top + rowHeight / 2,
          r: 5,
          fill: groups[group]!.role,
          ...(quiet ? { opacity: 0.3 } : {}),
        },
        {
          shape: "text",
          x: box.left + dotRoom,
          y,
          text: label,
          fill: quiet ? "quiet" : "ink",
          size: small,
          ...(isolated === group ? { weight: 600 as const } : {}),
        },
        ...(points
          ? [
              {
                shape: "text" as const,
                x: box.right,
                y,
                text: points,
                fill: "quiet" as const,
                size: 11,
                anchor: "end" as const,
                face: "figures" as const,
              },
            ]
          : []),
      ];
    }),
  };
}
