import { kMeans } from "./cases/k-means.ts";
import type { SpeedCase } from "./speed.ts";

/** What can be measured, one line a case. */
export const speedCases: readonly SpeedCase[] = [kMeans];

/** The case of that id; one that is not there is a RangeError. */
export function speedCaseOf(id: string): SpeedCase {
  const found = speedCases.find((one) => one.id === id);
  if (!found)
    throw new RangeError(
      `speed: expected one of ${speedCases.map((one) => `"${one.id}"`).join(", ")}, got "${id}"`,
    );
  return found;
}
