import type { Unreadable } from "../../notebook/formats/unreadable.ts";
import type { shellText } from "../../text/shell.ts";
import { fill } from "../../text/text.ts";

/** Why a notebook could not be opened, in words; an error of another kind speaks for itself. */
export function unreadableWords(error: unknown, t: (typeof shellText)["en"]): string {
  if (error instanceof Error && error.name === "UnreadableNotebook" && "reason" in error) {
    const { why, ...values } = error.reason as Unreadable;
    return fill(t[`unreadable-${why}`], values);
  }
  return error instanceof Error ? error.message : String(error);
}
