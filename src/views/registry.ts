import type { ViewName, ViewSpec } from "../specs/spec.ts";
import { drawEmbedding } from "./embedding.ts";
import { drawRoc } from "./roc.ts";
import type { DrawOptions, Scene } from "./scene.ts";
import { drawSurvival } from "./survival.ts";
import { drawTraining } from "./training.ts";

type Draw = {
  readonly [name in ViewName]: (spec: Extract<ViewSpec, { view: name }>, options: DrawOptions) => Scene;
};

/** How each view is drawn. Adding a view adds a line here. */
const views: Draw = {
  training: drawTraining,
  survival: drawSurvival,
  roc: drawRoc,
  embedding: drawEmbedding,
};

/** Any view as a scene. */
export function draw(spec: ViewSpec, options: DrawOptions): Scene {
  const drawOne = views[spec.view] as (spec: ViewSpec, options: DrawOptions) => Scene;
  return drawOne(spec, options);
}
