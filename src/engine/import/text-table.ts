import { csvField } from "../../core/csv-field.ts";
const rowsAtOnce = 2000;

/** Rows of named values that become CSV, so that texts in them are understood as those of a CSV file are. */
export class TextTable {
  /** How many rows there are. */
  length = 0;
  readonly #names = new Map<string, number>();
  /** The rows as lines of so many fields each. */
  readonly #parts: { readonly lines: Blob; readonly width: number }[] = [];
  #rows: (readonly unknown[])[] = [];

  /** The columns, in the order in which they first came. */
  get names(): string[] {
    return [...this.#names.keys()];
  }

  /** Adds a row; a name that is new makes a column. */
  add(entries: Iterable<readonly [string, unknown]>): void {
    const row: unknown[] = [];
    for (const [name, value] of entries) {
      const known = this.#names.get(name);
      const place = known ?? this.#names.size;
      if (known === undefined) this.#names.set(name, place);
      row[place] = value;
    }
    this.#rows.push(row);
    this.length++;
    if (this.#rows.length === rowsAtOnce) this.#write();
  }

  /** The table as a CSV file. */
  async csv(file: string): Promise<File> {
    this.#write();
    const width = this.#names.size;
    const parts: BlobPart[] = [line(this.names, width)];
    for (const { lines, width: own } of this.#parts)
      parts.push(own < width ? widened(await lines.text(), width - own) : lines);
    return new File(parts, file);
  }

  #write(): void {
    const width = this.#names.size;
    const lines = new Blob([this.#rows.map((row) => line(row, width)).join("")]);
    this.#parts.push({ lines, width });
    this.#rows = [];
  }
}

/** A value that is no object as text: numbers in full, `true` and `false`. */
export function scalarText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "bigint" ? value.toString() : (JSON.stringify(value) ?? "");
}

/** Lines with so many blank fields more at the end of each. */
function widened(lines: string, more: number): string {
  const end = `${",".repeat(more)}\n`;
  return lines.replace(/"[^"]*"|\n/g, (found) => (found === "\n" ? end : found));
}

function line(row: readonly unknown[], width: number): string {
  const fields = Array.from({ length: width }, (_, i) => field(row[i]));
  // A line with nothing on it would be no row.
  return `${width === 1 && fields[0] === "" ? '""' : fields.join(",")}\n`;
}

function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return momentText(value);
  return csvField(typeof value === "object" ? JSON.stringify(value) : scalarText(value));
}

/** A date without a time where it is midnight, as a sheet has it. */
function momentText(value: Date): string {
  if (Number.isNaN(value.getTime())) return "";
  const text = value.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 23);
}
