import { fits } from "./field-kinds.ts";
import { fieldText, findField, noField } from "./field.ts";
import { KindGuess } from "./kind-guess.ts";
import type { InferredKind, Kind } from "./kind.ts";
import { CsvError, RowReader, type Delimiter, type Rows } from "./rows.ts";

/** How a CSV file is laid out. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly header: boolean;
  /** How many rows come before the data: the header, and a line `sep=;` above it. */
  readonly leading: number;
  /** The fields of the first row: the names, where it is a header. */
  readonly first: readonly string[];
}

/** What is known of a file's layout before it is read. What is left out is found by looking at it. */
export interface KnownLayout {
  readonly delimiter?: Delimiter;
  readonly header?: boolean;
  /** Names of the columns, in the place of those in the file. */
  readonly names?: readonly string[];
  /** Kinds of the columns, null where it is to be inferred. */
  readonly kinds?: readonly (Kind | null)[];
}

// A comma comes last: where it fits no better than another, it is the comma of decimals.
const delimiters: readonly Delimiter[] = ["\t", ";", "|", "::", "^", "~", "\x1f", "\x01", ","];
const sampled = 1000;

/** The layout of the text that begins with `head`, or null where it has no row at all. */
export function sniffDialect(head: Uint8Array, whole: boolean, known: KnownLayout = {}): Dialect | null {
  const declared = declaredDelimiter(head);
  const given = known.delimiter ?? declared;
  const candidates = (given === null ? delimiters : [given])
    .map((delimiter) => ({ delimiter, rows: sample(head, whole, delimiter) }))
    .map(({ delimiter, rows }) => ({ delimiter, rows: declared === null ? rows : withoutFirst(rows) }))
    .map(({ delimiter, rows }) => ({ delimiter, rows, fit: fit(rows) }));
  const { delimiter, rows } = candidates.reduce((a, b) => (b.fit > a.fit ? b : a));
  if (!rows.count) return null;
  const header = known.header ?? hasHeader(rows, delimiter);
  const leading = (declared === null ? 0 : 1) + (header ? 1 : 0);
  return { delimiter, header, leading, first: rowTexts(rows, 0) };
}

/** The delimiter that a line such as `sep=;` at the top names, as Excel writes and reads it; null where there is none. */
function declaredDelimiter(head: Uint8Array): Delimiter | null {
  const start = String.fromCharCode(...head.subarray(0, 8));
  return /^"?sep=([^\r\n])"?[\r\n]/i.exec(start)?.[1] ?? null;
}

function withoutFirst(rows: Rows): Rows {
  if (!rows.count) return rows;
  return { ...rows, count: rows.count - 1, first: rows.first.subarray(1), line: rows.line.subarray(1) };
}

/** The texts of the fields of row r. */
function rowTexts(rows: Rows, r: number): string[] {
  const field = noField();
  return Array.from({ length: rows.first[r + 1]! - rows.first[r]! }, (_, i) => {
    if (!findField(rows, r, i, field)) return "";
    return fieldText(rows, { ...field, start: field.from, end: field.to });
  });
}

function sample(head: Uint8Array, whole: boolean, delimiter: Delimiter): Rows {
  try {
    return new RowReader(delimiter).read(head, whole);
  } catch (error) {
    if (error instanceof CsvError) return new RowReader(delimiter).read(head, false);
    throw error;
  }
}

/** The share of rows as wide as the first one, a little more for wider rows; 0 where they are one field wide. */
function fit(rows: Rows): number {
  const width = (row: number): number => rows.first[row + 1]! - rows.first[row]!;
  const count = Math.min(rows.count, sampled);
  if (!count || width(0) === 1) return 0;
  let same = 0;
  for (let row = 0; row < count; row++) if (width(row) === width(0)) same++;
  return same / count + width(0) * 1e-6;
}

/** False where the first row looks like the rows below it: each field fits its column, and one at least is not text. */
function hasHeader(rows: Rows, delimiter: Delimiter): boolean {
  const field = noField();
  let typed = false;
  for (let index = 0; index < rows.first[1]!; index++) {
    const kind = columnKind(rows, index, rows.count > 1 ? 1 : 0, delimiter);
    if (!findField(rows, 0, index, field)) continue;
    if (!fits(kind, rows.bytes, field.from, field.to)) return true;
    typed ||= kind !== "text";
  }
  return !typed;
}

function columnKind(rows: Rows, index: number, from: number, delimiter: Delimiter): InferredKind {
  const guess = new KindGuess(delimiter === ",");
  guess.addColumn(rows, index, from, Math.min(rows.count, sampled));
  return guess.kind();
}
