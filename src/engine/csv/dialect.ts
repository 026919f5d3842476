import { findField, noField } from "./fields.ts";
import { fits, KindGuess, type Kind } from "./kind.ts";
import { CsvError, RowReader, type Rows } from "./rows.ts";

/** How a CSV file is laid out. */
export interface Dialect {
  readonly delimiter: number;
  readonly header: boolean;
  /** The fields of the first row. */
  readonly first: readonly string[];
}

// A comma comes last: where it fits no better than another, it is the comma of decimals.
const delimiters = ["\t", ";", "|", ","].map((text) => text.charCodeAt(0));
const sampled = 1000;

/** The layout of the text that begins with `head`, or null where it has no row at all. */
export function sniffDialect(head: Uint8Array, whole: boolean): Dialect | null {
  const candidates = delimiters
    .map((delimiter) => ({ delimiter, rows: sample(head, whole, delimiter) }))
    .map(({ delimiter, rows }) => ({ delimiter, rows, fit: fit(rows) }));
  const best = candidates.reduce((a, b) => (b.fit > a.fit ? b : a));
  if (!best.rows.count) return null;
  return { delimiter: best.delimiter, header: hasHeader(best.rows), first: rowTexts(best.rows, 0) };
}

/** The texts of the fields of row r. */
function rowTexts(rows: Rows, r: number): string[] {
  const decoder = new TextDecoder();
  const field = noField();
  return Array.from({ length: rows.first[r + 1]! - rows.first[r]! }, (_, i) => {
    if (!findField(rows, r, i, field)) return "";
    const text = decoder.decode(rows.bytes.subarray(field.from, field.to));
    return field.escaped ? text.replaceAll('""', '"') : text;
  });
}

function sample(head: Uint8Array, whole: boolean, delimiter: number): Rows {
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
function hasHeader(rows: Rows): boolean {
  const field = noField();
  let typed = false;
  for (let index = 0; index < rows.first[1]!; index++) {
    const kind: Kind = rows.count > 1 ? columnKind(rows, index) : "text";
    if (!findField(rows, 0, index, field)) continue;
    if (rows.count === 1) {
      const alone = new KindGuess();
      alone.add(rows.bytes, field.from, field.to);
      typed ||= alone.kind !== "text";
      continue;
    }
    if (!fits(kind, rows.bytes, field.from, field.to)) return true;
    typed ||= kind !== "text";
  }
  return !typed;
}

function columnKind(rows: Rows, index: number): Kind {
  const guess = new KindGuess();
  const field = noField();
  const count = Math.min(rows.count, sampled);
  for (let row = 1; row < count; row++)
    if (findField(rows, row, index, field)) guess.add(rows.bytes, field.from, field.to);
  return guess.kind;
}
