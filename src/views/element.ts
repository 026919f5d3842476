import { cloudElement } from "./cloud-element.ts";
import type { Paint, Shape } from "./shape.ts";
import type { Theme } from "./theme.ts";

/** One SVG element: its tag, its attributes, and the text or the elements inside it. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: { readonly [name: string]: string | number };
  readonly text?: string;
  readonly children?: readonly Shape[];
}

/** The SVG element of a shape in a theme's colours. */
export function elementOf(shape: Shape, theme: Theme): SvgElement {
  switch (shape.shape) {
    case "path":
      return { tag: "path", attributes: { d: shape.d, ...paint(shape, theme) } };
    case "line":
      return {
        tag: "line",
        attributes: {
          x1: round(shape.x1),
          y1: round(shape.y1),
          x2: round(shape.x2),
          y2: round(shape.y2),
          ...paint(shape, theme),
        },
      };
    case "rect":
      return {
        tag: "rect",
        attributes: {
          x: round(shape.x),
          y: round(shape.y),
          width: round(shape.width),
          height: round(shape.height),
          ...paint(shape, theme),
        },
      };
    case "circle":
      return {
        tag: "circle",
        attributes: { cx: round(shape.cx), cy: round(shape.cy), r: shape.r, ...paint(shape, theme) },
      };
    case "text":
      return {
        tag: "text",
        attributes: {
          x: round(shape.x),
          y: round(shape.y),
          fill: theme.colour[shape.fill],
          "font-size": shape.size,
          "font-family": theme[shape.face ?? "words"],
          ...(shape.anchor && shape.anchor !== "start" ? { "text-anchor": shape.anchor } : {}),
          ...(shape.weight ? { "font-weight": shape.weight } : {}),
        },
        text: shape.text,
      };
    case "cloud":
      return cloudElement(shape.placed, theme);
    case "group":
      return { tag: "g", attributes: { "data-part": shape.part }, children: shape.shapes };
    default:
      return shape satisfies never;
  }
}

function paint(shape: Paint, theme: Theme): { readonly [name: string]: string | number } {
  return {
    fill: shape.fill ? theme.colour[shape.fill] : "none",
    ...(shape.stroke ? { stroke: theme.colour[shape.stroke], "stroke-width": shape.strokeWidth ?? 1 } : {}),
    ...(shape.opacity !== undefined ? { opacity: shape.opacity } : {}),
    ...(shape.dash ? { "stroke-dasharray": shape.dash } : {}),
  };
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
