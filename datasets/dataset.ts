import type { DatasetCard } from "../src/data/dataset-description.ts";
import type { Table } from "../src/data/table.ts";

/** How much of a dataset is made, from which seed, and with which of its own parameters; each of them is set and in its range. */
export interface SimulationOptions {
  readonly size: "S" | "M" | "L";
  readonly seed: number;
  readonly parameters: { readonly [name: string]: number | string | boolean };
}

/** A table of a dataset; `sqlTypes` names the columns whose SQL type their values do not tell. */
export interface SimulatedTable {
  readonly table: Table;
  readonly sqlTypes: { readonly [column: string]: string };
}

/** What a simulator made: the data that a business would have, and the truth behind it. */
export interface Simulation {
  readonly tables: { readonly [name: string]: SimulatedTable };
  readonly truth: { readonly [name: string]: SimulatedTable };
}

/** A sample dataset: the same options give the same rows on every machine. */
export interface Dataset {
  readonly card: DatasetCard;
  /** `rest` is awaited often, at most some 50 ms apart; where it throws, the simulation ends. */
  simulate(options: SimulationOptions, rest: () => Promise<void>): Promise<Simulation>;
}
