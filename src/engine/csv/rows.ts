import { withRoom } from "./room.ts";

/** Rows of a CSV text as places in its bytes. They last until the reader that gave them reads on. */
export interface Rows {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Row r has the fields `first[r]` to `first[r + 1] − 1`. */
  readonly first: Int32Array;
  /** The line of the text each row begins on, counted from 1. */
  readonly line: Float64Array;
  /** Field f is the bytes `span[2f]` to `span[2f + 1] − 1`; where the end is below 0, it is ~end and `""` in it stands for `"`. */
  readonly span: Int32Array;
  /** The first field of the text so far that goes on for very many lines; null where none does. */
  readonly longField: LongField | null;
}

/** A quoted field that goes on for very many lines, from line `line` on. */
export interface LongField {
  readonly line: number;
  readonly lines: number;
}

/** What stands between two fields, one or more characters. `whitespace` is any run of spaces and tabs, which may lead and close a row too. */
export type Delimiter = string;

/** A CSV text that cannot be read on from some line. */
export class CsvError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

const quote = 34;
const newline = 10;
const carriageReturn = 13;
const longestRow = 64 * 1024 * 1024;
/** So many lines in one field are more likely a missing quotation mark than a text. */
const manyLines = 1000;

/** What a byte may end, by byte. */
const endsNothing = 0;
const endsField = 1;
const endsRow = 2;

/** Splits a CSV text into rows (RFC 4180, any line ends), piece by piece. Empty lines are left out. */
export class RowReader {
  readonly #ends = new Uint8Array(256);
  /** The greatest byte that ends anything: mostly it is a comma, which letters and digits come after. */
  readonly #lastEnd: number;
  /** What follows the first byte of the delimiter. */
  readonly #tail: Uint8Array;
  readonly #blanks: boolean;
  #line = 1;
  #longField: LongField | null = null;
  // What is read and found in a piece; the arrays grow and are used for the next piece again, since room for each would be much garbage.
  #text = new Uint8Array(0);
  #from = 0;
  #end = 0;
  #rows = 0;
  #fields = 0;
  #first = new Int32Array(1 << 14);
  #lines = new Float64Array(1 << 14);
  #span = new Int32Array(1 << 17);

