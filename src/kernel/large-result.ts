import type { Table } from "../data/table.ts";
import type { SqlParameter } from "../protocol/data.ts";

/** What a `LargeResult` stands on: the query that gives its rows, and the way to read some of them. */
export interface LargeResultSource {
  /** What the cell calls it, or "". */
  readonly name: string;
  /** The id under which the data worker knows it. */
  readonly id: string;
  readonly query: { readonly text: string; readonly parameters: readonly SqlParameter[] };
  readonly numRows: number | null;
  /** The first rows. */
  readonly first: Table;
  readonly page: (offset: number, limit: number) => Promise<Table>;
}

/**
 * The result of a SQL cell that is too large to be a Table. It is read page by page, and in SQL `${name}` stands for all its rows. What
 * a Table has and it has not is a TypeError that says so.
 */
export class LargeResult {
  readonly columns: readonly string[];
  /** How many rows there are; null where counting them takes too long. */
  readonly numRows: number | null;
  readonly #source: LargeResultSource;

  constructor(source: LargeResultSource) {
    this.columns = source.first.columns;
    this.numRows = source.numRows;
    this.#source = source;
  }

  /** Rows `offset` to `offset + limit`, as a Table. */
  page(offset: number, limit: number): Promise<Table> {
    return this.#source.page(offset, limit);
  }

  /** The first rows, as the cell shows them. */
  get first(): Table {
    return this.#source.first;
  }

  /** The id under which the data worker knows it. */
  get id(): string {
    return this.#source.id;
  }

  /** The query that gives its rows, for another query to stand on. */
  get query(): LargeResultSource["query"] {
    return this.#source.query;
  }

  column(): never {
    return this.#refuse("column");
  }

  select(): never {
    return this.#refuse("select");
  }

  drop(): never {
    return this.#refuse("drop");
  }

  take(): never {
    return this.#refuse("take");
  }

  head(): never {
    return this.#refuse("head");
  }

  toArray(): never {
    return this.#refuse("toArray");
  }

  row(): never {
    return this.#refuse("row");
  }

  [Symbol.iterator](): never {
    return this.#refuse("for … of");
  }

  #refuse(what: string): never {
    const name = this.#source.name || "this result";
    const rows = this.numRows === null ? "more rows than fit" : `${this.numRows} rows`;
    throw new TypeError(
      `${what}: expected a Table, got ${name}, which has ${rows}: read await ${this.#source.name || "result"}.page(0, 1000), or aggregate it in SQL`,
    );
  }
}
