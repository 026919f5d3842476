import { setSession } from "../../../src/library/session.ts";
import type { TrainingSpec } from "../../../src/specs/training.ts";

/** What fits show from here on, until the next call. */
export function watchFits(): TrainingSpec[] {
  const shown: TrainingSpec[] = [];
  setSession({
    signal: new AbortController().signal,
    display: (value) => shown.push(value as TrainingSpec),
    onStopFit: () => () => undefined,
    sql: () => Promise.reject(new Error("no tables here")),
    describe: () => Promise.reject(new Error("no tables here")),
  });
  return shown;
}
