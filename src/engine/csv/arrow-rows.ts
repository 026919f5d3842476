import { tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { ArrowFields, type Rejected } from "./fields.ts";
import { rowText } from "./field.ts";
import type { Kind } from "./kind.ts";
import { ReusedSink } from "./reused-sink.ts";
import type { Rows } from "./rows.ts";
import { stretches } from "./stretches.ts";

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

  /** Values that are not of their column's kind are missing, and given to `reject`; so are rows with more fields than there are columns. */
  constructor(
    private readonly names: readonly string[],
    kinds: readonly Kind[],
    private readonly reject: (rejected: Rejected) => void,
  ) {
    this.#columns = names.map((_, index) => new ArrowFields(index, kinds[index]!, reject));
    this.#most = Math.min(rowGroup, Math.ceil(mostFields / names.length));
  }

  /** Takes rows from row `from` on; gives the slices that are full. Each lasts until the next is made. */
  *add(rows: Rows, from: number): Generator<Uint8Array> {
    for (const { from: first, to, long } of stretches(rows, from, this.names.length)) {
      if (long) this.#rejectRows(rows, first, to);
      else yield* this.#addRows(rows, first, to);
    }
    this.#bytes += rows.bytes.length;
    if (this.#bytes > mostBytes) yield* this.rest();
  }

  /** Gives the rows that are left. */
  *rest(): Generator<Uint8Array> {
    if (this.#length) yield this.#take();
  }

  *#addRows(rows: Rows, from: number, to: number): Generator<Uint8Array> {
    for (let row = from; row < to;) {
      const next = Math.min(to, row + this.#most - this.#length);
      for (const column of this.#columns) column.add(rows, row, next);
      this.#length += next - row;
      row = next;
      if (this.#length === this.#most) yield this.#take();
    }
  }

  #rejectRows(rows: Rows, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const width = rows.first[row + 1]! - rows.first[row]!;
      this.reject({
        line: rows.line[row]!,
        column: null,
        value: rowText(rows, row),
        reason: `has ${width} fields, expected ${this.names.length}`,
      });
    }
  }

  #take(): Uint8Array {
    this.#length = this.#bytes = 0;
    const table = tableFromColumns(this.names.map((name, i) => [name, this.#columns[i]!.take()]));
    this.#sink.clear();
    tableToIPC(table, { format: "stream", sink: this.#sink });
    return this.#sink.finish();
  }
}
