import type { Bilingual } from "./bilingual.ts";
import type { Role } from "./role.ts";

/** A field of a sample dataset's table. */
export interface DatasetField {
  /** Its SQL type. */
  readonly type: string;
  readonly role?: Role;
  readonly unit?: string;
  readonly description: Bilingual;
}

/** A table of a sample dataset; `truth` marks those that hold what made the data. */
export interface DatasetTable {
  readonly description: Bilingual;
  readonly truth?: boolean;
  readonly fields: { readonly [name: string]: DatasetField };
}

/** A parameter of a simulator: a number in a range, or one of some words. */
export type DatasetParameter = { readonly description: Bilingual; readonly unit?: string } & (
  | { readonly default: number; readonly minimum: number; readonly maximum: number }
  | { readonly default: string; readonly values: readonly string[] }
  | { readonly default: boolean }
);

/** What `dataset.json` says of a sample dataset. */
export interface DatasetDescription {
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly licence: string;
  /** What `dataset(id, { … })` takes beside `size`, `seed` and `as`. */
  readonly parameters: { readonly [name: string]: DatasetParameter };
  readonly sizes: { readonly [size in "S" | "M" | "L"]: Bilingual };
  readonly tables: { readonly [name: string]: DatasetTable };
}

/** A sample dataset, as the page shows it: its description, and its card as Markdown in both languages. */
export interface DatasetCard extends DatasetDescription {
  readonly card: Bilingual;
}
