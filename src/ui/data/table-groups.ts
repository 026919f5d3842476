import type { FoundTable } from "./find-tables.ts";
import { nameParts } from "./table-words.ts";

/** The tables of one schema. */
export interface TableGroup {
  /** As it is written in SQL; "" for the one whose tables go by their own names, as imported ones do. */
  readonly schema: string;
  /** The sample dataset whose planted truth it holds; null where it holds none. */
  readonly truthOf: string | null;
  readonly tables: readonly FoundTable[];
}

/** Tables by their schemas: those that go by their own names first, a planted truth last. */
export function groupTables(found: readonly FoundTable[]): readonly TableGroup[] {
  const schemas = new Set(found.map(schemaOf));
  const groups = [...schemas].map((schema) => {
    const tables = found.filter((each) => schemaOf(each) === schema);
    return { schema, truthOf: truthOf(tables), tables };
  });
  return groups.sort((a, b) => place(a) - place(b));
}

function schemaOf({ table }: FoundTable): string {
  return nameParts(table.name).schema;
}

function truthOf([first]: readonly FoundTable[]): string | null {
  const source = first?.table.source;
  return source?.kind === "dataset" && source.truth ? source.id : null;
}

function place({ schema, truthOf }: TableGroup): number {
  if (schema === "") return 0;
  return truthOf === null ? 1 : 2;
}
