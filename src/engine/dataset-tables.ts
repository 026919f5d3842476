import type { SimulatedTable } from "../../datasets/dataset.ts";
import { tableToArrow } from "../data/arrow.ts";
import { NumberColumn, type Column } from "../data/column.ts";
import type { Database } from "./database.ts";
import { identifier } from "./sql.ts";

/** How many rows go into the database at a time: few enough to leave it free for others every few dozen ms. */
const rowsAtOnce = 50_000;

/** A table that is filled under a name of its own, to take its place with others at once. */
export interface FilledDraft {
  readonly schema: string;
  readonly draft: string;
  readonly name: string;
}

/** Fills a draft with a simulated table. Whole numbers become BIGINT, others DOUBLE, where the simulator names no type. */
export async function fillDraft(
  database: Database,
  place: FilledDraft,
  { table, sqlTypes }: SimulatedTable,
  rest: () => Promise<void>,
): Promise<void> {
  const columns = table.columns.map(
    (name) => `${identifier(name)} ${sqlTypes[name] ?? sqlType(table.column(name))}`,
  );
  database.run(`CREATE TABLE ${identifier(place.schema)}.${place.draft} (${columns.join(", ")})`);
  for (let from = 0; from < table.numRows; from += rowsAtOnce) {
    const rows = tableToArrow(table.slice(from, from + rowsAtOnce));
    database.insert(place.schema, place.draft, rows, false);
    await rest();
  }
}

/** Puts all drafts in the place of the tables of their names, or none. */
export function placeDrafts(database: Database, drafts: readonly FilledDraft[]): void {
  database.transaction(
    drafts.flatMap(({ schema, draft, name }) => [
      `DROP TABLE IF EXISTS ${identifier(schema)}.${identifier(name)}`,
      `ALTER TABLE ${identifier(schema)}.${draft} RENAME TO ${identifier(name)}`,
    ]),
  );
}

function sqlType(column: Column): string {
  switch (column.type) {
    case "number":
      return column instanceof NumberColumn && column.values instanceof Float64Array ? "DOUBLE" : "BIGINT";
    case "string":
      return "VARCHAR";
    case "boolean":
      return "BOOLEAN";
    case "date":
      return "TIMESTAMP";
    case "other":
      throw new TypeError("a simulated table has no lists or structs");
    default:
      return column.type satisfies never;
  }
}
