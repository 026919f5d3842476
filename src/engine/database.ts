import type { DuckDBBindings } from "@duckdb/duckdb-wasm/blocking";
import { tableFromArrow } from "../data/arrow.ts";
import type { Row } from "../data/table.ts";
import type { SqlParameter } from "../protocol/data.ts";
import { startDuckDB } from "./duckdb.ts";
import { pacer } from "../core/pause.ts";
import { oneLineLess, plainErrors } from "./duckdb-error.ts";
import { identifier, literal, splitStatements } from "./sql.ts";

/** Bytes of Arrow that a result may be: twice that is needed to put it together. One of 900 MB took 25 s and 3 GB of memory. */
const largestResult = 512 * 1024 ** 2;

/** Batches of 2048 rows that make a piece. */
const batchesInPiece = 32;

/** The most rows of a piece. */
export const rowsOfPiece = batchesInPiece * 2048;

/** What ends an Arrow IPC stream. */
const endOfStream = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0]);

/** Thrown where a result is larger than may be handed over. */
export class TooLarge extends RangeError {
  constructor() {
    super(
      "the result is too large: aggregate it, add LIMIT, or run it in a SQL cell, which shows it page by page",
    );
  }
}

/** One notebook's database: SQL in, Arrow out. It reaches no file and no network. */
export class Database {
  #duckdb: DuckDBBindings | null;
  /** The engine's own connection, and the one that cells speak through. */
  readonly #own: number;
  readonly #cells: number;
  #line: Promise<unknown> = Promise.resolve();

  private constructor(duckdb: DuckDBBindings) {
    this.#duckdb = duckdb;
    this.#own = connectionOf(duckdb);
    this.#cells = connectionOf(duckdb);
  }

  /** A new, empty database. */
  static async open(module: WebAssembly.Module): Promise<Database> {
    return new Database(await startDuckDB(module));
  }

