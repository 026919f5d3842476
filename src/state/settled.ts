import type { LastRun } from "../notebook/document.ts";
import type { Output } from "../protocol/output.ts";
import { viewMime } from "../specs/spec.ts";

const training = viewMime("training");

/** The output as it stands once its cell has ended: a fit that was still running ended with the cell. */
export function settled(output: Output, state: LastRun["state"]): Output {
  const spec = output.data[training];
  if (typeof spec !== "object" || spec === null || !("state" in spec) || spec.state !== "running")
    return output;
  const ended = state === "failed" ? "failed" : "aborted";
  return { ...output, data: { ...output.data, [training]: { ...spec, state: ended } } };
}
