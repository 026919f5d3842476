import { tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { ArrowFields, type Rejected } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { ReusedSink } from "./reused-sink.ts";
import type { Rows } from "./rows.ts";

/** A row group of DuckDB: so many rows at once are taken over as they are, while those of any other number are copied twice. */
const rowGroup = 122_880;
const mostFields = 8_000_000;
const mostBytes = 32 * 1024 * 1024;

/** Makes Arrow IPC streams of the rows of a file: slices of a size that DuckDB takes fast, in memory that is used again. */
export class ArrowRows {
  readonly #columns: readonly ArrowFields[];
  readonly #most: number;
  readonly #sink = new ReusedSink();
  #length = 0;
  #bytes = 0;

  /** Values that are not of their column's kind are missing, and given to `reject`. */
  constructor(
    private readonly names: readonly string[],
    kinds: readonly Kind[],
    reject: (rejected: Rejected) => void = () => undefined,
  ) {
    this.#columns = names.map((_, index) => new ArrowFields(index, kinds[index]!, reject));
    this.#most = Math.min(rowGroup, Math.ceil(mostFields / names.length));
  }

  /** Takes rows from row `from` on; gives the slices that are full. Each lasts until the next is made. */
  *add(rows: Rows, from: number): Generator<Uint8Array> {
    for (let row = from; row < rows.count;) {
      const to = Math.min(rows.count, row + this.#most - this.#length);
      for (const column of this.#columns) column.add(rows, row, to);
      this.#length += to - row;
      row = to;
      if (this.#length === this.#most) yield this.#take();
    }
    this.#bytes += rows.bytes.length;
    if (this.#bytes > mostBytes) yield* this.rest();
  }

  /** Gives the rows that are left. */
  *rest(): Generator<Uint8Array> {
    if (this.#length) yield this.#take();
  }

  #take(): Uint8Array {
    this.#length = this.#bytes = 0;
    const table = tableFromColumns(this.names.map((name, i) => [name, this.#columns[i]!.take()]));
    this.#sink.clear();
    tableToIPC(table, { format: "stream", sink: this.#sink });
    return this.#sink.finish();
  }
}
