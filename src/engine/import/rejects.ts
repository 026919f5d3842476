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
const mostKept = 100_000;
const mostLetters = 64 * 1024 * 1024;

/** What could not be read of one table's files. All of it is counted, the first of it kept. */
export class Rejects {
  readonly kept: (Reject & { readonly file: string })[] = [];
  /** How many there are. */
  count = 0;
  #letters = 0;

  /** Notes one more of a file. */
  add(file: string, reject: Reject): void {
    this.count++;
    const value = reject.value.slice(0, longest);
    this.#letters += value.length + reject.reason.length;
    if (this.kept.length < mostKept && this.#letters <= mostLetters)
      this.kept.push({ file, ...reject, value });
  }
}

/** A draft that holds what is kept of them; undefined where there is nothing. */
export async function draftRejects(
  tables: NotebookTables,
  rejects: readonly Rejects[],
): Promise<TableDraft | undefined> {
  const rows = rejects.flatMap(({ kept }) => kept);
  if (!rows.length) return undefined;
  const draft = await tables.draft(columns);
  try {
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
  } catch (error) {
    await draft.abort();
    throw error;
  }
}
