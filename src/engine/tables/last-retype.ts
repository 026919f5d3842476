import type { ImportNote } from "../../protocol/import.ts";
import type { Database } from "../database.ts";

/** What a column was before it got another type. */
export interface ColumnBefore {
  /** As SQL has it. */
  readonly table: string;
  readonly column: string;
  /** The table that nobody sees in which the column is as it was, in the order of the rows. */
  readonly values: string;
  /** What was noted of the table. */
  readonly notes: readonly ImportNote[];
  /** The table that what was lost is told in. */
  readonly rejects: {
    readonly name: string;
    /** Its last row before; null where it was made for this. */
    readonly last: number | null;
  };
}

/** The way back from the retyping that lost values last, until tables are changed otherwise. */
export class LastRetype {
  #id = "";
  #before: ColumnBefore | null = null;

  constructor(private readonly database: Database) {}

  /** Remembers a column as it was; gives what `take` takes. */
  remember(before: ColumnBefore): string {
    this.forget();
    this.#before = before;
    this.#id = crypto.randomUUID();
    return this.#id;
  }

  /** The column to be put back; a RangeError where tables were changed since. The caller drops its values. */
  take(id: string): ColumnBefore {
    const before = this.#before;
    if (!before || id !== this.#id)
      throw new RangeError("the column as it was is gone: tables were changed since");
    this.#before = null;
    return before;
  }

  /** Ends the way back. */
  forget(): void {
    const before = this.#before;
    this.#before = null;
    if (before) this.database.run(`DROP TABLE IF EXISTS ${before.values}`);
  }
}
