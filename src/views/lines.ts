import { ellipsis, wrap } from "./measure.ts";
import type { Role, Shape, TextShape } from "./shape.ts";

const size = 12;
const lineHeight = 17;

/** Prose wrapped to a width, its first baseline at `top` + 12. */
export function paragraph(
  part: string,
  text: string,
  top: number,
  width: number,
  fill: Role = "quiet",
): { shape: Shape; height: number } {
  const lines = wrap(text, size, width);
  return {
    shape: {
      shape: "group",
      part,
      shapes: lines.map((line, i) => ({
        shape: "text",
        x: 0,
        y: top + 12 + i * lineHeight,
        text: line,
        fill,
        size,
      })),
    },
    height: lines.length * lineHeight,
  };
}

/** The title at the top of a view, cut where it is wider than `width`. */
export function heading(text: string, width: number): TextShape {
  return {
    shape: "text",
    x: 0,
    y: 15,
    text: ellipsis(text, 14, width / 1.06),
    fill: "ink",
    size: 14,
    weight: 600,
  };
}
