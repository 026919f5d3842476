import type { Box } from "./scene.ts";
import type { Shape } from "./shape.ts";

/** A mark of an axis: its place in pixels and its words. */
interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Size of the words and figures around a plot, in pixels. */
export const small = 12;

/** Height of what `xAxis` draws below the box, in pixels. */
export const xAxisHeight = 38;

/** The axis below a box: a line, its ticks, and its title with the unit. */
export function xAxis(box: Box, ticks: readonly Tick[], title: string): Shape {
  return {
    shape: "group",
    part: "x-axis",
    shapes: [
      { shape: "line", x1: box.left, y1: box.bottom, x2: box.right, y2: box.bottom, stroke: "quiet" },
      ...ticks.flatMap(({ at, label }): Shape[] => [
        { shape: "line", x1: at, y1: box.bottom, x2: at, y2: box.bottom + 4, stroke: "quiet" },
        {
          shape: "text",
          x: at,
          y: box.bottom + 17,
          text: label,
          fill: "quiet",
          size: 11,
          anchor: "middle",
          face: "figures",
        },
      ]),
      {
        shape: "text",
        x: (box.left + box.right) / 2,
        y: box.bottom + 34,
        text: title,
        fill: "quiet",
        size: small,
        anchor: "middle",
      },
    ],
  };
}

/** The axis left of a box: hairlines across it, figures beside it, and its title above. */
export function yAxis(box: Box, ticks: readonly Tick[], title: string): Shape {
  return {
    shape: "group",
    part: "y-axis",
    shapes: [
      ...ticks.flatMap(({ at, label }): Shape[] => [
        { shape: "line", x1: box.left, y1: at, x2: box.right, y2: at, stroke: "line" },
        {
          shape: "text",
          x: box.left - 8,
          y: at + 4,
          text: label,
          fill: "quiet",
          size: 11,
          anchor: "end",
          face: "figures",
        },
      ]),
      { shape: "text", x: 0, y: box.top - 12, text: title, fill: "quiet", size: small },
    ],
  };
}
