import type { NotebookDocument } from "../notebook/document.ts";

/** Whether the planted truth of sample data may exist in a notebook's database: unless its document says anything but `true`. */
export function mayHoldTruth({ metadata }: Pick<NotebookDocument, "metadata">): boolean {
  return metadata.truth === undefined || metadata.truth === true;
}
