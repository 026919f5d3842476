import { SvelteMap } from "svelte/reactivity";
import type { ColumnSummary } from "../protocol/table-info.ts";
import type { Ask } from "./ask.ts";

/** What is known of a column, or why it is not. */
export type SummaryState =
  | { readonly state: "known"; readonly summary: ColumnSummary }
  | { readonly state: "failed"; readonly message: string };

/** Summaries of the columns of one table: counted one at a time, while someone wants to see them. */
export class Summaries {
  readonly #known = new SvelteMap<string, SummaryState>();
  #wanted: readonly string[] = [];
  #working = false;

  constructor(
    private readonly ask: Ask,
    readonly table: string,
  ) {}

  /** The summary of a column; undefined until it is counted. */
  of(column: string): SummaryState | undefined {
    return this.#known.get(column);
  }

  /** Wants a column's summary; gives what ends that wish, if it has not been met by then. */
  want(column: string): () => unknown {
    if (!this.#known.has(column)) this.#wanted = [...this.#wanted, column];
    if (!this.#working) void this.#work();
    return () => (this.#wanted = this.#wanted.filter((each) => each !== column));
  }

  /** Counts a column anew that was changed. */
  forget(column: string): void {
    this.#known.delete(column);
    this.want(column);
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let column = this.#wanted[0]; column !== undefined; column = this.#wanted[0]) {
      this.#wanted = this.#wanted.slice(1);
      this.#known.set(column, await this.#count(column));
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
