import { findField, noField } from "./fields.ts";
import { KindGuess, type Kind } from "./kind.ts";
import type { Rows } from "./rows.ts";

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
  readonly #guesses: KindGuess[];

  /** `width` is how many columns the header has. */
  constructor(private readonly width: number) {
    this.#guesses = Array.from({ length: width }, () => new KindGuess());
  }

  /** Takes rows, from row `from` of them on. */
  add(rows: Rows, from: number): void {
    const field = noField();
    for (let row = from; row < rows.count; row++) {
      const width = this.#widthOf(rows, row);
      if (width < this.width) note(this.short, rows.line[row]!);
      if (width > this.width) note(this.long, rows.line[row]!);
      while (this.#guesses.length < width) this.#guesses.push(new KindGuess());
      for (let index = 0; index < width; index++)
        if (findField(rows, row, index, field)) this.#guesses[index]!.add(rows.bytes, field.from, field.to);
    }
    this.rows += Math.max(rows.count - from, 0);
  }

  /** The kind of each column; more of them than the header has, where rows were too long. */
  get kinds(): Kind[] {
    return this.#guesses.map((guess) => guess.kind);
  }

  /** The columns where words for a missing value were read as missing, and how many. */
  get missingWords(): { readonly column: number; readonly count: number }[] {
    return this.#guesses
      .map((guess, column) => ({ column, count: guess.kind === "text" ? 0 : guess.missingWords }))
      .filter(({ count }) => count > 0);
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
