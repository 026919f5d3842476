import type { Label, Labels } from "./estimator.ts";
import { toLabels } from "./inputs.ts";

/**
 * All classes, sorted, and the place of each row's class among them, as the `partialFit` of the classifier `name` takes them. The first call, with no
 * class `known`, needs `classes`, or is a TypeError; fewer than two, or a label that is none of them, are a RangeError.
 */
export function partialClasses(
  name: string,
  known: readonly Label[] | null,
  y: Labels,
  classes: Labels | undefined,
): { readonly all: readonly Label[]; readonly codes: Int32Array } {
  if (!known && !classes)
    throw new TypeError(`${name}.partialFit: the first call needs classes, all the labels there will be`);
  const all = known ?? toLabels(classes!, `${name}.partialFit: classes`).classes;
  if (all.length < 2)
    throw new RangeError(`${name}.partialFit: expected at least two classes, got ${all.length}`);
  const seen = toLabels(y, `${name}.partialFit: y`);
  const places = seen.classes.map((label) => {
    const place = all.indexOf(label);
    if (place < 0)
      throw new RangeError(
        `${name}.partialFit: y has ${JSON.stringify(label)}; classes has ${all.map((each) => JSON.stringify(each)).join(", ")}`,
      );
    return place;
  });
  return { all, codes: seen.codes.map((code) => places[code]!) };
}
