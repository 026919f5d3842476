import { expect, test } from "vitest";
import { columnFrom, type Column } from "../../../src/data/column.ts";
import { Table } from "../../../src/data/table.ts";
import {
  crossValidate,
  KaplanMeierFitter,
  LogisticRegression,
  makePipeline,
  multivariateLogrankTest,
  PredefinedSplit,
  TableVectorizer,
} from "../../../src/library/index.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };
import { hasRealData, readCsv } from "../../reference/read-csv.ts";

const telco = hasRealData("telco") ? readCsv("telco/Telco-Customer-Churn.csv") : null;
const real = test.skipIf(!telco);

/** The customers without their id, blanks of TotalCharges as 0, and whether they left. */
function customers(): { X: Table; y: Column<string>; cv: PredefinedSplit } {
  const X = telco!.drop("customerID", "Churn");
  const filled = X.columns.map(
    (name) => [name, columnFrom(Array.from(X.column(name), (value) => value ?? 0))] as const,
  );
  const folds = readCsv("telco/telco_folds.csv").column("fold_of_row") as Column<number>;
  return {
    X: new Table(filled),
    y: telco!.column("Churn") as Column<string>,
    cv: new PredefinedSplit(folds),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

real(
  "a pipeline cross-validated on the telco folds has AUC 0.8451 and log-loss 0.4174, as scikit-learn 1.2",
  async () => {
    const { X, y, cv } = customers();
    const pipeline = makePipeline(new TableVectorizer(), new LogisticRegression({ C: 1 }));
    const result = await crossValidate(pipeline, X, y, { cv, scoring: ["rocAuc", "negLogLoss"] });
    expect(Math.abs(mean(result.testRocAuc) - 0.8451)).toBeLessThan(0.0005);
    expect(Math.abs(mean(result.testNegLogLoss) + 0.4174)).toBeLessThan(0.0005);
  },
);

real(`with the same 16 columns one-hot, each telco fold scores as in ${reference.tool}`, async () => {
  const { X, y, cv } = customers();
  const pipeline = makePipeline(
    new TableVectorizer({ categorical: ["SeniorCitizen"] }),
    new LogisticRegression(),
  );
  const scoring = ["rocAuc", "logLoss", "brierScore", "accuracy"] as const;
  const result = await crossValidate(pipeline, X, y, { cv, scoring });
  for (const [k, auc] of reference.telco.rocAuc.entries()) {
    expect(result.testRocAuc[k]).toBeCloseTo(auc, 10);
    expect(result.testLogLoss[k]).toBeCloseTo(reference.telco.logLoss[k]!, 10);
    expect(result.testBrierScore[k]).toBeCloseTo(reference.telco.brierScore[k]!, 10);
    expect(result.testAccuracy[k]).toBeCloseTo(reference.telco.accuracy[k]!, 12);
  }
});

real("Kaplan–Meier of telco tenure gives every row of R survival 3.5.3, bands too", async () => {
  const churned = Array.from(telco!.column("Churn"), (value) => value === "Yes");
  const fitter = await new KaplanMeierFitter().fit(telco!.column("tenure") as Column<number>, churned);
  const expected = readCsv("telco/km_tenure_full.csv");
  expect(expected.numRows).toBe(73);
  const found = {
    ...columnsOf(fitter.eventTable),
    ...columnsOf(fitter.survivalFunction),
    ...columnsOf(fitter.confidenceInterval),
  };
  for (const [theirs, ours, digits] of [
    ["time", "timeline", 12],
    ["n.risk", "atRisk", 12],
    ["n.event", "observed", 12],
    ["n.censor", "censored", 12],
    ["surv", "KM_estimate", 9],
    ["lower", "KM_estimate_lower_0.95", 9],
    ["upper", "KM_estimate_upper_0.95", 9],
  ] as const) {
    expect(found[ours]!.length).toBe(73);
    for (const [i, value] of [...expected.column(theirs)].entries())
      if (value === null) expect(found[ours]![i], `${ours}, row ${i}`).toBeNull();
      else expect(found[ours]![i], `${ours}, row ${i}`).toBeCloseTo(value as number, digits);
  }
});

real("the log-rank test of telco tenure by contract has χ² 2352.87, as R survival 3.5.3", () => {
  const churned = Array.from(telco!.column("Churn"), (value) => value === "Yes");
  const contract = telco!.column("Contract") as Column<string>;
  const result = multivariateLogrankTest(telco!.column("tenure") as Column<number>, contract, churned);
  expect(Math.abs(result.testStatistic - 2352.87)).toBeLessThan(0.01);
  expect(result).toMatchObject({ degreesOfFreedom: 2, pValue: 0 });
});

function columnsOf(table: Table): Record<string, (number | null)[]> {
  return Object.fromEntries(
    table.columns.map((name) => [name, [...table.column(name)] as (number | null)[]]),
  );
}
