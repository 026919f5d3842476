import { existsSync, openAsBlob } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import { Table } from "../../../src/data/table.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import { createSql, readTable } from "../../../src/kernel/sql.ts";
import { churnLabel } from "../../../src/library/churn-label.ts";
import { customerFeatures } from "../../../src/library/customer-features.ts";
import { rfm } from "../../../src/library/rfm.ts";
import { setSession } from "../../../src/library/session.ts";
import type { NotebookData } from "../../../src/protocol/data.ts";
import { wrap } from "comlink";
import { readCsv } from "../../reference/read-csv.ts";
import { duckdbModule } from "../engine/module.ts";

const engine = createDataEngine(duckdbModule);
const { port1, port2 } = new MessageChannel();
const data = wrap<NotebookData>(port2) as unknown as NotebookData;

const orders = Table.from([
  { who: "a", at: new Date("2024-01-01T10:00Z"), paid: 10 },
  { who: "a", at: new Date("2024-01-01T18:00Z"), paid: 5 },
  { who: "a", at: new Date("2024-01-31T09:00Z"), paid: 30 },
  { who: "a", at: new Date("2024-02-10T09:00Z"), paid: 50 },
  { who: "b", at: new Date("2024-01-15T09:00Z"), paid: 7 },
  { who: "c", at: new Date("2024-03-01T09:00Z"), paid: 9 },
]);
const columns = { user: "who", time: "at", amount: "paid" } as const;

beforeAll(async () => {
  await engine.open("n", { truth: true, writable: true });
  await engine.connect("n", port1);
  setSession({
    signal: new AbortController().signal,
    display: () => undefined,
    onStopFit: () => () => undefined,
    describe: (table) => data.describe(table),
    sql: createSql(data),
  });
});

afterAll(() => {
  setSession(null);
  port2.close();
});

test("rfm counts days with orders up to asOf, and no order after it", async () => {
  expect((await rfm(orders, { ...columns, asOf: "2024-02-10" })).toArray()).toMatchObject([
    { who: "a", frequency: 2, recency: 40, T: 40, monetary_value: 40, r: 5, f: 5, m: 5 },
    { who: "b", frequency: 0, recency: 0, T: 26, monetary_value: 0, r: 1, f: 1, m: 1 },
  ]);
  const [first] = (await rfm(orders, { ...columns, asOf: new Date("2024-02-10T08:59Z") })).toArray();
  expect(first).toMatchObject({ who: "a", frequency: 1, recency: 30, monetary_value: 30 });
  expect((await rfm(orders, { ...columns, unit: "week" })).toArray()[0]).toMatchObject({
    recency: 40 / 7,
    T: 60 / 7,
  });
});

test("features do not change when rows after asOf do", async () => {
  const events = [
    { who: "a", at: new Date("2024-01-10T00:00Z"), event: "view", paid: 0 },
    { who: "a", at: new Date("2024-03-01T00:00Z"), event: "view", paid: 0 },
    { who: "a", at: new Date("2024-03-20T00:00Z"), event: "buy", paid: 20 },
    { who: "b", at: new Date("2023-06-01T00:00Z"), event: "view", paid: 0 },
  ];
  const options = { ...columns, event: "event", asOf: new Date("2024-03-31T00:00Z"), window: 90 };
  const known = (await customerFeatures(Table.from(events), options)).toArray();
  expect(known).toEqual([
    {
      who: "a",
      recency: 11,
      tenure: 81,
      frequency: 3,
      frequency_window: 3,
      monetary: 20,
      monetary_window: 20,
      count_buy: 1,
      trend_buy: 1,
      count_view: 2,
      trend_view: 0,
    },
    {
      who: "b",
      recency: 304,
      tenure: 304,
      frequency: 1,
      frequency_window: 0,
      monetary: 0,
      monetary_window: 0,
      count_buy: 0,
      trend_buy: 0,
      count_view: 0,
      trend_view: 0,
    },
  ]);
  const later = [
    { who: "a", at: new Date("2024-03-31T00:00:01Z"), event: "refund", paid: 1e6 },
    { who: "new", at: new Date("2024-05-01T00:00Z"), event: "view", paid: 1 },
  ];
  expect((await customerFeatures(Table.from([...events, ...later]), options)).toArray()).toEqual(known);
});

