import type { RowsQuery, TableInfo } from "../../protocol/table-info.ts";
import type { Database } from "../database.ts";
import { identifier } from "../sql.ts";
import { columnOf, whereOf } from "./filters.ts";

type Order = Pick<RowsQuery, "sort" | "filters">;

/** The table of the order that was asked for last; its name is one that nobody sees. */
const place = "main.cohortbook_draft_order";

/** Reads tables in any order: the places of the rows are sorted once, so that a page far down costs no more than the first. */
export class RowOrder {
  #key: string | null = null;
  #line: Promise<unknown> = Promise.resolve();

  /** `versionOf` gives another number for a table that took the place of one of the same name. */
  constructor(
    private readonly database: Database,
    private readonly versionOf: (table: string) => number,
  ) {}

  /** Rows of a table as an Arrow IPC stream; missing values come last, and equal ones in the order of the table. */
  rows(table: TableInfo, { offset, limit, ...order }: RowsQuery): Promise<Uint8Array> {
    for (const number of [offset, limit])
      if (!Number.isSafeInteger(number) || number < 0)
        throw new RangeError(`rows: expected whole numbers of at least 0, got ${offset} and ${limit}`);
    return this.#inLine(async () => {
      if (isPlain(order)) return this.database.run(`FROM ${table.name} LIMIT ${limit} OFFSET ${offset}`);
      await this.#sort(table, order);
      return this.database.run(
        `SELECT r.* FROM ${table.name} r JOIN ${place} o ON r.rowid = o.row
         WHERE o.rowid >= ${offset} AND o.rowid < ${offset + limit} ORDER BY o.rowid`,
      );
    });
  }

  /** How many rows pass the filters. */
  count(table: TableInfo, filters: RowsQuery["filters"]): Promise<number> {
    if (!filters.length) return Promise.resolve(table.rows);
    return this.#inLine(async () => {
      const [row] = await this.database.read(
        `SELECT count(*) AS n FROM ${table.name} ${whereOf(table, filters)}`,
      );
      return row!.n as number;
    });
  }

  /** Forgets what was sorted: rows may have changed. */
  clear(): void {
    this.#key = null;
  }

  async #sort(table: TableInfo, { sort, filters }: Order): Promise<void> {
    const key = JSON.stringify([table.name, this.versionOf(table.name), table.rows, sort, filters]);
    if (key === this.#key) return;
    this.#key = null;
    const by = sort && identifier(columnOf(table, sort.column).name);
    const direction = sort?.descending ? "DESC" : "ASC";
    const sorted = by ? `ORDER BY ${by} ${direction} NULLS LAST, rowid` : "ORDER BY rowid";
    await this.database.work(
      `CREATE OR REPLACE TABLE ${place} AS SELECT rowid AS row FROM ${table.name} ${whereOf(table, filters)} ${sorted}`,
    );
    this.#key = key;
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }
}

function isPlain({ sort, filters }: Order): boolean {
  return !sort && !filters.length;
}
