import { withRoom } from "./room.ts";

/** Where Flechette writes to: one array, filled anew for each table. */
export class ReusedSink {
  #bytes = new Uint8Array(0);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  write(bytes: Uint8Array): void {
    this.#bytes = withRoom(this.#bytes, this.#length + bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  pad(count: number): void {
    this.#bytes = withRoom(this.#bytes, this.#length + count);
    this.#bytes.fill(0, this.#length, this.#length + count);
    this.#length += count;
  }

  /** What was written since the sink was cleared. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