  constructor(delimiter: Delimiter) {
    this.#blanks = delimiter === "whitespace";
    const bytes = new TextEncoder().encode(this.#blanks ? " " : delimiter);
    this.#tail = bytes.subarray(1);
    this.#ends[newline] = this.#ends[carriageReturn] = endsRow;
    this.#ends[bytes[0]!] = endsField;
    if (this.#blanks) this.#ends[9] = endsField;
    this.#lastEnd = this.#ends.findLastIndex((ends) => ends !== endsNothing);
  }

  /** The rows that end in `bytes`; what begins there and goes on is kept for the next call. */
  read(bytes: Uint8Array, last: boolean): Rows {
    const text = this.#take(bytes);
    this.#rows = this.#fields = 0;
    let at = 0;
    while (at < text.length) {
      const end = this.#row(text, at, last);
      if (end < 0) break;
      at = end;
    }
    if (text.length - at > longestRow)
      throw new CsvError(`expected the row to end within 64 MB; is a quotation mark missing?`, this.#line);
    this.#from = at;
    this.#first[this.#rows] = this.#fields;
    return {
      bytes: text,
      count: this.#rows,
      first: this.#first.subarray(0, this.#rows + 1),
      line: this.#lines.subarray(0, this.#rows),
      span: this.#span.subarray(0, 2 * this.#fields),
      longField: this.#longField,
    };
  }

  /** What is left of the text before, and `bytes`. */
  #take(bytes: Uint8Array): Uint8Array {
    const rest = this.#text.subarray(this.#from, this.#end);
    this.#end = rest.length + bytes.length;
    if (this.#end > this.#text.length) {
      this.#text = new Uint8Array(this.#end + (this.#end >> 3));
      this.#text.set(rest);
    } else this.#text.copyWithin(0, this.#from, this.#from + rest.length);
    this.#text.set(bytes, rest.length);
    return this.#text.subarray(0, this.#end);
  }

  /** Adds the row at `start`; gives where the next one starts, or −1 where the text ends too soon. */
  #row(bytes: Uint8Array, start: number, last: boolean): number {
    const ends = this.#ends;
    const lastEnd = this.#lastEnd;
    const n = bytes.length;
    const tail = this.#tail.length;
    let span = this.#span;
    const before = this.#fields;
    let fields = before;
    let line = this.#line;
    let longField: LongField | null = null;
    let at = this.#blanks ? blanksEnd(bytes, start) : start;
    for (;;) {
      if (2 * fields + 2 > span.length) span = this.#span = withRoom(span, 2 * fields + 2);
      let from = at;
      let to = -1;
      let escaped = false;
      if (bytes[at] === quote) {
        const opened = line;
        let close = at + 1;
        for (; close < n; close++) {
          const byte = bytes[close];
          if (byte === newline) line++;
          else if (byte === quote) {
            if (bytes[close + 1] !== quote) break;
            escaped = true;
            close++;
          }
        }
        if (close + 1 + tail >= n && !last) return -1;
        if (close >= n) throw new CsvError(`a quotation mark opens here and is never closed`, opened);
        if (close + 1 === n || this.#endsAt(bytes, close + 1)) {
          from++;
          to = close;
          at = close + 1;
          if (line - opened > manyLines) longField ??= { line: opened, lines: line - opened + 1 };
        } else {
          // Text that goes on behind the mark it was closed with was never quoted, least of all over several lines.
          if (line === opened) at = close + 1;
          line = opened;
          escaped = false;
        }
      }
      if (to < 0) {
        for (; at < n; at++) {
          const byte = bytes[at]!;
          if (byte <= lastEnd && ends[byte] !== endsNothing) break;
        }
        if (tail && at < n) at = this.#fieldEnd(bytes, at);
        to = at;
      }
      span[2 * fields] = from;
      span[2 * fields + 1] = escaped ? ~to : to;
      fields++;
      if (at < n && ends[bytes[at]!] === endsField) {
        at += 1 + tail;
        if (!this.#blanks) continue;
        at = blanksEnd(bytes, at);
        if (at < n && ends[bytes[at]!] !== endsRow) continue;
      }
      if (at === n) {
        if (!last) return -1;
      } else if (bytes[at++] === carriageReturn) {
        if (at === n && !last) return -1;
        if (bytes[at] === newline) at++;
      }
      this.#add(before, fields, this.#line);
      this.#longField ??= longField;
      this.#line = line + 1;
      return at;
    }
  }

  /** Where the field ends that goes on at `from`, or the text. */
  #fieldEnd(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && !this.#endsAt(bytes, at)) at++;
    return at;
  }

  /** Whether a field ends at a byte. */
  #endsAt(bytes: Uint8Array, at: number): boolean {
    const ends = this.#ends[bytes[at]!];
    const tail = this.#tail;
    if (ends !== endsField || !tail.length) return ends !== endsNothing;
    for (let i = 0; i < tail.length; i++) if (bytes[at + 1 + i] !== tail[i]) return false;
    return true;
  }

  /** Adds the row of the fields `before` to `fields − 1`, unless it is empty. */
  #add(before: number, fields: number, line: number): void {
    if (fields - before === 1 && this.#span[2 * before] === this.#span[2 * before + 1]) return;
    if (this.#rows + 1 >= this.#first.length) {
      this.#first = withRoom(this.#first, this.#rows + 2);
      this.#lines = withRoom(this.#lines, this.#rows + 2);
    }
    this.#first[this.#rows] = before;
    this.#lines[this.#rows] = line;
    this.#rows++;
    this.#fields = fields;
  }
}

function blanksEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  return at;
}
