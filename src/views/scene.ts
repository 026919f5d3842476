import { bisectCenter } from "d3-array";
import type { Language } from "../text/text.ts";
import type { Role, Shape } from "./shape.ts";

/** A rectangle by its edges, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a view needs to know besides its spec. */
export interface DrawOptions {
  /** Width of the whole in pixels. */
  readonly width: number;
  /** Height of the whole in pixels; the view's own unless given. */
  readonly height?: number;
  readonly language: Language;
}

/** A drawn view: its shapes, its words for those who do not see it, and what it answers to the pointer. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly title: string;
  /** The figures that matter, in sentences. */
  readonly description: string;
  /** Null where there is nothing to read off. */
  readonly hover: Hover | null;
}

/** Where the reading line may stand in a view, and what it reads there. */
export interface Hover {
  /** The part of the scene that answers to the pointer. */
  readonly box: Box;
  /** Places of the reading line: x in pixels, ascending. */
  readonly stops: readonly number[];
  /** What is read at a stop, counted from 0. */
  read(stop: number): Reading;
}

/** Every curve's value at one place. */
export interface Reading {
  readonly x: number;
  /** What the place is: "12 months". */
  readonly heading: string;
  readonly rows: readonly ReadingRow[];
  /** Points of the curves that are read. */
  readonly marks: readonly { readonly x: number; readonly y: number; readonly role: Role }[];
}

/** One curve's value at the place that is read. */
export interface ReadingRow {
  readonly label: string;
  readonly value: string;
  readonly detail?: string;
  readonly role: Role;
  readonly dashed?: boolean;
}

/** The stop nearest to x, in pixels. */
export function stopAt(hover: Hover, x: number): number {
  return bisectCenter(hover.stops, x);
}

/** What is read nearest to x, in pixels; null where the scene has nothing to read off. */
export function readAt(scene: Scene, x: number): Reading | null {
  return scene.hover && scene.hover.stops.length > 0 ? scene.hover.read(stopAt(scene.hover, x)) : null;
}

/** A reading in one sentence, for those who hear it. */
export function readingText(reading: Reading): string {
  const rows = reading.rows.map((row) => `${row.label} ${row.value}${row.detail ? `, ${row.detail}` : ""}`);
  return `${reading.heading}: ${rows.join("; ")}`;
}

/** The least width that is drawn: a narrower container scrolls or clips. */
const leastWidth = 240;

/** The width to draw in: whole pixels, never less than what a view needs. */
export function drawnWidth(options: DrawOptions): number {
  return Math.max(leastWidth, Math.floor(options.width) || 0);
}

/** A scene that only says why there is nothing to see. */
export function emptyScene(title: string, reason: string, options: DrawOptions): Scene {
  const width = drawnWidth(options);
  const height = options.height ?? 80;
  return {
    width,
    height,
    title,
    description: reason,
    hover: null,
    shapes: [
      { shape: "text", x: 0, y: 18, text: title, fill: "ink", size: 14, weight: 600 },
      { shape: "text", x: 0, y: 44, text: reason, fill: "quiet", size: 12 },
    ],
  };
}
