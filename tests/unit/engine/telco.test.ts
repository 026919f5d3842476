import { existsSync, openAsBlob } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { Database } from "../../../src/engine/database.ts";
import { importFiles } from "../../../src/engine/import/import-files.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import type { ImportResult } from "../../../src/protocol/import.ts";
import { duckdbModule } from "./module.ts";

const data = new URL("../../../../shared/data/", import.meta.url);
const missing = !existsSync(data);

async function importFrom(path: string): Promise<{ tables: NotebookTables; result: ImportResult }> {
  const tables = new NotebookTables(await Database.open(await duckdbModule()));
  const blob = await openAsBlob(new URL(path, data));
  const file = new File([blob], basename(path));
  return {
    tables,
    result: (
      await importFiles(
        tables,
        [{ file, path: file.name }],
        null,
        () => undefined,
        new AbortController().signal,
      )
    )[0]!,
  };
}

test.skipIf(missing)(
  "Telco: blank charges are missing, codes and Yes/No stay text (skipped without ../shared/data)",
  async () => {
    const { tables, result } = await importFrom("telco/Telco-Customer-Churn.csv");
    expect(result).toMatchObject({
      state: "imported",
      table: { name: "telco", rows: 7043 },
      notes: [{ note: "recognised", set: "IBM Telco churn" }],
    });
    const types = tables.database.rows(
      "SELECT column_name AS name, data_type AS type FROM duckdb_columns() WHERE table_name = 'telco'",
    );
    const numeric = types
      .filter(({ type }) => type !== "VARCHAR")
      .map(({ name, type }) => `${name as string} ${type as string}`);
    expect(numeric).toEqual([
      "SeniorCitizen BIGINT",
      "tenure BIGINT",
      "MonthlyCharges DOUBLE",
      "TotalCharges DOUBLE",
    ]);
    expect(
      tables.database
        .rows(`SELECT count(*) - count(TotalCharges) AS blank, sum(tenure) AS tenure, count(*) FILTER (Churn = 'Yes') AS churned,
      round(sum(MonthlyCharges), 2) AS charges FROM telco`),
    ).toEqual([{ blank: 11, tenure: 227_990, churned: 1869, charges: 456_116.6 }]);
  },
);

test.skipIf(missing)(
  "Telco's survival table: NA is missing among numbers (skipped without ../shared/data)",
  async () => {
    const { tables, result } = await importFrom("telco/km_tenure_full.csv");
    expect(result).toMatchObject({
      state: "imported",
      notes: ["lower", "upper"].map((column) => ({ note: "missing-words", column })),
    });
    expect(tables.database.rows("SELECT surv AS survival FROM km_tenure_full WHERE time = 1")).toEqual([
      { survival: 0.945961319681456 },
    ]);
  },
);
