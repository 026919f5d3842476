import type { EmbeddingSpec } from "../specs/embedding.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { small } from "./axis.ts";
import { dotFor, type PlacedCloud } from "./cloud.ts";
import { groupPoints, type GroupedCloud } from "./embedding-groups.ts";
import { groupLabel, keyPlaces, keyShape, type KeyPlace } from "./embedding-key.ts";
import { valueScale } from "./embedding-scale.ts";
import { count, figure } from "./format.ts";
import { heading, paragraph } from "./lines.ts";
import { ellipsis } from "./measure.ts";
import { drawnWidth, emptyScene, type Box, type DrawOptions, type Scene } from "./scene.ts";
import type { Shape } from "./shape.ts";
import { extentOf, fitted, onOneScale, project, type Extent, type Viewport } from "./viewport.ts";

/** What a person looks at: a part of the plane (null: all of it), and a group that stands out. */
export interface Look {
  readonly view: Viewport | null;
  readonly isolated: number | null;
}

/** A map drawn, and what the page needs to answer to the pointer. */
export interface EmbeddingScene extends Scene {
  /** Shapes below and above the points. */
  readonly below: readonly Shape[];
  readonly above: readonly Shape[];
  readonly placed: PlacedCloud;
  /** The viewport that shows all points. */
  readonly whole: Viewport;
  readonly keyPlaces: readonly KeyPlace[];
}

const whole: Look = { view: null, isolated: null };

/** Below this width the key stands above the map instead of beside it. */
const narrow = 560;
const top = 30;
const keyWidth = 188;

/** A map of points in a frame without axes, the key of its colours, and its centres. */
export function drawEmbedding(spec: EmbeddingSpec, options: DrawOptions): Scene {
  const grouped = groupPoints(spec);
  return (
    embeddingScene(spec, grouped, options, whole) ??
    emptyScene(
      spec.title ?? viewTexts[options.language].embeddingTitle,
      viewTexts[options.language].noPoints,
      options,
    )
  );
}

/** A map as a person looks at it; null where there is no point. `grouped` is what `groupPoints` gives for the spec. */
export function embeddingScene(
  spec: EmbeddingSpec,
  grouped: GroupedCloud,
  options: DrawOptions,
  look: Look,
): EmbeddingScene | null {
  if (spec.x.length === 0) return null;
  const { language } = options;
  const { cloud, groups } = grouped;
  const extent = extentOf(spec.x, spec.y);
  const title = spec.title ?? viewTexts[language].embeddingTitle;
  const width = drawnWidth(options);
  const beside = width >= narrow && spec.colour !== undefined;
  const keyLeft = beside ? width - keyWidth : 0;
  const key = colourKey(spec, grouped, look.isolated, { left: keyLeft, beside, width }, language);
  const caption = paragraph("caption", captionOf(spec, extent, language), 0, width);
  const boxTop = beside ? top : 26 + key.height;
  const right = beside ? keyLeft - 20 : width - 1;
  const tall = Math.round(Math.min(440, Math.max(240, right * (width < narrow ? 0.9 : 0.72))));
  const height =
    options.height ?? Math.max(boxTop + tall, beside ? top + key.height : 0) + 10 + caption.height + 4;
  const box: Box = {
    left: 1,
    top: boxTop,
    right,
    bottom: Math.max(boxTop + 80, height - 14 - caption.height),
  };

  const all = fitted(extent, box);
  const view = look.view ?? all;
  const placed: PlacedCloud = {
    cloud,
    box,
    view,
    dot: dotFor(spec.x.length, Math.sqrt((view.kx / all.kx) * (view.ky / all.ky))),
    isolated: look.isolated,
  };
  const below: Shape[] = [
    heading(title, width),
    ...key.shapes,
    {
      shape: "rect",
      // Around the points, on whole pixels.
      x: box.left - 0.5,
      y: box.top - 0.5,
      width: box.right - box.left + 1,
      height: box.bottom - box.top + 1,
      stroke: "line",
    },
    paragraph("caption", captionOf(spec, extent, language), box.bottom + 8, width).shape,
  ];
  const above = centres(spec, placed);
  return {
    width,
    height,
    title,
    description: describe(spec, grouped, language),
    hover: null,
    shapes: [...below, { shape: "cloud", placed }, ...above],
    below,
    above,
    placed,
    whole: all,
    keyPlaces: groups.length > 0 ? key.places : [],
  };
}

function colourKey(
  { colour }: EmbeddingSpec,
  { groups }: GroupedCloud,
  isolated: number | null,
  at: { readonly left: number; readonly beside: boolean; readonly width: number },
  language: Language,
): { shapes: Shape[]; places: KeyPlace[]; height: number } {
  if (!colour) return { shapes: [], places: [], height: 4 };
  const width = at.width - at.left;
  const name: Shape[] = colour.name
    ? [
        {
          shape: "text",
          x: at.left,
          y: at.beside ? top + 12 : 40,
          text: ellipsis(colour.name, small, width),
          fill: "quiet",
          size: small,
        },
      ]
    : [];
  const keyTop = (at.beside ? top : 26) + (name.length > 0 ? 20 : 0);
  if (colour.by === "value") {
    const scale = valueScale(colour, { left: at.left, top: keyTop, width }, language);
    return { shapes: [...name, scale.shape], places: [], height: keyTop - 26 + scale.height };
  }
  const places = keyPlaces(groups, { left: at.left, top: keyTop, width, rows: !at.beside }, language);
  const bottom = places.at(-1)?.box.bottom ?? keyTop;
  return { shapes: [...name, keyShape(places, groups, isolated)], places, height: bottom - 26 + 6 };
}

function centres({ centres: given }: EmbeddingSpec, { view, box }: PlacedCloud): Shape[] {
  if (!given) return [];
  const shapes = Array.from(given.x, (x, i) => project(view, box, x, given.y[i]!))
    .filter(({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
    .flatMap(({ x: cx, y: cy }): Shape[] => [
      { shape: "circle", cx, cy, r: 7, stroke: "paper", strokeWidth: 5.5 },
      { shape: "circle", cx, cy, r: 7, stroke: "ink", strokeWidth: 2.5 },
    ]);
  return [{ shape: "group", part: "centres", shapes }];
}

function captionOf(spec: EmbeddingSpec, extent: Extent, language: Language): string {
  const texts = viewTexts[language];
  const points = fill(texts.points, { count: count(spec.x.length, language) });
  const parts = [
    fill(onOneScale(extent) ? texts.oneScale : texts.twoScales, {
      points,
      x: spec.columns[0],
      y: spec.columns[1],
    }),
    ...(spec.principalOf === undefined
      ? []
      : [fill(texts.principalCaption, { count: count(spec.principalOf, language) })]),
    ...(spec.centres ? [fill(texts.centresCaption, { count: spec.centres.x.length })] : []),
  ];
  return parts.join(language === "en" ? " " : "");
}

function describe({ x, colour }: EmbeddingSpec, { groups }: GroupedCloud, language: Language): string {
  const texts = viewTexts[language];
  const points = (n: number): string => fill(texts.points, { count: count(n, language) });
  const parts = groups.map((group) =>
    fill(texts.groupCount, { label: groupLabel(group, language), points: points(group.count) }),
  );
  if (colour?.by === "value")
    parts.push(
      fill(texts.valueScale, {
        name: colour.name ?? texts.colourValue,
        low: figure(colour.low, language),
        high: figure(colour.high, language),
      }),
    );
  const stop = language === "en" ? "." : "。";
  return [points(x.length), ...parts].join(language === "en" ? "; " : "；") + stop;
}
