import { expect, test } from "vitest";
import type { Matrix } from "../../../src/data/matrix.ts";
import { Table } from "../../../src/data/table.ts";
import { TableVectorizer } from "../../../src/library/index.ts";
import reference from "../../reference/scikit-learn.json" with { type: "json" };

const train = Table.from({
  tenure: [1, 34, null, 45, 2, 8],
  fee: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
  plan: ["month", "year", "month", null, "two", "year"],
  active: [true, false, true, true, false, true],
});
const test2 = Table.from({
  tenure: [null, 10],
  fee: [0.1, 0.3],
  plan: ["never seen", null],
  active: [false, true],
});
const names = [
  "tenure",
  "fee",
  "plan_month",
  "plan_two",
  "plan_year",
  "plan_null",
  "active_false",
  "active_true",
];

function nearRows(found: Matrix, expected: readonly (readonly number[])[]) {
  expect([found.rows, found.columns]).toEqual([expected.length, expected[0]!.length]);
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries())
      expect(found.at(i, j), `row ${i}, column ${j}`).toBeCloseTo(value, 12);
}

test(`tables become the numbers of ${reference.tool}: mean imputed, standardised, every level a column`, async () => {
  const vectorizer = new TableVectorizer();
  nearRows(await vectorizer.fitTransform(train), reference.vectorizer.train);
  nearRows(await vectorizer.transform(test2), reference.vectorizer.test);
  expect(vectorizer.getFeatureNamesOut()).toEqual(names);
});

test("row objects give what their table gives", async () => {
  const fromRows = await new TableVectorizer().fitTransform(train.toArray());
  expect(fromRows).toEqual(await new TableVectorizer().fitTransform(train));
});

test("held-out rows change nothing that was learnt", async () => {
  const vectorizer = await new TableVectorizer().fit(train);
  const before = await vectorizer.transform(train);
  await vectorizer.transform(Table.from({ tenure: [1e9], fee: [5], plan: ["new"], active: [true] }));
  expect(await vectorizer.transform(train)).toEqual(before);
  expect((await vectorizer.transform(train.take([3]))).row(0)).toEqual(before.row(3));
});

test("columns are found by name, and those that fit did not see are ignored", async () => {
  const vectorizer = await new TableVectorizer().fit(train);
  const turned = train
    .toArray()
    .map(({ active, plan, fee, tenure }) => ({ other: 1, active, plan, fee, tenure }));
  expect(await vectorizer.transform(turned)).toEqual(await vectorizer.transform(train));
  await expect(vectorizer.transform(train.drop("fee"))).rejects.toThrow('no column "fee"');
});

test("a column without spread or without values gives numbers, not NaN", async () => {
  const empty = Table.from({ none: [null, null], same: [1e8, 1e8] });
  const vectorizer = await new TableVectorizer().fit(empty);
  expect(Array.from((await vectorizer.transform(empty)).data)).toEqual([0, 0, 0, 0]);
});

test("codes named categorical are one-hot encoded", async () => {
  const vectorizer = new TableVectorizer({ categorical: ["code"] });
  const made = await vectorizer.fitTransform([{ code: 10 }, { code: 9 }, { code: 10 }]);
  expect(vectorizer.getFeatureNamesOut()).toEqual(["code_9", "code_10"]);
  expect(Array.from(made.data)).toEqual([0, 1, 1, 0, 0, 1]);
  await expect(new TableVectorizer({ categorical: ["x"] }).fit(train)).rejects.toThrow('no column "x"');
});

test("a matrix and arrays are standardised under the names x0, x1", async () => {
  const vectorizer = new TableVectorizer();
  const made = await vectorizer.fitTransform([
    [1, 5],
    [3, 5],
  ]);
  expect(Array.from(made.data)).toEqual([-1, 0, 1, 0]);
  expect(vectorizer.getFeatureNamesOut()).toEqual(["x0", "x1"]);
});

test("dates, values of another type and infinite numbers are refused by column, value and row", async () => {
  const dates = Table.from({ since: [new Date("2024-01-02")] });
  await expect(new TableVectorizer().fit(dates)).rejects.toThrow(
    'column "since": expected numbers, text or booleans, got the date 2024',
  );
  const vectorizer = await new TableVectorizer().fit(train);
  const wrong = [{ tenure: "12", fee: 1, plan: "year", active: true }];
  await expect(vectorizer.transform(wrong)).rejects.toThrow(
    'column "tenure": expected numbers, got "12" in row 0',
  );
  const code = [{ tenure: 12, fee: 1, plan: 3, active: true }];
  await expect(vectorizer.transform(code)).rejects.toThrow(
    'column "plan": expected values of type string, as in fit, got 3 in row 0',
  );
  await expect(new TableVectorizer().fit([{ a: Infinity }])).rejects.toThrow("got Infinity in row 0");
});

test("a name in every row of a large table is refused before the memory runs out", async () => {
  const ids = Table.from({ id: Array.from({ length: 12_000 }, (_, i) => `customer ${i}`) });
  const vectorizer = await new TableVectorizer().fit(ids);
  await expect(vectorizer.transform(ids)).rejects.toThrow('column "id" alone has 12000 levels');
});

test("a fitted vectorizer comes back from its bytes", async () => {
  const vectorizer = await new TableVectorizer({ categorical: ["tenure"] }).fit(train);
  const loaded = TableVectorizer.load(vectorizer.save());
  expect(await loaded.transform(train)).toEqual(await vectorizer.transform(train));
  expect(loaded.getParams()).toEqual({ categorical: ["tenure"] });
});

test("no rows give no rows, whatever they come in", async () => {
  const vectorizer = await new TableVectorizer().fit([{ a: 1, b: "x" }]);
  for (const none of [[], Table.from({ a: [], b: [] })])
    expect(await vectorizer.transform(none)).toMatchObject({ rows: 0, columns: 2 });
});
