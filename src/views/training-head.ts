import type { TrainingSpec } from "../specs/training.ts";
import type { Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { small } from "./axis.ts";
import { heading, paragraph } from "./lines.ts";
import { textWidth } from "./measure.ts";
import type { Role, Shape } from "./shape.ts";
import {
  deviceWords,
  isSearch,
  lossWords,
  lostWords,
  progressWords,
  resumedWords,
  stateOf,
  unitOf,
} from "./training-words.ts";

const titleSize = 14;

/** What stands above the plot of a fit: its name and state, a bar of progress, and the figures in words. */
export function trainingHead(
  spec: TrainingSpec,
  width: number,
  language: Language,
): { shapes: Shape[]; height: number } {
  const state = stateOf(spec, language);
  const title = heading(spec.title, width - textWidth(state.text, titleSize) - 16);
  const shapes: Shape[] = [
    title,
    {
      shape: "text",
      x: textWidth(title.text, titleSize) * 1.06 + 12,
      y: 15,
      text: state.text,
      fill: state.role,
      size: 13,
      weight: 600,
    },
    { shape: "rect", x: 0, y: 26, width, height: 4, fill: "line" },
    { shape: "rect", x: 0, y: 26, width: width * progressOf(spec), height: 4, fill: state.role },
  ];
  let height = 38;
  for (const { part, text, role } of linesOf(spec, width, language)) {
    const lines = paragraph(part, text, height, width, role);
    shapes.push(lines.shape);
    height += lines.height;
  }
  return { shapes, height };
}

/** The share of the epochs that is done, in [0, 1]; all of it, once a fit by starts is over. */
function progressOf(spec: TrainingSpec): number {
  const { starts, epoch, epochs } = spec;
  if (starts && starts.kept !== null) return 1;
  const done = starts ? ((starts.start - 1) * epochs) / starts.starts + starts.iteration : epoch;
  return epochs > 0 ? Math.min(1, Math.max(0, done / epochs)) : 0;
}

interface Line {
  readonly part: string;
  readonly text: string;
  readonly role: Role;
}

function linesOf(spec: TrainingSpec, width: number, language: Language): Line[] {
  const losses = lossWords(spec, language);
  const oneLine = losses.join(" · ");
  const lossLines = textWidth(oneLine, small) <= width ? [oneLine] : losses;
  const waits = spec.state === "running" && !isSearch(spec);
  const wait = waits ? [viewTexts[language][`wait-${unitOf(spec)}`]] : [];
  return [
    { part: "progress", text: progressWords(spec, language).join(" · "), role: "ink" },
    ...(losses.length > 0 ? lossLines : wait).map((text): Line => ({
      part: "losses",
      text,
      role: "ink",
    })),
    ...lostWords(spec, language).map((text): Line => ({ part: "lost", text, role: "fail" })),
    ...resumedWords(spec, language).map((text): Line => ({ part: "resumed", text, role: "warn" })),
    { part: "device", text: deviceWords(spec.device, language), role: "quiet" },
  ];
}
