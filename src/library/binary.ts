import type { Label, Labels, Numbers } from "./estimator.ts";
import { checkSameRows, toLabels, toNumbers } from "./inputs.ts";

/** Labels of two classes as 0 and 1, with a number a row. */
export interface Binary {
  /** 1 where the row has the positive label: the greater of the two in sorted order. */
  readonly positive: Uint8Array;
  readonly values: Float64Array;
}

/** True labels and scores of a binary classifier, checked. */
export function toBinary(what: string, yTrue: Labels, yScore: Numbers): Binary {
  const { classes, codes } = toLabels(yTrue, `${what}: yTrue`);
  const values = toNumbers(yScore, `${what}: yScore`);
  checkSameRows("yTrue", codes.length, "yScore", values.length);
  if (classes.length !== 2)
    throw new RangeError(
      `${what}: expected labels of two classes, got ${classes.length}: ${classes.map(String).join(", ")}`,
    );
  return { positive: Uint8Array.from(codes), values };
}

/** `labels` sorted, once each; a label of yTrue that is not among them is a RangeError. */
export function checkedLabels(
  what: string,
  seen: readonly Label[],
  labels: readonly Label[],
): readonly Label[] {
  const { classes } = toLabels(labels, `${what}: labels`);
  const stray = seen.find((label) => !classes.includes(label));
  if (stray !== undefined)
    throw new RangeError(
      `${what}: yTrue has ${JSON.stringify(stray)}; labels has ${classes.map(String).join(", ")}`,
    );
  return classes;
}
