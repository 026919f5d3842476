import type { SpeedReport } from "../specs/speed-report.ts";
import { runners, speedSizes } from "../specs/speed-report.ts";
import type { DeviceInfo } from "../specs/training.ts";
import { isMeasured } from "./check-speed.ts";
import { isRecord, isText } from "./check.ts";

const mostRows = 100;
const mostText = 300;

const reasons: Readonly<Record<DeviceInfo["reason"], 1>> = {
  "real-adapter": 1,
  "no-adapter": 1,
  "fallback-adapter": 1,
  forced: 1,
  "device-lost": 1,
  "gpu-limits": 1,
  "cpu-model": 1,
  "little-work": 1,
};

/** Whether what came with a link is a report of measurements: at most 100 rows, one a case and size, and texts of at most 300 characters. */
export function isSpeedReport(value: unknown): value is SpeedReport {
  if (!isRecord(value) || !isDevice(value.device)) return false;
  const { version, date, browser, cores, rows } = value;
  return (
    [version, browser].every((text) => isText(text, mostText)) &&
    isText(date, mostText) &&
    Number.isFinite(Date.parse(date)) &&
    Number.isSafeInteger(cores) &&
    (cores as number) > 0 &&
    Array.isArray(rows) &&
    rows.length <= mostRows &&
    rows.every(isRow) &&
    new Set(rows.map(({ caseId, size }: { caseId: string; size: string }) => `${size} ${caseId}`)).size ===
      rows.length
  );
}

function isDevice(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { tier, name, reason } = value;
  return (
    (tier === "webgpu" || tier === "wasm") &&
    isText(name, mostText) &&
    typeof reason === "string" &&
    Object.hasOwn(reasons, reason)
  );
}

function isRow(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value.outcomes)) return false;
  const { caseId, size, shape, outcomes, runners: own = [] } = value;
  return (
    isText(caseId, mostText) &&
    (speedSizes as readonly unknown[]).includes(size) &&
    isText(shape, mostText) &&
    Array.isArray(own) &&
    own.length <= runners.length &&
    own.every(isRunner) &&
    Object.entries(outcomes).every(([runner, outcome]) => isRunner(runner) && isOutcome(outcome))
  );
}

function isRunner(value: unknown): boolean {
  return (runners as readonly unknown[]).includes(value);
}

function isOutcome(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if (value.state === "measured") return isMeasured(value.measured);
  if (value.state === "timed-out") return Number.isFinite(value.seconds);
  return value.state === "failed" && isText(value.message, mostText);
}