  /** Runs a cell's statements in order, one query at a time; gives the rows of the last one as an Arrow IPC stream: `most` bytes, or a `TooLarge`. */
  query(
    sql: string,
    parameters: readonly SqlParameter[] = [],
    signal?: AbortSignal,
    most = largestResult,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const result = this.#line.then(() => {
      signal?.throwIfAborted();
      return this.#query(sql, parameters, most, signal);
    });
    this.#line = result.catch(() => undefined);
    return result;
  }

  /** Runs a statement of the engine's own at once. */
  run(sql: string): Uint8Array {
    return plainErrors(() => this.#open.runQuery(this.#own, sql));
  }

  /** Runs statements of the engine's own: all, or none where one fails. */
  transaction(statements: readonly string[]): void {
    this.run("BEGIN TRANSACTION");
    try {
      for (const statement of statements) this.run(statement);
      this.run("COMMIT");
    } catch (error) {
      this.run("ROLLBACK");
      throw error;
    }
  }

  /** The rows of a statement of the engine's own. */
  rows(sql: string): Row[] {
    return tableFromArrow(this.run(sql)).toArray();
  }

  /** The rows of a query of the engine's own, a piece at a time, each an Arrow IPC stream; others are heard in between. */
  async *pieces(sql: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const connection = connectionOf(this.#open);
    const rest = pacer(20);
    try {
      let schema = plainErrors(() => this.#open.startPendingQuery(connection, sql, true));
      while (!schema) {
        await rest();
        schema = plainErrors(() => this.#open.pollPendingQuery(connection));
      }
      let parts = [schema];
      for (;;) {
        const part = plainErrors(() => this.#open.fetchQueryResults(connection));
        if (part?.length) parts.push(part);
        const last = part?.length === 0;
        if (parts.length > batchesInPiece || (last && parts.length > 1)) {
          yield joined([...parts, endOfStream], sizeOf(parts) + endOfStream.length);
          parts = [schema];
        }
        if (last) return;
        await rest();
      }
    } finally {
      this.#duckdb?.disconnect(connection);
    }
  }

  /** The rows of a query of the engine's own that takes a while; others are heard in between. */
  async read(sql: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const piece of this.pieces(sql)) rows.push(...tableFromArrow(piece).toArray());
    return rows;
  }

  /** Runs a statement of the engine's own that takes a while and gives no rows; others are heard in between. */
  async work(sql: string): Promise<void> {
    for await (const _ of this.pieces(sql)) void _;
  }

  /** Adds the rows of an Arrow IPC stream to a table, or makes it of them. */
  insert(schema: string, name: string, rows: Uint8Array, create: boolean): void {
    plainErrors(() => this.#open.insertArrowFromIPCStream(this.#own, rows, { schema, name, create }));
  }

  /** The statements of a script. */
  statements(sql: string): string[] {
    return splitStatements(sql, this.#separators(sql));
  }

  /** Rolls back what a cell began and never committed, once its query has ended. */
  endTransaction(): Promise<unknown> {
    this.#line = this.#line.then(() => {
      try {
        this.#open.runQuery(this.#cells, "ROLLBACK");
      } catch {
        // None was open.
      }
    });
    return this.#line;
  }

  /** Frees the database's memory, once the cell's query under way has ended; whatever else is under way, or comes later, fails. */
  async close(): Promise<void> {
    await this.#line;
    const duckdb = this.#open;
    this.#duckdb = null;
    duckdb.disconnect(this.#cells);
    duckdb.disconnect(this.#own);
    duckdb.reset();
  }

  get #open(): DuckDBBindings {
    if (!this.#duckdb) throw new Error("the notebook was closed meanwhile");
    return this.#duckdb;
  }

  async #query(
    sql: string,
    parameters: readonly SqlParameter[],
    most: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const statements = this.statements(sql);
    const last = statements.pop();
    if (last === undefined) throw new SyntaxError("sql: expected a statement, got none");
    if (!parameters.length) {
      for (const statement of statements) await this.#stream(statement, signal, () => undefined);
      return this.#collect(last, most, signal);
    }
    if (statements.length) throw new SyntaxError("sql: expected one statement, since it has parameters");
    return this.#bound(last, parameters, most, signal);
  }

  async #bound(
    sql: string,
    parameters: readonly SqlParameter[],
    most: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const name = identifier("cell's statement");
    try {
      await this.#stream(`PREPARE ${name} AS\n${sql}`, signal, () => undefined);
    } catch (error) {
      throw oneLineLess(error);
    }
    try {
      return await this.#collect(`EXECUTE ${name}(${parameters.map(literal).join(", ")})`, most, signal);
    } finally {
      this.#open.runQuery(this.#cells, `DEALLOCATE ${name}`);
    }
  }

  /** Runs a statement; gives its rows as an Arrow IPC stream, where they are at most that many bytes. */
  async #collect(sql: string, most: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    let size = 0;
    await this.#stream(sql, signal, (part) => {
      parts.push(part);
      size += part.length;
      if (size > most) throw new TooLarge();
    });
    return joined(parts, size);
  }

  /** Runs a statement bit by bit, so that other messages are heard and it can be stopped; `take` gets its rows and ends it by an error. */
  async #stream(
    sql: string,
    signal: AbortSignal | undefined,
    take: (part: Uint8Array) => void,
  ): Promise<void> {
    const duckdb = this.#open;
    const connection = this.#cells;
    const rest = pacer(20);
    const stopIfAborted = (): void => {
      if (!signal?.aborted) return;
      duckdb.cancelPendingQuery(connection);
      signal.throwIfAborted();
    };
    let schema = plainErrors(() => duckdb.startPendingQuery(connection, sql, true));
    while (!schema) {
      await rest();
      stopIfAborted();
      schema = plainErrors(() => duckdb.pollPendingQuery(connection));
    }
    take(schema);
    for (;;) {
      const part = plainErrors(() => duckdb.fetchQueryResults(connection));
      if (part?.length === 0) return;
      try {
        if (part) take(part);
      } catch (error) {
        duckdb.cancelPendingQuery(connection);
        throw error;
      }
      await rest();
      stopIfAborted();
    }
  }

  #separators(sql: string): number[] {
    if (!sql.includes(";")) return [];
    const bytes = new TextEncoder().encode(sql);
    return this.#open.tokenize(sql).offsets.filter((offset) => bytes[offset] === 59);
  }
}

function connectionOf(duckdb: DuckDBBindings): number {
  return (duckdb.connect() as unknown as { readonly _conn: number })._conn;
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.length, 0);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  try {
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  } catch (error) {
    throw new RangeError(`no memory for a result of ${size} bytes: select fewer rows or columns`, {
      cause: error,
    });
  }
}
