/** Rows of a CSV text as places in its bytes. */
export interface Rows {
  readonly bytes: Uint8Array;
  readonly count: number;
  /** Row r has the fields `first[r]` to `first[r + 1] − 1`. */
  readonly first: Int32Array;
  /** The line of the text each row begins on, counted from 1. */
  readonly line: Float64Array;
  /** Field f is the bytes `span[2f]` to `span[2f + 1] − 1`; where the end is below 0, it is ~end and `""` in it stands for `"`. */
  readonly span: Int32Array;
}

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

/** Splits a CSV text into rows (RFC 4180, any line ends), piece by piece. Empty lines are left out. */
export class RowReader {
  #rest = new Uint8Array(0);
  #line = 1;

  constructor(private readonly delimiter: number) {}

  /** The rows that end in `bytes`; what begins there and goes on is kept for the next call. */
  read(bytes: Uint8Array, last: boolean): Rows {
    const text = joined(this.#rest, bytes);
    const rows = new RowList(text);
    let at = 0;
    while (at < text.length) {
      const end = this.#row(rows, at, last);
      if (end < 0) break;
      at = end;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > longestRow)
      throw new CsvError(`expected the row to end within 64 MB; is a quotation mark missing?`, this.#line);
    return rows.done();
  }

  /** Adds the row at `start`; gives where the next one starts, or −1 where the text ends too soon. */
  #row(rows: RowList, start: number, last: boolean): number {
    const { bytes } = rows;
    const n = bytes.length;
    let at = start;
    let line = this.#line;
    rows.begin(line);
    for (;;) {
      const open = at;
      let closed = false;
      if (bytes[at] === quote) {
        const close = closingQuote(bytes, at + 1);
        if (close < 0 || (close + 1 === n && !last)) {
          if (last) throw new CsvError(`a quotation mark opens here and is never closed`, line);
          return rows.drop();
        }
        line += newlines(bytes, at, close);
        at = close + 1;
        closed = at === n || endsField(bytes[at]!, this.delimiter);
        if (closed) rows.field(open + 1, close, bytes);
      }
      if (!closed) {
        while (at < n && !endsField(bytes[at]!, this.delimiter)) at++;
        rows.field(open, at, null);
      }
      if (at === n) {
        if (!last) return rows.drop();
        break;
      }
      const byte = bytes[at++]!;
      if (byte === this.delimiter) continue;
      if (byte === carriageReturn) {
        if (at === n && !last) return rows.drop();
        if (bytes[at] === newline) at++;
      }
      line++;
      break;
    }
    this.#line = line;
    rows.end();
    return at;
  }
}

/** Rows as they are found, in arrays that grow. */
class RowList {
  #first = new Int32Array(1024);
  #line = new Float64Array(1024);
  #span = new Int32Array(16384);
  #rows = 0;
  #fields = 0;

  constructor(readonly bytes: Uint8Array) {}

  begin(line: number): void {
    if (this.#rows + 1 >= this.#first.length) {
      this.#first = grown(this.#first);
      this.#line = grown(this.#line);
    }
    this.#first[this.#rows] = this.#fields;
    this.#line[this.#rows] = line;
  }

  field(start: number, end: number, quoted: Uint8Array | null): void {
    if (2 * this.#fields + 2 > this.#span.length) this.#span = grown(this.#span);
    const within = quoted?.indexOf(quote, start) ?? -1;
    this.#span[2 * this.#fields] = start;
    this.#span[2 * this.#fields + 1] = within >= 0 && within < end ? ~end : end;
    this.#fields++;
  }

  end(): void {
    const fields = this.#fields - this.#first[this.#rows]!;
    const empty = fields === 1 && this.#span[2 * this.#fields - 2] === this.#span[2 * this.#fields - 1];
    if (empty) this.drop();
    else this.#rows++;
  }

  drop(): number {
    this.#fields = this.#first[this.#rows]!;
    return -1;
  }

  done(): Rows {
    const first = this.#first.slice(0, this.#rows + 1);
    first[this.#rows] = this.#fields;
    return { bytes: this.bytes, count: this.#rows, first, line: this.#line, span: this.#span };
  }
}

/** Where the quotation mark is that closes the one before `from`, or −1; a doubled one closes nothing. */
function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(quote, at);
    if (at < 0 || bytes[at + 1] !== quote) return at;
    at += 2;
  }
}

function endsField(byte: number, delimiter: number): boolean {
  return byte === delimiter || byte === newline || byte === carriageReturn;
}

function newlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (bytes[i] === newline) count++;
  return count;
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array): Uint8Array {
  if (!a.length) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function grown<T extends Int32Array | Float64Array>(array: T): T {
  const larger = new (array.constructor as new (n: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
