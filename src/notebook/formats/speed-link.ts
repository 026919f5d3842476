import { isSpeedReport } from "../../protocol/check-speed-report.ts";
import type { SpeedReport } from "../../specs/speed-report.ts";
import { deflated, inflated } from "./deflate.ts";

/** The largest text a link with measurements may unfold to. */
const mostText = 500_000;

const key = "speed=";

/** Measurements as the fragment of a link, without `#`. */
export async function toSpeedFragment(report: SpeedReport): Promise<string> {
  return key + (await deflated(JSON.stringify(report)));
}

/** The measurements in a fragment without `#`; null where it carries none, a RangeError where it is broken. */
export async function fromSpeedFragment(fragment: string): Promise<SpeedReport | null> {
  if (!fragment.startsWith(key)) return null;
  const text = await inflated(fragment.slice(key.length), mostText);
  const report = text === null ? null : parsed(text);
  if (!isSpeedReport(report)) throw new RangeError("link: expected measurements, got a link that is broken");
  return report;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
