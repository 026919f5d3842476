/** How a kernel that stands at a row reads and writes its outputs; `k` is the number of one. */
export interface ClassOutputs {
  readonly outputs: number;
  /** The sum of an output, by the text of its number. */
  readonly z: (k: string) => string;
  /** 0 or 1 for output `k`; null where no loss is wanted. */
  readonly target: string | null;
  /** What becomes of P(k). */
  readonly give: (probability: string) => string;
}

/** Adds the cross-entropy of a row to `loss`, and gives its probabilities: by the logistic function for one output, else by the softmax. Neither overflows. */
export function classOutputs({ outputs, z, target, give }: ClassOutputs): string {
  const each = (body: string): string => eachOutput(outputs, body);
  if (outputs === 1) {
    const loss = `let sum = ${z("k")}; loss += select(sum, 0.0, sum < 0.0) - sum * ${target} + log(1.0 + exp(-abs(sum)));`;
    return `${target === null ? "" : each(loss)}
  ${each(give(`1.0 / (1.0 + exp(-${z("k")}))`))}`;
  }
  return `var top = ${z("0u")};
  ${each(`top = max(top, ${z("k")});`)}
  var sum = 0.0;
  ${each(`sum += exp(${z("k")} - top);`)}
  ${target === null ? "" : each(`loss += ${target} * (top + log(sum) - ${z("k")});`)}
  ${each(give(`exp(${z("k")} - top) / sum`))}`;
}

/** A loop over the outputs of a row: `k`. */
export function eachOutput(outputs: number, body: string): string {
  return `for (var k = 0u; k < ${outputs}u; k++) { ${body} }`;
}
