import type { Table } from "../src/data/table.ts";

/** How much of a dataset is made, and from which seed. */
export interface SimulationOptions {
  readonly size: "S" | "M" | "L";
  readonly seed: number;
}

/** A table of a dataset; `sqlTypes` names the columns whose SQL type their values do not tell. */
export interface SimulatedTable {
  readonly table: Table;
  readonly sqlTypes: { readonly [column: string]: string };
}

/** A sample dataset: the same options give the same rows on every machine. */
export interface Dataset {
  readonly id: string;
  simulate(options: SimulationOptions): { readonly [table: string]: SimulatedTable };
}
