import { SvelteMap } from "svelte/reactivity";
import type { ColumnInfo, ColumnSummary } from "../protocol/table-info.ts";
import type { Ask } from "./ask.ts";

/** What is known of a column, or why it is not. */
export type SummaryState =
  | { readonly state: "known"; readonly summary: ColumnSummary }
  | { readonly state: "failed"; readonly message: string };

/** A column under a type: counted anew whenever it gets another one, be it one that it had before. */
type Counted = Pick<ColumnInfo, "name" | "sqlType">;

/** Summaries of the columns of one table: counted one at a time, while someone wants to see them. */
export class Summaries {
  /** What is known of each column under the type that it was wanted with last, by its name. */
  readonly #known = new SvelteMap<string, { readonly sqlType: string; readonly summary: SummaryState }>();
  #wanted: readonly Counted[] = [];
  #working = false;

  constructor(
    private readonly ask: Ask,
    readonly table: string,
  ) {}

  /** The summary of a column; undefined until it is counted. */
  of({ name, sqlType }: Counted): SummaryState | undefined {
    const known = this.#known.get(name);
    return known?.sqlType === sqlType ? known.summary : undefined;
  }

  /** Wants a column's summary; gives what ends that wish, if it has not been met by then. */
  want(column: Counted): () => unknown {
    if (!this.of(column)) {
      this.#known.delete(column.name);
      this.#wanted = [...this.#wanted, column];
    }
    if (!this.#working) void this.#work();
    return () => (this.#wanted = this.#wanted.filter((each) => each !== column));
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let column = this.#wanted[0]; column !== undefined; column = this.#wanted[0]) {
      this.#wanted = this.#wanted.slice(1);
      const { name, sqlType } = column;
      this.#known.set(name, { sqlType, summary: await this.#count(name) });
    }
    this.#working = false;
  }

  async #count(column: string): Promise<SummaryState> {
    try {
      const summary = await this.ask((engine, notebook) => engine.summary(notebook, this.table, column));
      return { state: "known", summary };
    } catch (error) {
      return { state: "failed", message: (error as Error).message };
    }
  }
}
