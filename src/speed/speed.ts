import type { Measured, Runner, SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";

export type { Measured, Runner, SpeedSize };

/** A model, the data it learns from, and how both are run by each runner. */
export interface SpeedCase extends SpeedCaseInfo {
  /** Rounds that are timed, after one that is not. */
  readonly rounds: number;
  /** What it learns from: numbers, arrays of numbers, and objects of those. The same whenever it is made. */
  data(size: SpeedSize): object;
  /** Runs the case; a runner it has not is a RangeError, an aborted signal an AbortError. */
  run(runner: Runner, size: SpeedSize, signal: AbortSignal): Promise<Measured>;
}
