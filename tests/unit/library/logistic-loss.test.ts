import { expect, test } from "vitest";
import { Matrix } from "../../../src/data/matrix.ts";
import { logisticLoss } from "../../../src/library/logistic-loss.ts";
import { logisticCases, logisticGap } from "../../reference/logistic-twin.ts";

test.each(logisticCases)("$name: loss and slopes are those of the plain twin", async (one) => {
  const { rows, columns, x, mean, unit, codes, shares, outputs } = one;
  const scaled = x.map((value, at) => (value - mean[at % columns]!) / unit[at % columns]!);
  const loss = logisticLoss({
    X: new Matrix(scaled, rows, columns),
    codes,
    weights: shares,
    classes: outputs === 1 ? 2 : outputs,
    penalty: 0,
    fitIntercept: true,
  });
  expect(await logisticGap(loss, one)).toBeLessThan(1e-12);
});
