import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { datasets } from "../../../datasets/registry.ts";
import { tableFromArrow, tableToArrow } from "../../../src/data/arrow.ts";
import { Database } from "../../../src/engine/database.ts";
import { datasetPlan } from "../../../src/engine/dataset-options.ts";
import { NotebookTables } from "../../../src/engine/notebook-tables.ts";
import fingerprints from "../../reference/dataset-fingerprints.json";
import { foldValues } from "../../reference/fold-values.ts";
import { duckdbModule } from "../engine/module.ts";

/** The bytes of size S, seed 1, truth included; the same in every browser. */
const checksums: Record<string, string> = {
  shop: "3f96df7e9000b3da",
  subscriptions: "d83fbfe85993e787",
  clickstream: "4e9ffe01838ceb29",
};

describe.each(datasets.map((dataset) => ({ id: dataset.card.id, dataset })))("$id", ({ id, dataset }) => {
  const { card } = dataset;

  async function checksum(seed: number): Promise<string> {
    const plan = datasetPlan(card, { size: "S", seed }, new Set());
    const { tables, truth } = await dataset.simulate(plan, async () => undefined);
    const hash = createHash("sha256");
    for (const { table } of [...Object.values(tables), ...Object.values(truth)])
      hash.update(tableToArrow(table));
    return hash.digest("hex").slice(0, 16);
  }

  test("one seed gives the same bytes on every machine, another seed others", async () => {
    expect(await checksum(1)).toBe(checksums[id]);
    expect(await checksum(2)).not.toBe(checksums[id]);
  });

  test("one seed gives the same values in the database in Node as in Chromium", async () => {
    const tables = new NotebookTables(await Database.open(await duckdbModule()));
    await tables.addDataset(id, { size: "S", seed: 1 });
    const found: Record<string, string> = {};
    for (const { name } of tables.list()) {
      const table = tableFromArrow(await tables.database.query(`FROM ${name}`, []));
      found[name] = foldValues(table.columns.map((column) => foldValues(table.column(column))));
    }
    expect(found).toEqual(fingerprints[id as keyof typeof fingerprints]);
  });

  test("the tables are as the card says", async () => {
    const tables = new NotebookTables(await Database.open(await duckdbModule()));
    const named = await tables.addDataset(id, { seed: 1 });
    const made = Object.fromEntries(
      tables
        .list()
        .map(({ name, columns }) => [name, columns.map((column) => [column.name, column.sqlType])]),
    );
    const described = Object.fromEntries(
      Object.entries(card.tables).map(([name, { truth, fields }]) => [
        truth ? name : `${id}.${name}`,
        Object.entries(fields).map(([field, { type }]) => [field, type]),
      ]),
    );
    expect(made).toEqual(described);
    expect(named).toEqual(Object.keys(described).filter((name) => name.startsWith(`${id}.`)));
    for (const { name, source } of tables.list())
      expect(source).toEqual({ kind: "dataset", id, truth: name.startsWith("truth.") });
  });

  test("every text of the card is there in both languages", () => {
    const texts = [
      card.title,
      card.summary,
      card.card,
      ...Object.values(card.sizes),
      ...Object.values(card.parameters).map(({ description }) => description),
      ...Object.values(card.tables).flatMap(({ description, fields }) => [
        description,
        ...Object.values(fields).map((field) => field.description),
      ]),
    ];
    for (const { en, zh } of texts) {
      expect(en).toMatch(/[A-Za-z−0-9]/);
      expect(zh).toMatch(/[\u4e00-\u9fff0-9−]/);
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test("every parameter has a default in its range", () => {
    for (const parameter of Object.values(card.parameters))
      if ("minimum" in parameter) {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.minimum);
        expect(parameter.default).toBeLessThanOrEqual(parameter.maximum);
      }
  });
});
