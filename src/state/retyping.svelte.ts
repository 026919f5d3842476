import type { ColumnKind, TypeLoss } from "../protocol/table-info.ts";
import type { Tables } from "./data.svelte.ts";

/** Where a column is on its way to another type. */
export type RetypingState =
  | { readonly state: "counting" | "changing"; readonly kind: ColumnKind }
  | { readonly state: "asking"; readonly kind: ColumnKind; readonly loss: TypeLoss }
  /** Its dates can be read in each of these ways. */
  | { readonly state: "ordering"; readonly kind: ColumnKind; readonly ways: readonly TypeLoss[] }
  | { readonly state: "failed"; readonly message: string };

/** A column being given another type: what it would lose is counted first, and only a loss is asked about. */
export class Retyping {
  now = $state.raw<RetypingState | null>(null);

  constructor(
    private readonly tables: Tables,
    private readonly table: string,
    readonly column: string,
  ) {}

  /** Gives the column this type, unless values would be lost or its dates could be read in several ways: then it asks. */
  async choose(kind: ColumnKind): Promise<void> {
    this.now = { state: "counting", kind };
    try {
      const losses = await this.tables.ask((engine, notebook) =>
        engine.typeLosses(notebook, this.table, this.column),
      );
      const [loss, ...others] = losses.filter((each) => each.kind === kind);
      const ways = others.filter(({ reading }) => reading !== null);
      if (ways.length) this.now = { state: "ordering", kind, ways };
      else if (loss) await this.read(loss);
    } catch (error) {
      this.now = { state: "failed", message: (error as Error).message };
    }
  }

  /** Gives the column a type in one of the ways to read it, unless values would be lost: then it asks. */
  async read(way: TypeLoss): Promise<void> {
    if (way.lost > 0) this.now = { state: "asking", kind: way.kind, loss: way };
    else await this.change(way);
  }

  /** Gives the column this type, whatever is lost. */
  async change({ kind, reading }: TypeLoss): Promise<void> {
    this.now = { state: "changing", kind };
    try {
      await this.tables.retype(this.table, this.column, kind, reading?.order ?? null);
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

/** The columns of one table on their way to other types: what is asked of one stays while it is out of sight. */
export class Retypings {
  readonly #all: Retyping[] = [];

  constructor(
    private readonly tables: Tables,
    private readonly table: string,
  ) {}

  /** That of a column. */
  of(column: string): Retyping {
    const known = this.#all.find((each) => each.column === column);
    if (known) return known;
    const retyping = new Retyping(this.tables, this.table, column);
    this.#all.push(retyping);
    return retyping;
  }
}
