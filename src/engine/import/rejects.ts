import { tableToArrow } from "../../data/arrow.ts";
import { Table } from "../../data/table.ts";
import type { NotebookTables } from "../notebook-tables.ts";
import type { TableDraft } from "../table-draft.ts";

/** A row or a value that could not be read. */
export interface Reject {
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string;
  readonly reason: string;
}

/** The columns of a table of rejected rows. */
const columns = "file VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR, reason VARCHAR";
const longest = 10_000;

/** What could not be read of one table's files. */
export class Rejects {
  readonly #list: (Reject & { readonly file: string })[] = [];

  /** How many there are. */
  get count(): number {
    return this.#list.length;
  }

  /** Notes one more of a file. */
  add(file: string, reject: Reject): void {
    this.#list.push({ file, ...reject, value: reject.value.slice(0, longest) });
  }

  /** A draft that holds them, and those of others. */
  async draft(tables: NotebookTables, others: readonly Rejects[] = []): Promise<TableDraft> {
    const draft = await tables.draft(columns);
    const rows = [this, ...others].flatMap((rejects) => rejects.#list);
    draft.insert(
      tableToArrow(
        Table.from({
          file: rows.map(({ file }) => file),
          line: rows.map(({ line }) => line),
          column_name: rows.map(({ column }) => column),
          value: rows.map(({ value }) => value),
          reason: rows.map(({ reason }) => reason),
        }),
      ),
    );
    return draft;
  }
}
