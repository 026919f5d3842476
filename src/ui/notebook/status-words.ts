import type { CellStatus } from "../../state/cell-status.ts";
import type { cellsText } from "../../text/cells.ts";
import { fill } from "../../text/text.ts";

type Words = (typeof cellsText)["en"];

/** A cell's state in words. `now` is milliseconds since 1970, for a cell that runs. */
export function statusWords(status: CellStatus, t: Words, now: number): string {
  switch (status.state) {
    case "idle":
      return t.idle;
    case "queued":
      return fill(t.queued, { place: status.place });
    case "running":
      return fill(t.running, { seconds: secondsText((now - status.since) / 1000) });
    case "stale":
      return status.why === "edited" ? t.staleEdited : t.staleUpstream;
    case "done":
      return status.device === null
        ? fill(t.done, { seconds: secondsText(status.seconds) })
        : fill(t.doneOn, { seconds: secondsText(status.seconds), device: status.device });
    case "kept":
      return t.kept;
    case "failed":
      return fill(t.failed, { seconds: secondsText(status.seconds) });
    case "stopped":
      return fill(t.stopped, { seconds: secondsText(status.seconds) });
    default:
      return status satisfies never;
  }
}

/** Seconds to two figures below ten, whole ones above. */
export function secondsText(seconds: number): string {
  const positive = Math.max(seconds, 0);
  if (positive < 1) return positive.toFixed(2);
  return positive < 10 ? positive.toFixed(1) : positive.toFixed(0);
}
