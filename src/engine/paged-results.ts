import { tableFromArrow } from "../data/arrow.ts";
import type { OpenedResult, SqlParameter } from "../protocol/data.ts";
import { TooLarge, type Database } from "./database.ts";
import { isQuery } from "./sql.ts";

/** Bytes of Arrow up to which a result is handed over whole: 30 million whole numbers, 1.7 s on two cores. */
const largestWhole = 256 * 1024 * 1024;

/** How long the rows of a result that is too large may take to be counted, in ms. */
const countWithin = 2000;

const firstRows = 1000;

type Rows = Exclude<OpenedResult, { readonly state: "refused" }>;

interface PagedQuery {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/**
 * Results that are too large to hand over: each is a query that is run again for every page, so nothing of it is kept. DuckDB gives the
 * rows of a query in one order as long as its tables do not change.
 */
export class PagedResults {
  readonly #queries = new Map<string, PagedQuery>();

  constructor(private readonly database: Database) {}

  /** Runs statements in order; the last one's rows, or the first page of them where they are more than fit. */
  async open(sql: string, parameters: readonly SqlParameter[], signal: AbortSignal): Promise<Rows> {
    try {
      return { state: "whole", rows: await this.database.query(sql, parameters, signal, largestWhole) };
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      const last = this.database.statements(sql).at(-1)!.trim();
      if (!isQuery(last)) throw error;
      const query = { sql: last, parameters };
      const rows = await this.#count(query, signal);
      const first = await this.#page(query, 0, firstRows, signal);
      const result = crypto.randomUUID();
      this.#queries.set(result, query);
      return { state: "paged", result, sql: last, rows, first };
    }
  }

  /** Rows `offset` to `offset + limit` of a result as an Arrow IPC stream; a RangeError where the result is gone. */
  async page(
    result: string,
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const query = this.#queries.get(result);
    if (!query) throw new RangeError("this result is gone: run its cell again");
    return this.#page(query, offset, limit, signal);
  }

  /** Forgets a result. */
  close(result: string): void {
    this.#queries.delete(result);
  }

  /** Forgets all results: those of a kernel that is gone. */
  clear(): void {
    this.#queries.clear();
  }

  #page(
    { sql, parameters }: PagedQuery,
    offset: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (const number of [offset, limit])
      if (!Number.isSafeInteger(number) || number < 0)
        throw new RangeError(`page: expected whole numbers of at least 0, got ${offset} and ${limit}`);
    const page = `SELECT * FROM (${sql}\n) LIMIT ${limit} OFFSET ${offset}`;
    return this.database.query(page, parameters, signal, largestWhole);
  }

  /** How many rows a query gives; null where that cannot be said soon. */
  async #count({ sql, parameters }: PagedQuery, signal: AbortSignal): Promise<number | null> {
    // Not `AbortSignal.timeout`: Node forgets one that only `AbortSignal.any` holds.
    const enough = new AbortController();
    const timer = setTimeout(() => enough.abort(), countWithin);
    try {
      const counting = `SELECT count(*) AS n FROM (${sql}\n)`;
      const soon = AbortSignal.any([signal, enough.signal]);
      return tableFromArrow(await this.database.query(counting, parameters, soon))
        .column("n")
        .at(0) as number;
    } catch {
      signal.throwIfAborted();
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
