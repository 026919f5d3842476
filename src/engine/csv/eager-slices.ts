import { ArrowRows } from "./arrow-rows.ts";
import type { Rejected } from "./fields.ts";
import type { Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";

const mostKept = 256 * 1024 * 1024;
/** Bytes that a rejected value takes beside its text. */
const rejectedBytes = 100;

/**
 * Slices of Arrow that are made of a file's rows while the kinds of its columns are still being found out. Mostly the first rows tell
 * what all are, and then the file need not be read again; where a later row changes a kind, or there is too much to keep, none are kept.
 */
export class EagerSlices {
  #arrow: ArrowRows | null = null;
  #kinds: readonly Kind[] | null = null;
  #slices: Uint8Array[] = [];
  #rejected: Rejected[] = [];
  #size = 0;
  #dropped = false;

  /** Takes rows from row `from` on, when their columns and those before are of these kinds. */
  add(rows: Rows, from: number, kinds: readonly Kind[], names: () => readonly string[]): void {
    if (this.#dropped || rows.count <= from) return;
    this.#kinds ??= kinds;
    if (!areEqual(kinds, this.#kinds)) return this.#drop();
    this.#arrow ??= new ArrowRows(names(), kinds, (rejected) => this.#reject(rejected));
    for (const slice of this.#arrow.add(rows, from)) this.#keep(slice);
  }

  /** All slices and what was rejected, or null where the rows are to be read again. */
  take(): { readonly slices: readonly Uint8Array[]; readonly rejected: readonly Rejected[] } | null {
    if (this.#dropped || !this.#arrow) return null;
    for (const slice of this.#arrow.rest()) this.#keep(slice);
    return this.#dropped ? null : { slices: this.#slices, rejected: this.#rejected };
  }

  #keep(slice: Uint8Array): void {
    if (this.#hasRoom(slice.length)) this.#slices.push(slice.slice());
  }

  #reject(rejected: Rejected): void {
    if (this.#hasRoom(rejectedBytes + rejected.value.length)) this.#rejected.push(rejected);
  }

  #hasRoom(bytes: number): boolean {
    this.#size += bytes;
    if (this.#size > mostKept) this.#drop();
    return !this.#dropped;
  }

  #drop(): void {
    this.#dropped = true;
    this.#arrow = null;
    this.#slices = [];
    this.#rejected = [];
  }
}

function areEqual(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
