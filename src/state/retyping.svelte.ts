import type { ColumnKind, TypeLoss } from "../protocol/table-info.ts";
import type { Tables } from "./data.svelte.ts";

/** Where a column is on its way to another type. */
export type RetypingState =
  | { readonly state: "counting" | "changing"; readonly kind: ColumnKind }
  | { readonly state: "asking"; readonly kind: ColumnKind; readonly loss: TypeLoss }
  | { readonly state: "failed"; readonly message: string };

/** A column being given another type: what it would lose is counted first, and only a loss is asked about. */
export class Retyping {
  now = $state.raw<RetypingState | null>(null);

  constructor(
    private readonly tables: Tables,
    private readonly table: string,
    private readonly column: string,
  ) {}

  /** Gives the column this type, unless values would be lost: then it asks. */
  async choose(kind: ColumnKind): Promise<void> {
    this.now = { state: "counting", kind };
    try {
      const losses = await this.tables.ask((engine, notebook) =>
        engine.typeLosses(notebook, this.table, this.column),
      );
      const loss = losses.find((each) => each.kind === kind);
      if (loss && loss.lost > 0) this.now = { state: "asking", kind, loss };
      else await this.change(kind);
    } catch (error) {
      this.now = { state: "failed", message: (error as Error).message };
    }
  }

  /** Gives the column this type, whatever is lost. */
  async change(kind: ColumnKind): Promise<void> {
    this.now = { state: "changing", kind };
    try {
      await this.tables.retype(this.table, this.column, kind);
      this.now = null;
    } catch (error) {
      this.now = { state: "failed", message: (error as Error).message };
    }
  }

  /** Leaves the column as it is. */
  keep(): void {
    this.now = null;
  }
}
