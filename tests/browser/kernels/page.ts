// What the page of `kernels.test.ts` runs: WGSL beside the twins, on whatever adapter there is.
import { callbacks } from "./callbacks.ts";
import { estimators } from "./estimators.ts";
import { als, alsAgain, bpr, bprAgain } from "./factors.ts";
import { kMeans, kMeansAgain } from "./k-means.ts";
import { logistic, logisticAgain } from "./logistic.ts";
import { limits } from "./limits.ts";
import { lost, lostForGood } from "./lost.ts";
import { memory } from "./memory.ts";
import { miniBatch, miniBatchAll } from "./mini-batch.ts";
import { mlp, mlpAgain } from "./mlp.ts";
import { neighbours, neighboursAll, points, pointsAll } from "./neighbours.ts";
import { recurrent, recurrentAgain } from "./recurrent.ts";
import { rowProducts, rowProductsAgain } from "./row-products.ts";

/** Families of kernels: how far each case is from its twin, and whether a second run gives the same bits. */
const families = {
  kMeans,
  kMeansAgain,
  miniBatch,
  miniBatchAll,
  mlp,
  mlpAgain,
  recurrent,
  recurrentAgain,
  bpr,
  bprAgain,
  als,
  alsAgain,
  points,
  pointsAll,
  neighbours,
  neighboursAll,
  rowProducts,
  rowProductsAgain,
  logistic,
  logisticAgain,
  estimators,
  lost,
  lostForGood,
  limits,
  memory,
  callbacks,
};

/** Names of the families. */
export type Family = keyof typeof families;

(globalThis as { kernels?: typeof families }).kernels = families;
