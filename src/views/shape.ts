import type { PlacedCloud } from "./cloud.ts";

/** What a colour is for. The page gives each role a custom property, an exported picture a literal colour. */
export type Role = "paper" | "ink" | "quiet" | "line" | "accent" | "warn" | "fail" | SeriesRole | RampRole;

/** The colour of one curve among many, in a fixed order; the last one is grey and serves "other" too. */
export type SeriesRole = `series-${0 | 1 | 2 | 3 | 4 | 5 | 6}`;

/** A step of the sequential scale, from the least to the greatest value. */
export type RampRole = `ramp-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;

/** How an outline and an area are painted; what is left out is not painted. */
export interface Paint {
  readonly fill?: Role;
  readonly stroke?: Role;
  /** Stroke width in pixels. */
  readonly strokeWidth?: number;
  /** Opacity of the whole, in [0, 1]. */
  readonly opacity?: number;
  /** Dash pattern, as in SVG: "5 4". */
  readonly dash?: string;
}

/** Words or figures at a place: y is the baseline. */
export interface TextShape {
  readonly shape: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill: Role;
  /** Font size in pixels. */
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: 400 | 600;
  /** Figures stand in a face whose digits share one width. */
  readonly face?: "words" | "figures";
}

/** One thing that is drawn, in pixels from the top left. */
export type Shape =
  | ({ readonly shape: "path"; readonly d: string } & Paint)
  | ({
      readonly shape: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    } & Paint)
  | ({
      readonly shape: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    } & Paint)
  | ({ readonly shape: "circle"; readonly cx: number; readonly cy: number; readonly r: number } & Paint)
  | TextShape
  /** Many points in a box, cut off at its edges. */
  | { readonly shape: "cloud"; readonly placed: PlacedCloud }
  /** Shapes that belong together, under the name of their part: "curves", "x-axis" … */
  | { readonly shape: "group"; readonly part: string; readonly shapes: readonly Shape[] };
