import type { EmbeddingSpec } from "../specs/embedding.ts";
import { textAt } from "../specs/packed-text.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import type { Cloud } from "./cloud.ts";
import { count, figure } from "./format.ts";
import type { ReadingRow } from "./scene.ts";

/** What is read off a map at one point or centre. */
export interface PointReading {
  readonly heading: string;
  readonly rows: readonly ReadingRow[];
}

/** Point i: its label, or its row counted from 1, as tables show it; its category or value; its coordinates. */
export function pointReading(spec: EmbeddingSpec, cloud: Cloud, i: number, language: Language): PointReading {
  const texts = viewTexts[language];
  const label = spec.labels ? textAt(spec.labels, i) : "";
  const role = cloud.roles[cloud.group[i]!]!;
  const places = coordinates(spec, spec.x[i]!, spec.y[i]!, language);
  return {
    heading: label || fill(texts.rowNumber, { row: count(i + 1, language) }),
    rows: spec.colour
      ? [{ ...colourAt(spec.colour, i, language), role, detail: places.join(" · ") }]
      : [{ label: places[0], value: "", role, detail: places[1] }],
  };
}

/** Centre i, counted from 0, with its coordinates. */
export function centreReading(spec: EmbeddingSpec, i: number, language: Language): PointReading {
  const { x, y } = spec.centres!;
  const [first, second] = coordinates(spec, x[i]!, y[i]!, language);
  return {
    heading: fill(viewTexts[language].centreNumber, { number: i }),
    rows: [{ label: first, value: "", role: "ink", detail: second }],
  };
}

function colourAt(
  colour: NonNullable<EmbeddingSpec["colour"]>,
  i: number,
  language: Language,
): { label: string; value: string } {
  const texts = viewTexts[language];
  if (colour.by === "category")
    return {
      label: colour.name ?? texts.colourCategory,
      value: colour.words[colour.codes[i]!] ?? texts.missingValue,
    };
  const value = colour.values[i]!;
  return {
    label: colour.name ?? texts.colourValue,
    value: Number.isNaN(value) ? texts.missingValue : figure(value, language),
  };
}

function coordinates({ columns }: EmbeddingSpec, x: number, y: number, language: Language): [string, string] {
  return [`${columns[0]} ${figure(x, language)}`, `${columns[1]} ${figure(y, language)}`];
}
