import { als } from "./cases/als.ts";
import { bpr } from "./cases/bpr.ts";
import { kMeans } from "./cases/k-means.ts";
import { mlp } from "./cases/mlp.ts";
import { neighbors } from "./cases/neighbors.ts";
import { pca } from "./cases/pca.ts";
import { recurrentCase } from "./cases/recurrent.ts";
import { gradientBoosting, randomForest } from "./cases/trees.ts";
import type { SpeedCase } from "./speed.ts";

/** What can be measured, one line a case. */
export const speedCases: readonly SpeedCase[] = [
  kMeans,
  mlp,
  recurrentCase("lstm"),
  recurrentCase("gru"),
  bpr,
  als,
  neighbors,
  gradientBoosting,
  randomForest,
  pca,
];

/** The case of that id; one that is not there is a RangeError. */
export function speedCaseOf(id: string): SpeedCase {
  const found = speedCases.find((one) => one.id === id);
  if (!found)
    throw new RangeError(
      `speed: expected one of ${speedCases.map((one) => `"${one.id}"`).join(", ")}, got "${id}"`,
    );
  return found;
}
