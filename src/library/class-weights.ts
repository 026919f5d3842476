import type { Label } from "./estimator.ts";
import { checkParam } from "./params.ts";

/** "balanced" weighs a class by n / (classes · its rows); or a weight for each label, written as text, 1 for those left out; null for 1. */
export type ClassWeight = "balanced" | Readonly<Record<string, number>> | null;

/** The weight of each class. A label that y does not have, or a weight that is negative or infinite, is a RangeError. codes: the class of each row. */
export function classWeights(
  name: string,
  classWeight: ClassWeight,
  classes: readonly Label[],
  codes: Int32Array,
): Float64Array {
  if (classWeight === null) return new Float64Array(classes.length).fill(1);
  const counts = classes.map(() => 0);
  for (const code of codes) counts[code]!++;
  if (classWeight !== "balanced") {
    const known = classes.map(String);
    const stray = Object.keys(classWeight).find((label) => !known.includes(label));
    if (stray !== undefined)
      throw new RangeError(`${name}: classWeight has "${stray}"; y has ${known.join(", ")}`);
  }
  const weights = classes.map((label, code) =>
    classWeight === "balanced"
      ? codes.length / (classes.length * counts[code]!)
      : (classWeight[String(label)] ?? 1),
  );
  for (const [code, weight] of weights.entries())
    checkParam(
      name,
      `the weight of class ${String(classes[code])}`,
      weight,
      "a finite number ≥ 0",
      weight >= 0 && weight < Infinity,
    );
  checkParam(
    name,
    "classWeight",
    classWeight,
    "more than 0 for some class",
    weights.some((weight) => weight > 0),
  );
  return Float64Array.from(weights);
}
