import { tableFromColumns, tableToIPC, type Column as ArrowColumn } from "@uwdata/flechette";
import { ArrowFields, type Rejected } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { roomFor } from "./room.ts";
import type { Rows } from "./rows.ts";

/** Makes Arrow IPC streams of the rows of a file, one piece after the other, in memory that is used again. */
export class ArrowRows {
  readonly #columns: readonly ArrowFields[];
  readonly #sink = new ReusedSink();

  /** Values that are not of their column's kind are missing, and given to `reject`. */
  constructor(
    private readonly names: readonly string[],
    kinds: readonly Kind[],
    reject: (rejected: Rejected) => void = () => undefined,
  ) {
    this.#columns = names.map((_, index) => new ArrowFields(index, kinds[index]!, reject));
  }

  /** The rows from row `from` on as an Arrow IPC stream. It lasts until the next call. */
  stream(rows: Rows, from: number): Uint8Array {
    const columns = this.names.map((name, i): [string, ArrowColumn<unknown>] => [
      name,
      this.#columns[i]!.column(rows, from),
    ]);
    this.#sink.clear();
    tableToIPC(tableFromColumns(columns), { format: "stream", sink: this.#sink });
    return this.#sink.finish();
  }
}

/** Where Flechette writes to: one array, filled anew for each table. */
class ReusedSink {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  write(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  pad(count: number): void {
    this.#grow(count);
    this.#bytes.fill(0, this.#length, this.#length + count);
    this.#length += count;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(more: number): void {
    const before = this.#bytes;
    this.#bytes = roomFor(before, this.#length + more);
    if (this.#bytes !== before) this.#bytes.set(before);
  }
}
