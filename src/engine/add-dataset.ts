import { datasetById } from "../../datasets/registry.ts";
import { pacer } from "../core/pause.ts";
import type { DatasetField } from "../data/dataset-description.ts";
import type { DatasetOptions } from "../protocol/data.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Database } from "./database.ts";
import { datasetPlan } from "./dataset-options.ts";
import { fillDraft, placeDrafts, type FilledDraft } from "./dataset-tables.ts";
import { identifier } from "./sql.ts";
import { newMeta, type ColumnMeta, type TableMeta } from "./table-facts.ts";

/** A table of a sample dataset, in its place. */
export interface PlacedTable {
  readonly schema: string;
  readonly name: string;
  readonly truth: boolean;
  readonly meta: TableMeta;
}

/**
 * Generates a sample dataset into a schema; tables of the same names there are replaced. Without `truth` no table of its truth is made. Once
 * `signal` is aborted nothing is replaced.
 */
export async function addDataset(
  database: Database,
  catalogue: Catalogue,
  id: string,
  options: DatasetOptions,
  truth: boolean,
  signal?: AbortSignal,
): Promise<readonly PlacedTable[]> {
  const dataset = datasetById(id);
  const { card } = dataset;
  const { as, truthAs, ...plan } = datasetPlan(card, options, catalogue.reserved);
  const pause = pacer(30);
  const rest = async (): Promise<void> => {
    await pause();
    signal?.throwIfAborted();
  };
  const made = await dataset.simulate(plan, rest);
  const filled: (FilledDraft & { readonly truth: boolean })[] = [];
  try {
    for (const side of truth ? [false, true] : [false]) {
      const schema = catalogue.schema(side ? truthAs : as);
      for (const [name, table] of Object.entries(side ? made.truth : made.tables)) {
        const place = { schema, draft: catalogue.hiddenName(), name, truth: side };
        filled.push(place);
        await fillDraft(database, place, table, rest);
      }
    }
    signal?.throwIfAborted();
    placeDrafts(database, filled);
  } catch (error) {
    for (const { schema, draft } of filled)
      database.run(`DROP TABLE IF EXISTS ${identifier(schema)}.${draft}`);
    throw error;
  }
  return filled.map(({ schema, name, truth }) => ({
    schema,
    name,
    truth,
    meta: newMeta(
      { kind: "dataset", id, truth },
      described(card.tables[truth ? `truth.${name}` : name]?.fields ?? {}),
    ),
  }));
}

function described(fields: { readonly [name: string]: DatasetField }): ReadonlyMap<string, ColumnMeta> {
  return new Map(
    Object.entries(fields).map(([name, { role = null, description, unit }]) => [
      name,
      { role, description, ...(unit !== undefined && { unit }) },
    ]),
  );
}
