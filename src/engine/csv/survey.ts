import { findField, noField } from "./field.ts";
import { KindGuess, type Misfits } from "./kind-guess.ts";
import type { Kind } from "./kind.ts";
import type { Delimiter, LongField, Rows } from "./rows.ts";

/** How many rows were too short or too long, and the line of the first one. */
export interface Ragged {
  count: number;
  line: number;
}

/** What all rows of a file say of its columns. */
export class Survey {
  readonly short: Ragged = { count: 0, line: 0 };
  readonly long: Ragged = { count: 0, line: 0 };
  rows = 0;
  longField: LongField | null = null;
  readonly #guesses: KindGuess[] = [];
  readonly #commas: boolean;

  /** `width` is how many columns the header has; `given` are the kinds that are known beforehand. */
  constructor(
    private readonly width: number,
    delimiter: Delimiter,
    private readonly given: readonly (Kind | null)[] = [],
  ) {
    // Where commas part fields, decimals have a point.
    this.#commas = delimiter !== ",";
    this.#widen(width);
  }

  /** Takes rows, from row `from` of them on. */
  add(rows: Rows, from: number): void {
    for (let row = from; row < rows.count; row++) {
      if (rows.first[row + 1]! - rows.first[row]! === this.width) continue;
      const width = this.#widthOf(rows, row);
      if (width < this.width) note(this.short, rows.line[row]!);
      if (width > this.width) note(this.long, rows.line[row]!);
      this.#widen(width);
    }
    for (const [index, guess] of this.#guesses.entries())
      if (!this.given[index]) guess.addColumn(rows, index, from, rows.count);
    this.rows += Math.max(rows.count - from, 0);
    this.longField = rows.longField;
  }

  /** The kind of each column; more of them than the header has, where rows were too long. */
  get kinds(): Kind[] {
    const marks = new Set(this.#guesses.map(({ mark }) => mark));
    const both = marks.has("point") && marks.has("comma");
    const mark = both ? null : marks.has("comma") ? "comma" : marks.has("point") ? "point" : null;
    return this.#guesses.map((guess, index) => this.given[index] ?? guess.kind(mark));
  }

  /** The columns where words for a missing value were read as missing, and how many. */
  get missingWords(): { readonly column: number; readonly count: number }[] {
    const kinds = this.kinds;
    return this.#guesses
      .map((guess, column) => ({ column, count: kinds[column] === "text" ? 0 : guess.missingWords }))
      .filter(({ count }) => count > 0);
  }

  /** The columns that are text because of a few of their fields. */
  get misfits(): { readonly column: number; readonly misfits: Misfits }[] {
    return this.#guesses.flatMap((guess, column) => {
      const misfits = this.given[column] ? null : guess.misfits;
      return misfits ? [{ column, misfits }] : [];
    });
  }

  #widen(width: number): void {
    while (this.#guesses.length < width) this.#guesses.push(new KindGuess(this.#commas));
  }

  /** The width of a row, blank fields beyond the header's width left out: a comma at the end of a line adds nothing. */
  #widthOf(rows: Rows, row: number): number {
    const width = rows.first[row + 1]! - rows.first[row]!;
    const field = noField();
    let last = width;
    while (last > this.width && !findField(rows, row, last - 1, field)) last--;
    return last;
  }
}

function note(ragged: Ragged, line: number): void {
  ragged.count++;
  ragged.line ||= line;
}
