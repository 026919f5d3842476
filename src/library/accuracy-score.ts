import type { Labels } from "./estimator.ts";
import { checkSameRows, toLabels } from "./inputs.ts";

/** Share of rows whose label is predicted exactly, in [0, 1]: Σᵢ [yTrueᵢ = yPredᵢ] / n. Labels of both must be of one type. */
export function accuracyScore(yTrue: Labels, yPred: Labels): number {
  const truth = toLabels(yTrue, "accuracyScore: yTrue");
  const guess = toLabels(yPred, "accuracyScore: yPred");
  checkSameRows("yTrue", truth.codes.length, "yPred", guess.codes.length);
  if (typeof truth.classes[0] !== typeof guess.classes[0])
    throw new TypeError(
      `accuracyScore: expected labels of type ${typeof truth.classes[0]} in yPred, got ${typeof guess.classes[0]}`,
    );
  let right = 0;
  for (let i = 0; i < truth.codes.length; i++)
    if (truth.classes[truth.codes[i]!] === guess.classes[guess.codes[i]!]) right++;
  return right / truth.codes.length;
}
