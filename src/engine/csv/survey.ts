import { KindGuess, type DecimalMark, type Misfits } from "./kind-guess.ts";
import type { Kind } from "./kind.ts";
import type { Delimiter, LongField, Rows } from "./rows.ts";
import { filledWidth, stretches, type Stretch } from "./stretches.ts";

/** The most columns a table may have: as many as a sheet of Excel. */
export const mostColumns = 16_384;

/** How many rows were too short or too long, and the line of the first one. */
export interface Ragged {
  count: number;
  line: number;
}

/** So many long rows are few, however short the file is, unless they are half of it. */
const fewRows = 5;
const fewShare = 0.01;

/** What all rows of a file say of its columns. */
export class Survey {
  readonly short: Ragged = { count: 0, line: 0 };
  readonly long: Ragged = { count: 0, line: 0 };
  rows = 0;
  longField: LongField | null = null;
  readonly #guesses: KindGuess[] = [];
  /** What long rows say, apart: it counts only where they are many. */
  readonly #longGuesses: KindGuess[] = [];
  readonly #parted: boolean;

  /** `width` is how many columns the header has; `given` are the kinds that are known beforehand. */
  constructor(
    private readonly width: number,
    delimiter: Delimiter,
    private readonly given: readonly (Kind | null)[] = [],
  ) {
    this.#parted = delimiter === ",";
    this.#widen(this.#guesses, width);
  }

  /** Takes rows, from row `from` of them on. */
  add(rows: Rows, from: number): void {
    for (const stretch of stretches(rows, from, this.width)) {
      if (stretch.long) this.#addLong(rows, stretch);
      else this.#addRegular(rows, stretch);
    }
    this.rows += Math.max(rows.count - from, 0);
    this.longField = rows.longField;
  }

  /** Whether long rows are so few that they are errors, and have no columns of their own. */
  get rejectsLong(): boolean {
    const { count } = this.long;
    if (count <= fewRows) return count === 0 || count * 2 < this.rows;
    return count < this.rows * fewShare;
  }

  /** The kind of each column; more of them than the header has, where many rows are too long. */
  get kinds(): Kind[] {
    const guesses = this.#all();
    const marks = new Set(guesses.map(({ mark }) => mark));
    const mark = this.#decimalMark(marks);
    return guesses.map((guess, index) => this.given[index] ?? guess.kind(mark));
  }

  /** The columns where words for a missing value were read as missing, and how many. */
  get missingWords(): { readonly column: number; readonly count: number }[] {
    const kinds = this.kinds;
    return this.#all()
      .map((guess, column) => ({ column, count: kinds[column] === "text" ? 0 : guess.missingWords }))
      .filter(({ count }) => count > 0);
  }

  /** The columns that are text because of a few of their fields. */
  get misfits(): { readonly column: number; readonly misfits: Misfits }[] {
    return this.#all().flatMap((guess, column) => {
      const misfits = this.given[column] ? null : guess.misfits;
      return misfits ? [{ column, misfits }] : [];
    });
  }

  /** What the file has before its decimals, by what its columns say; null where they do not tell. */
  #decimalMark(marks: ReadonlySet<DecimalMark | null>): DecimalMark | null {
    if (!marks.has("comma")) return marks.has("point") ? "point" : null;
    if (!marks.has("point")) return "comma";
    // Between commas, a quoted comma may as well part a list.
    return this.#parted ? "point" : null;
  }

  #addRegular(rows: Rows, { from, to }: Stretch): void {
    for (let row = from; row < to; row++)
      if (rows.first[row + 1]! - rows.first[row]! < this.width) note(this.short, rows.line[row]!);
    this.#guess(this.#guesses, rows, from, to);
  }

  #addLong(rows: Rows, { from, to }: Stretch): void {
    for (let row = from; row < to; row++) {
      note(this.long, rows.line[row]!);
      this.#widen(this.#longGuesses, Math.min(filledWidth(rows, row, this.width), mostColumns + 1));
    }
    this.#guess(this.#longGuesses, rows, from, to);
  }

  #guess(guesses: readonly KindGuess[], rows: Rows, from: number, to: number): void {
    for (const [index, guess] of guesses.entries())
      if (!this.given[index]) guess.addColumn(rows, index, from, to);
  }

  #widen(guesses: KindGuess[], width: number): void {
    while (guesses.length < width) guesses.push(new KindGuess(this.#parted));
  }

  /** What the rows that come into the table say of each column. */
  #all(): readonly KindGuess[] {
    if (this.rejectsLong) return this.#guesses;
    return this.#longGuesses.map((guess, index) => this.#guesses[index]?.with(guess) ?? guess);
  }
}

function note(ragged: Ragged, line: number): void {
  ragged.count++;
  ragged.line ||= line;
}
