import { fieldText, findField, noField, type Field } from "./field.ts";
import { fieldKinds, missing } from "./field-kinds.ts";
import { bits, dayFirst, decimalComma, everyKind, grouped, monthFirst } from "./kind-bits.ts";
import { hasDecimalComma, type InferredKind } from "./kind.ts";
import type { Rows } from "./rows.ts";

/** What stands before the decimals of a file's numbers. */
export type DecimalMark = "point" | "comma";

/** The few fields that keep a column from being of a kind: how many of all, and the first of them. */
export interface Misfits {
  readonly count: number;
  readonly of: number;
  readonly value: string;
  readonly line: number;
}

/** The fields of a column that can be the same kinds: how many, and the first of them. */
interface Tally {
  readonly kinds: number;
  count: number;
  readonly value: string;
  readonly line: number;
}

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

const mostMisfits = 1000;
const misfitShare = 0.01;
const longestExample = 40;

/** What a column can still be, once every field of it is seen: a set of kinds, one bit each. */
export class KindGuess {
  #kinds = everyKind;
  readonly #tallies: Tally[] = [];

  /** `parted` says whether commas part the fields of the file: one within a number then sets thousands apart, unless it cannot. */
  constructor(private readonly parted: boolean) {}

  /** What the fields of both say. */
  with(other: KindGuess): KindGuess {
    const joint = new KindGuess(this.parted);
    for (const tally of [...this.#tallies, ...other.#tallies])
      (joint.#known(tally.kinds) ?? joint.#add({ ...tally, count: 0 })).count += tally.count;
    return joint;
  }

  /** Takes column `index` of the rows, from row `from` on and up to `to − 1`. */
  addColumn(rows: Rows, index: number, from: number, to: number): void {
    if (this.#isText) return;
    const field = noField();
    // Mostly the fields of a column are of two sorts at most, such as 2 and 2.5.
    let last = this.#tallies[0];
    let other = this.#tallies[1];
    for (let row = from; row < to; row++) {
      if (!findField(rows, row, index, field)) continue;
      const kinds = fieldKinds(rows.bytes, field.from, field.to);
      if (last?.kinds !== kinds) {
        const found =
          other?.kinds === kinds
            ? other
            : (this.#known(kinds) ?? this.#add({ kinds, count: 0, ...example(rows, row, field) }));
        other = last;
        last = found;
      }
      last.count++;
      if (!kinds && last.count > mostMisfits) return;
    }
  }

  /** The kind that fits every field, text where none does. `mark` is what the rest of the file has before its decimals. */
  kind(mark: DecimalMark | null = null): InferredKind {
    if (!this.#seen) return "text";
    let kinds = this.#kinds;
    // Where every date could be read by day or by month first, neither is guessed.
    if (kinds & dayFirst && kinds & monthFirst) kinds &= ~(dayFirst | monthFirst);
    if (mark === "point") kinds &= ~decimalComma;
    if (mark === "comma" && kinds & decimalComma) kinds &= ~(bits.double | grouped);
    if (this.parted && mark !== "comma" && kinds & ~decimalComma) kinds &= ~decimalComma;
    // Nor is `1,234` where nothing tells whether it is more than a thousand.
    if (kinds & grouped && kinds & decimalComma && !(kinds & bits.double)) kinds &= ~(grouped | decimalComma);
    return order.find((kind) => kinds & bits[kind]) ?? "text";
  }

  /** What this column alone says of the decimals of its file. */
  get mark(): DecimalMark | null {
    const kind = this.kind();
    if (hasDecimalComma(kind)) return "comma";
    const isPlain = kind === "double" || kind === "integer-grouped" || kind === "double-grouped";
    return isPlain && !(this.#kinds & decimalComma) ? "point" : null;
  }

  /** How many fields were words for a missing value. */
  get missingWords(): number {
    return this.#known(missing)?.count ?? 0;
  }

  /** The fields but for which the column would be of another kind than text, where they are few. */
  get misfits(): Misfits | null {
    if (this.#kinds || this.#isText) return null;
    const of = this.#seen;
    const most = Math.min(mostMisfits, of * misfitShare);
    const [fewest] = order
      .map((kind) => this.#tallies.filter(({ kinds }) => kinds !== missing && !(kinds & bits[kind])))
      .map((others) => ({ count: sum(others), of, ...first(others) }))
      .sort((a, b) => a.count - b.count);
    return fewest!.count <= most ? fewest! : null;
  }

  /** Whether so many fields are nothing but text that the others need not be looked at. */
  get #isText(): boolean {
    return (this.#known(0)?.count ?? 0) > mostMisfits;
  }

  get #seen(): number {
    return sum(this.#tallies) - this.missingWords;
  }

  #known(kinds: number): Tally | undefined {
    return this.#tallies.find((tally) => tally.kinds === kinds);
  }

  #add(tally: Tally): Tally {
    this.#tallies.push(tally);
    if (tally.kinds !== missing) this.#kinds &= tally.kinds;
    return tally;
  }
}

function example(rows: Rows, row: number, { from, to, escaped }: Field): Pick<Tally, "value" | "line"> {
  const field = { start: from, end: to, from, to, escaped };
  return { value: fieldText(rows, field).slice(0, longestExample), line: rows.line[row]! };
}

function first(tallies: readonly Tally[]): Pick<Tally, "value" | "line"> {
  const { value, line } = tallies.reduce((a, b) => (b.line < a.line ? b : a));
  return { value, line };
}

function sum(tallies: readonly Tally[]): number {
  return tallies.reduce((total, { count }) => total + count, 0);
}
