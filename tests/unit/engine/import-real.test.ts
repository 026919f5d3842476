import { existsSync, openAsBlob, readFileSync } from "node:fs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";

let tables: NotebookTables;

beforeAll(async () => {
  tables = new NotebookTables(await Database.open(await duckdbModule()));
});

beforeEach(async () => {
  for (const { name } of tables.list()) await tables.drop(name);
});

function types(table: string): Record<string, string> {
  const { columns } = tables.describe(table);
  return Object.fromEntries(columns.map(({ name, sqlType }) => [name, sqlType]));
}

const data = new URL("../../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(data))("of ../shared/data", () => {
  const summary = existsSync(data)
    ? (
        JSON.parse(readFileSync(new URL("reference.json", data), "utf8")) as {
          cdnow: { sample_rows: number; summary_from_raw: Record<string, number> };
        }
      ).cdnow
    : null;

  async function real(path: string): Promise<ImportResult> {
    const blob = await openAsBlob(new URL(path, data));
    // Under a name that tells nothing.
    const [result] = await importFiles(
      tables,
      [{ file: new File([blob], "data.txt"), path: "data.txt" }],
      null,
      () => undefined,
      new AbortController().signal,
    );
    return result!;
  }

  test("the CDNOW sample is recognised, and its totals are those of the reference", async () => {
    expect(await real("cdnow/CDNOW_sample.txt")).toMatchObject({
      state: "imported",
      table: { name: "cdnow_sample", rows: summary!.sample_rows, source: { recognised: "CDNOW" } },
      notes: [{ note: "recognised", set: "CDNOW" }],
    });
    expect(tables.describe("cdnow_sample").columns.map(({ role }) => role)).toEqual([
      null,
      "user",
      "time",
      null,
      "amount",
    ]);
    const [found] = tables.database.rows(`
      WITH days AS (SELECT DISTINCT customer_id, date FROM cdnow_sample),
      first AS (SELECT customer_id, min(date) AS first FROM days GROUP BY ALL),
      calibration AS (
        SELECT customer_id, count(*) - 1 AS x, date_diff('day', min(date), max(date)) / 7 AS tx, date_diff('day', min(date), DATE '1997-09-30') / 7 AS T
        FROM days WHERE date <= '1997-09-30' GROUP BY ALL)
      SELECT count(*) AS customers, sum(x) AS sum_x, count(*) FILTER (x = 0) AS zero_repeat, sum(tx) AS sum_tx, sum(T) AS sum_T,
        (SELECT count(*) FROM days WHERE date > '1997-09-30') AS holdout_tx, (SELECT strftime(max(date), '%Y-%m-%d') FROM days) AS last FROM calibration`);
    const { customers, sum_x, zero_repeat, sum_tx, sum_T, holdout_tx, end } = summary!.summary_from_raw;
    expect(found).toMatchObject({ customers, sum_x, zero_repeat, holdout_tx });
    expect(found!.sum_tx).toBeCloseTo(sum_tx!, 6);
    expect(found!.sum_T).toBeCloseTo(sum_T!, 6);
    expect(found!.last).toBe(end);
  });

  test("the CDNOW master file is recognised, with all its rows", async () => {
    expect(await real("cdnow/CDNOW_master.txt")).toMatchObject({
      state: "imported",
      table: { name: "cdnow", rows: 69_659 },
      notes: [{ note: "recognised", set: "CDNOW" }],
    });
    expect(types("cdnow")).toEqual({
      customer_id: "VARCHAR",
      date: "DATE",
      number_of_cds: "BIGINT",
      dollar_value: "DOUBLE",
    });
  });

  test("the ratings of MovieLens 100K are recognised, with all their rows", async () => {
    expect(await real("movielens-100k/u.data")).toMatchObject({
      state: "imported",
      table: { name: "ratings", rows: 100_000 },
      notes: [{ note: "recognised", set: "MovieLens 100K" }],
    });
    const [found] = tables.database.rows(
      "SELECT count(DISTINCT user_id) AS users, count(DISTINCT item_id) AS items, min(rated_at) AS first, max(rated_at) AS last FROM ratings",
    );
    expect(found).toEqual({
      users: 943,
      items: 1682,
      first: new Date("1997-09-20T03:05:10Z"),
      last: new Date("1998-04-22T23:10:38Z"),
    });
  });

  test("the films of MovieLens 100K are recognised", async () => {
    expect(await real("movielens-100k/u.item")).toMatchObject({
      state: "imported",
      table: { name: "items", rows: 1682 },
    });
  });

  test("the Telco customers are recognised", async () => {
    expect(await real("telco/Telco-Customer-Churn.csv")).toMatchObject({
      state: "imported",
      table: { name: "telco", rows: 7043, source: { recognised: "IBM Telco churn" } },
    });
  });
});
