import type { Runner, SpeedCaseInfo, SpeedSize } from "../specs/speed.ts";
import { runners, type SpeedOutcome, type SpeedRow } from "../specs/speed-report.ts";
import type { DeviceInfo } from "../specs/training.ts";

/** One measurement to make. */
export interface SpeedJob {
  readonly info: SpeedCaseInfo;
  readonly runner: Runner;
  readonly size: SpeedSize;
}

/** What a GPU is asked here: everything, the smallest size where it is a processor in disguise, or nothing where there is none. */
export function gpuUse({ tier, reason }: DeviceInfo): "all" | "tiny" | "none" {
  if (tier === "webgpu") return "all";
  return reason === "fallback-adapter" ? "tiny" : "none";
}

/** The measurements of these cases at that size on that device, case by case. */
export function speedJobs(
  cases: readonly SpeedCaseInfo[],
  size: SpeedSize,
  device: DeviceInfo,
): readonly SpeedJob[] {
  const use = gpuUse(device);
  const isDone = (runner: Runner): boolean =>
    !runner.endsWith("webgpu") || use === "all" || (use === "tiny" && size === "tiny");
  return cases.flatMap((info) =>
    runners
      .filter((runner) => info.runners.includes(runner) && isDone(runner))
      .map((runner) => ({ info, runner, size })),
  );
}

/** The rows with the outcome of a job in its place: a case that is not there yet comes last. */
export function withOutcome(
  rows: readonly SpeedRow[],
  { info, runner, size }: SpeedJob,
  outcome: SpeedOutcome,
): readonly SpeedRow[] {
  const at = rows.findIndex((row) => row.caseId === info.id && row.size === size);
  const row = rows[at] ?? rowOf(info, size);
  const changed: SpeedRow = { ...row, outcomes: { ...row.outcomes, [runner]: outcome } };
  return at < 0 ? [...rows, changed] : rows.with(at, changed);
}

/** The row of a case at a size, with nothing measured. */
export function rowOf({ id, sizes, runners }: SpeedCaseInfo, size: SpeedSize): SpeedRow {
  return { caseId: id, size, shape: sizes[size], runners, outcomes: {} };
}
