import { runners, speedSizes } from "../specs/speed-report.ts";
import type { Measured, SpeedCaseInfo } from "../specs/speed.ts";
import { isRecord, isText } from "./check.ts";

/** Whether what came from a kernel is a measurement: numbers of at least 0, null where that is allowed, and any finite quality. */
export function isMeasured(value: unknown): value is Measured {
  if (!isRecord(value) || !isRecord(value.quality)) return false;
  const { seconds, steps, flops, floorBytes, dispatches, bytes, peakBytes, quality } = value;
  return (
    [seconds, steps, flops, floorBytes].every(isAmount) &&
    [dispatches, bytes, peakBytes].every((each) => each === null || isAmount(each)) &&
    isText(quality.name, 100) &&
    Number.isFinite(quality.value)
  );
}

/** Whether what came from a kernel says what it can measure. */
export function areSpeedCases(value: unknown): value is readonly SpeedCaseInfo[] {
  return Array.isArray(value) && value.length <= 100 && value.every(isSpeedCase);
}

function isSpeedCase(value: unknown): boolean {
  if (!isRecord(value) || !isText(value.id, 100)) return false;
  const { sizes: texts, runners: given } = value;
  return (
    isRecord(texts) &&
    speedSizes.every((size) => isText(texts[size], 100)) &&
    Array.isArray(given) &&
    given.every((one: unknown) => runners.some((runner) => runner === one))
  );
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}
