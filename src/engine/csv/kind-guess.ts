import { findField, noField } from "./field.ts";
import { fieldKinds, missing } from "./field-kinds.ts";
import { bits, dayFirst, decimalComma, everyKind, grouped, monthFirst } from "./kind-bits.ts";
import type { InferredKind } from "./kind.ts";
import type { Rows } from "./rows.ts";

/** What stands before the decimals of a file's numbers. */
export type DecimalMark = "point" | "comma";

const order: readonly (keyof typeof bits)[] = [
  "boolean",
  "integer",
  "double",
  "integer-grouped",
  "integer-decimal-comma",
  "double-grouped",
  "double-decimal-comma",
  "date",
  "timestamp",
  "date-day-first",
  "date-month-first",
  "timestamp-day-first",
  "timestamp-month-first",
];

/** What a column can still be, once every field of it is seen: a set of kinds, one bit each. */
export class KindGuess {
  #kinds: number;
  #seen = 0;
  #words = 0;

  /** `commas` says whether numbers may have a comma before their decimals. */
  constructor(commas: boolean) {
    this.#kinds = commas ? everyKind : everyKind & ~decimalComma;
  }

  /** Takes a field that is not blank. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#kinds) return;
    const kinds = fieldKinds(bytes, start, end);
    if (kinds === missing) this.#words++;
    else {
      this.#kinds &= kinds;
      this.#seen++;
    }
  }

  /** Takes column `index` of the rows, from row `from` on and up to `to − 1`. */
  addColumn(rows: Rows, index: number, from: number, to: number): void {
    const field = noField();
    for (let row = from; row < to && this.#kinds; row++)
      if (findField(rows, row, index, field)) this.add(rows.bytes, field.from, field.to);
  }

  /** The kind that fits every field, text where none does. `mark` is what the rest of the file has before its decimals. */
  kind(mark: DecimalMark | null = null): InferredKind {
    if (!this.#seen) return "text";
    let kinds = this.#kinds;
    // Where every date could be read by day or by month first, neither is guessed.
    if (kinds & dayFirst && kinds & monthFirst) kinds &= ~(dayFirst | monthFirst);
    if (mark === "point") kinds &= ~decimalComma;
    if (mark === "comma" && kinds & decimalComma) kinds &= ~(bits.double | grouped);
    // Nor is `1,234` where nothing tells whether it is more than a thousand.
    if (kinds & grouped && kinds & decimalComma && !(kinds & bits.double)) kinds &= ~(grouped | decimalComma);
    return order.find((kind) => kinds & bits[kind]) ?? "text";
  }

  /** What this column alone says of the decimals of its file. */
  get mark(): DecimalMark | null {
    const kind = this.kind();
    if (kind === "integer-decimal-comma" || kind === "double-decimal-comma") return "comma";
    if (kind === "integer-grouped" || kind === "double-grouped") return "point";
    return kind === "double" && !(this.#kinds & decimalComma) ? "point" : null;
  }

  /** How many fields were words for a missing value. */
  get missingWords(): number {
    return this.#words;
  }
}
