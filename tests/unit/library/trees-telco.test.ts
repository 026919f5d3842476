import { expect, test } from "vitest";
import { columnFrom, type Column } from "../../../src/data/column.ts";
import { Table } from "../../../src/data/table.ts";
import {
  crossValidate,
  HistGradientBoostingClassifier,
  makePipeline,
  PredefinedSplit,
  RandomForestClassifier,
  TableVectorizer,
  type Classifier,
} from "../../../src/library/index.ts";
import { hasRealData, readCsv } from "../../reference/read-csv.ts";

const telco = hasRealData("telco") ? readCsv("telco/Telco-Customer-Churn.csv") : null;
const real = test.skipIf(!telco);

/** Mean AUC over the telco folds, blanks of TotalCharges as 0 and 16 columns one-hot. */
async function meanAuc(model: Classifier): Promise<number> {
  const X = new Table(
    telco!
      .drop("customerID", "Churn")
      .columns.map((name) => [name, columnFrom(Array.from(telco!.column(name), (value) => value ?? 0))]),
  );
  const cv = new PredefinedSplit(readCsv("telco/telco_folds.csv").column("fold_of_row") as Column<number>);
  const pipeline = makePipeline(new TableVectorizer({ categorical: ["SeniorCitizen"] }), model);
  const { testRocAuc } = await crossValidate(pipeline, X, telco!.column("Churn"), {
    cv,
    scoring: ["rocAuc"],
  });
  return testRocAuc.reduce((sum, area) => sum + area, 0) / testRocAuc.length;
}

// scikit-learn 1.9.1 has 0.84493 with the same parameters on the same folds.
real("boosted trees reach a mean AUC of 0.843 over the telco folds, as scikit-learn's", async () => {
  const model = new HistGradientBoostingClassifier({ maxIter: 100, maxDepth: 3, learningRate: 0.1 });
  const auc = await meanAuc(model);
  expect(auc).toBeGreaterThanOrEqual(0.843);
  expect(Math.abs(auc - 0.84493)).toBeLessThan(0.0005);
});

// scikit-learn 1.9.1 has 0.8418 and 0.8421 with two seeds on the same folds.
real("a forest of 60 trees has the AUC of scikit-learn's over the telco folds, within 0.002", async () => {
  const auc = await meanAuc(new RandomForestClassifier({ nEstimators: 60, minSamplesLeaf: 5 }));
  expect(Math.abs(auc - 0.842)).toBeLessThan(0.002);
});

// scikit-learn 1.2 has 0.8439 on the same folds (reference.json of the real data). Slow: runs where FULL is set.
test.skipIf(!telco || !process.env.FULL)(
  "a forest of 500 trees has the AUC of scikit-learn's over the telco folds, within 0.004",
  async () => {
    const auc = await meanAuc(new RandomForestClassifier({ nEstimators: 500, minSamplesLeaf: 5 }));
    expect(Math.abs(auc - 0.8439)).toBeLessThan(0.004);
  },
  300_000,
);
