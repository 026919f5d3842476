import { wrap, type Remote } from "comlink";
import { existsSync, openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { tableFromArrow } from "../../../src/data/arrow.ts";
import type { Value } from "../../../src/data/column.ts";
import { createDataEngine } from "../../../src/engine/engine.ts";
import type { DataEngine, NotebookData } from "../../../src/protocol/data.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";

const folder = new URL("../../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(folder))("real files of public sets (skipped without ../shared/data)", () => {
  let engine: DataEngine;
  let cell: Remote<NotebookData>;

  beforeAll(async () => {
    engine = createDataEngine(duckdbModule);
    const { port1, port2 } = new MessageChannel();
    await engine.connect("n", port1);
    cell = wrap<NotebookData>(port2);
  });

  /** Imports a file under a name that tells nothing of it. */
  async function dropped(path: string): Promise<ImportResult> {
    const file = new File([await openAsBlob(new URL(path, folder))], "data.txt");
    const [result] = await engine.importFiles("n", [{ file, path: file.name }], null, () => undefined);
    return result!;
  }

  /** The columns of a table as a cell sees them: `name type role`. */
  async function columns(table: string): Promise<string[]> {
    const info = await cell.describe(table);
    return info.columns.map(({ name, sqlType, role }) => `${name} ${sqlType} ${role ?? "-"}`);
  }

  /** The one row that a query gives. */
  async function row(sql: string): Promise<{ [name: string]: Value }> {
    return tableFromArrow(await cell.query(sql, [])).toArray()[0]!;
  }

  /** The fields of a raw file, told apart in the plainest way. */
  async function raw(path: string): Promise<string[][]> {
    const text = await readFile(new URL(path, folder), "latin1");
    const lines = text.split("\n").map((line) => line.trim());
    return lines.filter((line) => /^\d/.test(line)).map((line) => line.split(/\s+/));
  }

  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

  test.each([
    ["cdnow", "cdnow/CDNOW_master.txt", 69_659, 23_570, []],
    ["cdnow_sample", "cdnow/CDNOW_sample.txt", 6919, 2357, ["master_id VARCHAR -"]],
  ])("%s has the names, types, roles and totals of %s", async (table, path, rows, customers, more) => {
    expect(await dropped(path)).toMatchObject({
      state: "imported",
      table: { name: table, rows, source: { recognised: "CDNOW" } },
      notes: [{ note: "recognised", set: "CDNOW" }],
    });
    expect(await columns(table)).toEqual([
      ...more,
      "customer_id VARCHAR user",
      "date DATE time",
      "number_of_cds BIGINT -",
      "dollar_value DOUBLE amount",
    ]);
    const fields = (await raw(path)).map((line) => line.slice(more.length));
    const found = await row(
      `SELECT count(DISTINCT customer_id) AS customers, sum(number_of_cds) AS cds, sum(dollar_value) AS dollars,
        min(date) AS first, max(date) AS last FROM ${table}`,
    );
    expect(found).toMatchObject({
      customers,
      cds: sum(fields.map(([, , cds]) => Number(cds))),
      first: new Date("1997-01-01"),
      last: new Date("1998-06-30"),
    });
    expect(found.dollars).toBeCloseTo(sum(fields.map(([, , , dollars]) => Number(dollars))), 4);
  });

  test("the summaries of the sample's customers add up to those of the reference", async () => {
    const { cdnow } = JSON.parse(await readFile(new URL("reference.json", folder), "utf8")) as {
      cdnow: { summary_from_raw: { [total: string]: number | string } };
    };
    const { sum_tx, sum_T, end, ...counts } = cdnow.summary_from_raw;
    expect(end).toBe("1998-06-30");
    const result = await dropped("cdnow/CDNOW_sample.txt");
    const table = result.state === "imported" ? result.table.name : "";
    const found = await row(`
      WITH customers AS (
        SELECT list_sort(list(DISTINCT date)) AS days FROM ${table} GROUP BY customer_id
      ), summaries AS (
        SELECT days, list_filter(days, day -> day <= DATE '1997-09-30') AS seen FROM customers
      )
      SELECT count(*) AS customers, sum(len(seen) - 1) AS sum_x, count(*) FILTER (len(seen) = 1) AS zero_repeat,
        sum(seen[-1] - seen[1]) / 7 AS sum_tx, sum(DATE '1997-09-30' - seen[1]) / 7 AS sum_T,
        sum(len(days) - len(seen)) AS holdout_tx FROM summaries`);
    expect(found).toMatchObject(counts);
    expect(found.sum_tx).toBeCloseTo(Number(sum_tx), 6);
    expect(found.sum_T).toBeCloseTo(Number(sum_T), 6);
  });

  test("the ratings of MovieLens 100K have the names, types, roles and totals of u.data", async () => {
    expect(await dropped("movielens-100k/u.data")).toMatchObject({
      state: "imported",
      table: { name: "ratings", rows: 100_000, source: { recognised: "MovieLens 100K" } },
      notes: [{ note: "recognised", set: "MovieLens 100K" }],
    });
    expect(await columns("ratings")).toEqual([
      "user_id BIGINT user",
      "item_id BIGINT item",
      "rating BIGINT target",
      "rated_at TIMESTAMP time",
    ]);
    const fields = (await raw("movielens-100k/u.data")).map((line) => line.map(Number));
    const times = fields.map(([, , , time]) => time! * 1000).sort((a, b) => a - b);
    expect(
      await row(
        `SELECT count(DISTINCT user_id) AS users, count(DISTINCT item_id) AS items, sum(rating) AS ratings,
          min(rated_at) AS first, max(rated_at) AS last FROM ratings`,
      ),
    ).toEqual({
      users: 943,
      items: 1682,
      ratings: sum(fields.map(([, , rating]) => rating!)),
      first: new Date(times[0]!),
      last: new Date(times.at(-1)),
    });
  });

  test("the films of MovieLens 100K keep their accents", async () => {
    expect(await dropped("movielens-100k/u.item")).toMatchObject({
      state: "imported",
      table: { name: "items", rows: 1682, source: { recognised: "MovieLens 100K" } },
    });
    const fields = (await readFile(new URL("movielens-100k/u.item", folder), "latin1")).split(/[|\n]/);
    expect(fields).toContain("Misérables, Les (1995)");
    expect(await row("SELECT title, drama, musical FROM items WHERE title LIKE 'Mis_rables%'")).toEqual({
      title: "Misérables, Les (1995)",
      drama: 1,
      musical: 1,
    });
  });

  test("the Telco customers are recognised", async () => {
    expect(await dropped("telco/Telco-Customer-Churn.csv")).toMatchObject({
      state: "imported",
      table: { name: "telco", rows: 7043, source: { recognised: "IBM Telco churn" } },
    });
  });

  test.each(["movielens-100k/hash80_test.txt", "cdnow/cdnow_customers_summary.csv", "telco/telco_folds.csv"])(
    "%s is of no set: it was made from one",
    async (path) => {
      expect(await dropped(path)).toMatchObject({
        state: "imported",
        table: { source: { recognised: null } },
      });
    },
  );
});
