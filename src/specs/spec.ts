import type { EmbeddingSpec } from "./embedding.ts";
import type { RocSpec } from "./roc.ts";
import type { SurvivalSpec } from "./survival.ts";
import type { TrainingSpec } from "./training.ts";

/** Everything that can be drawn: one member a view, told apart by `view`. Adding a view adds a line here. */
export type ViewSpec = TrainingSpec | SurvivalSpec | RocSpec | EmbeddingSpec;

/** The name of a view, as it stands in its MIME type. */
export type ViewName = ViewSpec["view"];

const views = { training: 1, survival: 1, roc: 1, embedding: 1 } as const satisfies Record<ViewName, 1>;

/** The MIME type under which a view is kept in an output. */
export function viewMime(view: ViewName): string {
  return `application/vnd.cohortbook.${view}.v1+json`;
}

/** The view a MIME type names, or undefined where it names none. */
export function viewOfMime(mime: string): ViewName | undefined {
  const name = /^application\/vnd\.cohortbook\.([a-z-]+)\.v1\+json$/.exec(mime)?.[1];
  return name !== undefined && Object.hasOwn(views, name) ? (name as ViewName) : undefined;
}

/** Whether a value is the spec of a view. */
export function isViewSpec(value: unknown): value is ViewSpec {
  return (
    typeof value === "object" && value !== null && "view" in value && Object.hasOwn(views, String(value.view))
  );
}