test("a day as asOf ends at its midnight, which is no part of it", async () => {
  const at = (time: string, paid: number | null = 1) => ({ who: "a", at: new Date(time), paid });
  const events = Table.from([
    at("2024-01-01T00:00Z"),
    at("2024-01-03T23:59:59.999Z"),
    at("2024-01-04T00:00Z", 1e6),
  ]);
  const options = { ...columns, asOf: "2024-01-03", window: 3 };
  const [row] = (await customerFeatures(events, options)).toArray();
  expect(row).toMatchObject({ tenure: 3, frequency: 2, frequency_window: 2, monetary: 2 });
  expect((await rfm(events, { ...columns, asOf: "2024-01-03" })).toArray()).toMatchObject([
    { frequency: 1, recency: 2, T: 2, monetary_value: 1 },
  ]);
});

test("who never paid anything known scores least for money", async () => {
  const day = new Date("2024-01-01T00:00Z");
  const paid = Table.from([
    ...[10, 20, 30, 40, 50].map((amount, i) => ({ who: `p${i}`, at: day, paid: amount })),
    { who: "none", at: day, paid: null },
  ]);
  const scores = (await rfm(paid, columns)).toArray();
  expect(scores.find(({ who }) => who === "none")).toMatchObject({ m: 1 });
  expect(scores.find(({ who }) => who === "p4")).toMatchObject({ m: 5 });
});

test("churn is no order within the horizon, for who had ordered before", async () => {
  const label = async (asOf: string, horizon: number) =>
    (await churnLabel(orders, { user: "who", time: "at", asOf, horizon })).toArray();
  expect(await label("2024-01-31", 20)).toEqual([
    { who: "a", churned: false },
    { who: "b", churned: true },
  ]);
  expect(await label("2024-02-10", 10)).toEqual([
    { who: "a", churned: true },
    { who: "b", churned: true },
  ]);
});

test("a horizon past the end of the data is refused, since it would call everyone churned", async () => {
  await expect(
    churnLabel(orders, { user: "who", time: "at", asOf: "2024-02-20", horizon: 30 }),
  ).rejects.toThrow("churnLabel: the data end on 2024-03-01, but a horizon of 30 days reaches to 2024-03-21");
});

test("columns come from the roles of a table in the notebook", async () => {
  await data.dataset("shop", { size: "S", seed: 1 });
  const table = await rfm("shop.orders", { asOf: "2024-09-30" });
  expect(table.columns).toEqual([
    "customer_id",
    "frequency",
    "recency",
    "T",
    "monetary_value",
    "r",
    "f",
    "m",
  ]);
  expect(table.numRows).toBeGreaterThan(1500);
  const features = await customerFeatures("shop.events", { asOf: "2024-09-30" });
  expect(features.columns).toContain("count_purchase");
  expect((await churnLabel("shop.orders", { asOf: "2024-09-30", horizon: 90 })).numRows).toBe(table.numRows);
});

test("columns come from the roles that a Table of the notebook brings along", async () => {
  await data.query(
    "create table bought as from (values ('a', 1, 2.5, timestamp '2024-01-01')) as t(who, n, paid, day)",
    [],
  );
  await engine.setRoles("n", "bought", { who: "user", day: "time", paid: "amount" });
  const bought = await readTable(data, "bought");
  expect((await rfm(bought)).toArray()).toEqual((await rfm("bought")).toArray());
  const some = bought.drop("n").head(1);
  expect((await customerFeatures(some, { asOf: "2024-01-02" })).toArray()).toMatchObject([
    { who: "a", monetary: 2.5 },
  ]);
});

test("a table whose name needs quotes in SQL brings its roles along too", async () => {
  await data.query('create schema "my shop"; create table "my shop"."order" as select 1 as who', []);
  await engine.setRoles("n", '"my shop"."order"', { who: "user" });
  for (const name of ["my shop.order", '"my shop"."order"'])
    expect([...(await readTable(data, name)).roles]).toEqual([["who", "user"]]);
  await data.query("create view seen as from bought", []);
  expect([...(await readTable(data, "seen")).roles]).toEqual([]);
});

