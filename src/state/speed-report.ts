import { version } from "../../package.json";
import type { SpeedReport, SpeedRow } from "../specs/speed-report.ts";
import type { DeviceInfo } from "../specs/training.ts";
import { browserName } from "./browser-name.ts";

/** A report of rows that were measured on that device of this machine; the last of them at that time, in ms since 1970. */
export function speedReport(
  device: DeviceInfo,
  rows: readonly SpeedRow[],
  measuredAt: number,
  { userAgent, hardwareConcurrency }: Pick<Navigator, "userAgent" | "hardwareConcurrency">,
): SpeedReport {
  const date = new Date(measuredAt).toISOString();
  return { version, date, device, browser: browserName(userAgent), cores: hardwareConcurrency, rows };
}
