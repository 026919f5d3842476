import { setSession, type Session } from "../../../src/library/session.ts";
import type { TrainingSpec } from "../../../src/specs/training.ts";

/** A cell that keeps what a fit shows, calls back with it, and lets the test press Stop; it runs until `setSession(null)`. */
export function fakeCell(onShow: (spec: TrainingSpec) => unknown = () => undefined) {
  const shown: TrainingSpec[] = [];
  const ids = new Set<string | undefined>();
  const stops = new Map<string, () => void>();
  const controller = new AbortController();
  const cell: Session = {
    signal: controller.signal,
    display(value, options) {
      shown.push(value as TrainingSpec);
      ids.add(options?.id);
      onShow(value as TrainingSpec);
    },
    onStopFit(fit, stop) {
      stops.set(fit, stop);
      return () => stops.delete(fit);
    },
    sql: () => Promise.reject(new Error("no tables here")),
    describe: () => Promise.reject(new Error("no tables here")),
  };
  setSession(cell);
  return {
    shown,
    ids,
    stops,
    controller,
    /** What was shown last. */
    last: (): TrainingSpec => shown[shown.length - 1]!,
    /** Presses Stop in the live view of that fit. */
    stop: (fit: string): void => stops.get(fit)?.(),
  };
}