describe("times that are numbers", () => {
  const dated = orders.toArray().map(({ who, at, paid }) => ({ who, at: (at as Date).getTime(), paid }));
  const options = { ...columns, asOf: "2024-02-10" };

  test.each([
    ["milliseconds", 1],
    ["seconds", 1000],
  ])("are %s by their magnitude, in a Table and in a table of the notebook", async (unit, size) => {
    const unix = Table.from(dated.map((row) => ({ ...row, at: row.at / size })));
    const stored = `unix_${unit}`;
    await createSql(data)(
      asTemplate(`create table ${stored} as select * replace ("at"::bigint as "at") from `, ""),
      unix,
    );
    for (const rows of [unix, stored]) {
      expect((await rfm(rows, options)).toArray()).toEqual((await rfm(orders, options)).toArray());
      expect((await customerFeatures(rows, options)).toArray()).toEqual(
        (await customerFeatures(orders, options)).toArray(),
      );
      const churn = { ...columns, asOf: "2024-02-10", horizon: 10 };
      expect((await churnLabel(rows, churn)).toArray()).toEqual((await churnLabel(orders, churn)).toArray());
    }
  });

  test("that are neither are refused by column and value", async () => {
    const compact = Table.from({ who: ["a"], at: [20_240_131], paid: [1] });
    await expect(rfm(compact, options)).rejects.toThrow(
      'column "at": expected a time, as seconds (1e8 to 1e11) or milliseconds (1e11 to 1e14) since 1970, got 20240131',
    );
  });
});

function asTemplate(...texts: string[]): TemplateStringsArray {
  return Object.assign(texts, { raw: texts });
}

test.each([
  [
    () => rfm(orders, { user: "who", time: "at" }),
    'rfm: expected to know the amount column: give { amount: "…" }',
  ],
  [
    () => rfm(orders, { ...columns, amount: "who" }),
    'rfm: expected numbers in the amount column "who", got text: give the column another type in the data panel',
  ],
  [
    () => rfm(orders, { ...columns, user: "nobody" }),
    'rfm: no column "nobody"; there are "who", "at", "paid"',
  ],
  [
    () => rfm(orders, { ...columns, asOf: "soon" }),
    'expected asOf to be a Date or a text such as "2024-09-30", got "soon"',
  ],
  [
    () => rfm(orders, { ...columns, unit: "year" as "day" }),
    'expected unit to be "day" or "week", got "year"',
  ],
  [
    () => churnLabel(orders, { ...columns, asOf: "2024-01-31", horizon: 0 }),
    "expected horizon to be a number of days above 0, got 0",
  ],
  [
    () => churnLabel(orders, undefined as never),
    'churnLabel: expected asOf to be a Date or a text such as "2024-09-30", got undefined',
  ],
  [() => rfm(5 as never, columns), "rfm: expected a Table or the name of one, got number"],
])("what is missing or wrong is named (%#)", async (call, message) => {
  await expect(call()).rejects.toThrow(message);
});

const file = new URL("../../../../shared/data/cdnow/CDNOW_sample.txt", import.meta.url);

describe.skipIf(!existsSync(file))("on the CDNOW sample (../shared/data/cdnow)", () => {
  test("rfm in weeks is the summary that lifetimes makes", async () => {
    const blob = new File([await openAsBlob(file)], "sample.txt");
    await engine.importFiles("n", [{ file: blob, path: "sample.txt" }], "cdnow", () => undefined);
    const made = await rfm("cdnow", { asOf: "1997-09-30", unit: "week" });
    const expected = readCsv("cdnow/cdnow_customers_summary.csv");
    expect(made.numRows).toBe(expected.numRows);
    for (const [ours, theirs] of [
      ["frequency", "frequency"],
      ["recency", "recency"],
      ["T", "T"],
    ] as const) {
      const [a, b] = [[...made.column(ours)] as number[], [...expected.column(theirs)] as number[]];
      // The published file has two decimals.
      expect(Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))).toBeLessThan(0.0051);
    }
    expect(
      tableFromArrow(await data.query("select count(*) as n from cdnow", []))
        .column("n")
        .at(0),
    ).toBe(6919);
  });
});
